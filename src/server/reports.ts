import type { ReportQuery, ReportVersion } from '../contract/reports.ts';
import { getReport, listReports, type StoredReport } from '../store/reports.ts';
import { getSession, getSessionByKey, type StoredSession } from '../store/sessions.ts';
import { toIso } from '../store/time.ts';
import type { Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readQuery } from './input.ts';
import { noSuch } from './records.ts';
import { partText, readReportFile } from './reportFile.ts';
import { reportKey } from './sessionObjects.ts';

/** /reportData: a report as it was computed, the current one or an earlier one. */
export const reportData: Handler = async (deps, { organization, query }) => {
  const { s3Key, version, curves } = readQuery<ReportQuery>('ReportQuery', query);
  const session = await getSessionByKey(deps.db, organization, s3Key);
  if (session === null)
    throw new ApiError('not_found', 'Your organization has no recording under this s3Key.');
  const asked = await versionOf(deps, organization, session, version);
  const json = await reportText(deps, organization, session, asked, curves === 'true');
  return { kind: 'json', json };
};

/** Every report that a session ever had, newest first. */
export const list: Handler = async ({ db }, { organization, id }) => {
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  const found = await listReports(db, organization, id);
  const value = found.map(
    ({ version, computedAt_us, reason, pipelineVersion }): ReportVersion => ({
      Version: version,
      ComputedAt: toIso(computedAt_us),
      Reason: reason,
      PipelineVersion: pipelineVersion,
      Current: version === session.reportVersion,
    }),
  );
  return { kind: 'value', value };
};

/** The report of a version, the current one when none is asked for; with it comes the version of its series. */
export async function versionOf(
  { db }: Pick<Deps, 'db'>,
  organization: string,
  session: StoredSession,
  version = session.reportVersion,
): Promise<StoredReport> {
  const report = await getReport(db, organization, session.sessionId, version);
  if (report !== null) return report;
  const { reportVersion: newest } =
    (await getSession(db, organization, session.sessionId)) ?? noSuch('session', session.sessionId);
  const there = newest === 1 ? 'only version 1' : `versions 1 to ${newest}`;
  throw new ApiError('not_found', `The session has no report of version ${version}; it has ${there}.`);
}

/** JSON of a stored report, byte for byte as it was computed, with its curves behind it when they are asked for. */
export async function reportText(
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
  organization: string,
  session: StoredSession,
  { object, version }: StoredReport,
  withCurves = false,
): Promise<string> {
  const key = reportKey(organization, session.objects, object);
  const bytes = await objects.get(key);
  if (bytes === null) {
    if ((await getSession(db, organization, session.sessionId)) === null)
      noSuch('session', session.sessionId);
    throw new Error(`the object ${key} is missing`);
  }
  const { report, curves } = readReportFile(bytes);
  if (!withCurves) return partText(report);
  if (curves === null) {
    throw new ApiError(
      'not_found',
      `Report ${version} of this session was computed before curves were kept. Recompute the session (POST /recomputation) and ask for the new one.`,
    );
  }
  const [json, more] = await Promise.all([partText(report), partText(curves)]);
  return `${json.slice(0, -1)},"Curves":${more}}`;
}
