import type { Report } from '../../contract/reports.ts';
import type { Session } from '../../contract/sessions.ts';
import { unescapeJson } from '../../contract/wire.ts';
import type { ReportLines } from '../../store/reportLines.ts';
import { type FlatLines, getReport, keepFlat } from '../../store/reports.ts';
import { getSession } from '../../store/sessions.ts';
import { writeFlatReport } from '../../tables/flatReport.ts';
import type { Deps } from '../call.ts';
import { readReport } from '../reportFile.ts';
import { reportKey } from '../sessionObjects.ts';
import type { SessionTexts } from './tablePiece.ts';

/** A report whose lines are not at hand. */
const WITHOUT = /(?:^|\n)\d+ (?:\n|$)/;
/** Objects that are read at the same time. */
const TOGETHER = 8;

/**
 * Sessions with the lines of all their reports. Those of reports from before lines were kept are read from the objects, and
 * kept from then on.
 */
export async function completed(
  deps: Pick<Deps, 'db' | 'objects' | 'log'>,
  organization: string,
  { sessions, reports }: ReportLines,
): Promise<SessionTexts> {
  if (!WITHOUT.test(reports)) return { sessions, reports };
  const lines = reports.split('\n');
  const wanted = unescapeJson(sessions)
    .split('\n')
    .map((session, place) => ({ session, place }))
    .filter(({ place }) => lines[place]!.endsWith(' '));
  const found: FlatLines[] = [];
  for (let first = 0; first < wanted.length; first += TOGETHER) {
    const read = wanted.slice(first, first + TOGETHER).map(async ({ session, place }) => {
      const { 'Session ID': sessionId } = JSON.parse(session) as Session;
      const version = Number(lines[place]);
      const flat = await flatOf(deps, organization, sessionId, version);
      lines[place] = `${version} ${flat}`;
      if (flat !== NONE) found.push({ sessionId, version, flat });
    });
    await Promise.all(read);
  }
  await keepFlat(deps.db, organization, found).catch((error) =>
    deps.log.warn({ err: error }, 'lines of reports are read from the objects again next time'),
  );
  return { sessions, reports: lines.join('\n') };
}

/** Of a session that was removed meanwhile. */
const NONE = '[[],[],[]]';

async function flatOf(
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
  organization: string,
  sessionId: string,
  version: number,
): Promise<string> {
  const row = await getReport(db, organization, sessionId, version);
  const session = await getSession(db, organization, sessionId);
  if (row === null || session === null) return NONE;
  const file = await objects.get(reportKey(organization, session.objects, row.object));
  if (file === null) {
    if ((await getSession(db, organization, sessionId)) === null) return NONE;
    throw new Error(`the report of session ${sessionId} is missing from the objects`);
  }
  return writeFlatReport(JSON.parse(await readReport(file)) as Report);
}
