import { Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import type { ReportsQuery } from '../contract/reportRows.ts';
import { type BodyForm, escapeJson, pageFrame } from '../contract/wire.ts';
import { reportPage } from '../store/reportLines.ts';
import type { SessionFilter } from '../store/sessionPage.ts';
import { type LineFilter, readLineFilter } from '../tables/lineFilter.ts';
import { linesOf } from '../tables/lines.ts';
import { NDJSON } from '../tables/ndjson.ts';
import { flatReportRows, reportsTable } from '../tables/reports.ts';
import { type Answer, accepts } from './answers.ts';
import type { Call, Deps, Handler } from './call.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { ApiError } from './errors.ts';
import { etagOf, names, shortHash } from './etag.ts';
import { completed } from './export/reportTexts.ts';
import { compressed } from './export/streamedFile.ts';
import { readReports, type SessionTexts } from './export/tablePiece.ts';
import { answerTable } from './export/tables.ts';
import { readQuery } from './input.ts';
import { pageHeaders } from './pageHeaders.ts';
import { askedPage } from './records.ts';
import { planPage } from './sessionPages.ts';

/** /reports: lines of the current reports of sessions, page by page, or all of them as a file. */
export const list: Handler = async (deps, call) => {
  const { format = 'json', ...query } = readQuery<ReportsQuery>('ReportsQuery', call.query);
  const { filter, limit, tag } = planPage(query);
  const lines = readLineFilter(query);
  if (format === 'json') return answerPage(deps, call, { filter: { ...filter, lines }, limit, tag });
  const paged = (['order', 'limit'] as const).find((name) => query[name] !== undefined);
  if (paged !== undefined) {
    throw new ApiError(
      'invalid_parameter',
      `${paged} is for format=json; a ${format} file has everything that matches, in the order of the session ids.`,
    );
  }
  return answerTable(deps, call, 'reports', format, { filter, lines, named: false });
};

interface LinesPlan {
  filter: SessionFilter & { lines: LineFilter };
  /** Sessions that are read for a page, whatever becomes of their lines: a page that nothing matches is as soon done. */
  limit: number;
  tag: string;
}

/** Like a page of sessions: its ETag holds until the organization changes. */
async function answerPage(
  deps: Deps,
  { organization, form, headers }: Call,
  { filter, limit, tag }: LinesPlan,
): Promise<Answer> {
  const asked = askedPage(headers);
  if (asked.kind === 'end') return { kind: 'page', items: '', next: null };
  const token = asked.kind === 'next' ? asked.token : '';
  const after = token === '' ? null : readCursor(deps.cursorSecret, organization, filter, token);
  const zipped = accepts(headers['accept-encoding'] as string | undefined, 'gzip');
  const version = await deps.versions(organization);
  const etag = etagOf(
    `reports ${organization} ${form} ${zipped} ${token} ${tag} ${shortHash(JSON.stringify(filter.lines))}`,
    version,
  );
  if (headers['if-none-match'] !== undefined && names(headers['if-none-match'], etag)) {
    const known = pageHeaders({ etag, bytes: null, zipped: false, next: null }, null);
    return { kind: 'bytes', status: 304, headers: known, body: '', form };
  }
  const { next, ...lines } = await reportPage(deps.db, organization, filter, after, limit);
  const texts = await completed(deps, organization, lines);
  const nextToken = next && writeCursor(deps.cursorSecret, organization, filter, next);
  const page = Readable.from(pageTexts(texts, filter.lines, nextToken, form), {
    objectMode: false,
    highWaterMark: 1,
  });
  return {
    kind: 'bytes',
    headers: pageHeaders({ etag, bytes: page, zipped, next: nextToken }, null),
    form,
    body: zipped ? compressed(page) : page,
  };
}

/** Sessions whose rows are written in one go: a millisecond or two, after which others have their turn. */
const TOGETHER = 50;

async function* pageTexts(
  texts: SessionTexts,
  filter: LineFilter,
  token: string | null,
  form: BodyForm,
): AsyncGenerator<Buffer> {
  const [before, behind] = pageFrame(token, form);
  yield Buffer.from(before);
  let begun = false;
  for (const reports of readReports(texts, filter, TOGETHER)) {
    const lines = jsonLines(flatReportRows(reports));
    if (lines === '') {
      await others();
      continue;
    }
    const items = (begun ? ',' : '') + lines.slice(0, -1).replaceAll('\n', ',');
    begun = true;
    yield Buffer.from(form === 'json' ? items : escapeJson(items));
    await others();
  }
  yield Buffer.from(behind);
}

const jsonLines = linesOf(reportsTable.wireColumns, NDJSON);
