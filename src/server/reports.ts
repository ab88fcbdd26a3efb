import type { Report, ReportQuery, ReportVersion } from '../contract/reports.ts';
import type { TableFormat } from '../contract/tables.ts';
import { getReport, listReports, type StoredReport } from '../store/reports.ts';
import { getSession, getSessionByKey, toSession } from '../store/sessions.ts';
import type { StoredSession } from '../store/storedSession.ts';
import { toIso } from '../store/time.ts';
import { reportRows, reportsTable } from '../tables/reports.ts';
import { tableWriter } from '../tables/writer.ts';
import { type Answer, accepts } from './answers.ts';
import type { Call, Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { attachment, FILE_FORMATS, fileNameFor } from './export/download.ts';
import { readQuery } from './input.ts';
import { noSuch } from './records.ts';
import { isSmall, namesMetrics, renderCurves } from './reportCurves.ts';
import { readReport } from './reportFile.ts';
import { readSeriesFile } from './seriesFile.ts';
import { reportKey, seriesKey } from './sessionObjects.ts';

/** /reportData: a report as it was computed, the current one or an earlier one. */
export const reportData: Handler = async (deps, call) => {
  const { organization, query } = call;
  const { s3Key, version, curves, format = 'json' } = readQuery<ReportQuery>('ReportQuery', query);
  if (curves === 'true' && format !== 'json')
    throw new ApiError('invalid_parameter', 'curves is for format=json; a file has the lines of the report.');
  const session = await getSessionByKey(deps.db, organization, s3Key);
  if (session === null)
    throw new ApiError('not_found', 'Your organization has no recording under this s3Key.');
  const asked = await versionOf(deps, organization, session, version);
  if (curves === 'true') return answerCurves(deps, call, session, asked);
  const json = await reportText(deps, organization, session, asked);
  return format === 'json' ? { kind: 'json', json } : linesFile(session, JSON.parse(json), format);
};

/** The lines of one report as a file; some dozens. */
function linesFile(session: StoredSession, report: Report, format: TableFormat): Answer {
  const { columns, wireColumns } = reportsTable;
  const writer = tableWriter(format, format === 'ndjson' ? wireColumns : columns, { table: 'reports' });
  const pieces = [...writer.write(reportRows(toSession(session), report)), ...writer.end()];
  const headers = {
    'content-type': FILE_FORMATS[format].contentType,
    'content-disposition': attachment(fileNameFor(session.sourceName, `report.${format}`)),
  };
  return { kind: 'bytes', headers, body: Buffer.concat(pieces) };
}

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

/** JSON of a stored report, byte for byte as it was computed. */
export async function reportText(
  deps: Pick<Deps, 'db' | 'objects'>,
  organization: string,
  session: StoredSession,
  { object }: StoredReport,
): Promise<string> {
  return readReport(
    await readObject(deps, organization, session, reportKey(organization, session.objects, object)),
  );
}

/** A report with its curves. Neither it nor its series ever change, so the answer is kept for the next who asks. */
async function answerCurves(
  deps: Deps,
  { organization, form, headers: { 'accept-encoding': accepted } }: Call,
  session: StoredSession,
  stored: StoredReport,
): Promise<Answer> {
  const gzip = accepts(accepted as string | undefined, 'gzip');
  const name = `${reportKey(organization, session.objects, stored.object)} curves ${form} ${gzip ? 'gzip' : 'plain'}`;
  let body = deps.seriesCache.get(name);
  if (body === undefined) {
    body = [await curvesAnswer(deps, organization, session, stored, form, gzip)];
    deps.seriesCache.put(name, body);
  }
  const answerHeaders = { 'content-type': 'application/json', vary: 'Accept-Encoding, Prefer' };
  return {
    kind: 'bytes',
    headers: answerHeaders,
    form,
    body,
    ...(gzip ? { encoding: 'gzip' as const } : {}),
  };
}

async function curvesAnswer(
  deps: Deps,
  organization: string,
  session: StoredSession,
  stored: StoredReport,
  form: Call['form'],
  gzip: boolean,
): Promise<Buffer> {
  const report = await reportText(deps, organization, session, stored);
  const document = JSON.parse(report) as Report;
  if (!namesMetrics(document)) {
    throw new ApiError(
      'not_found',
      `Report ${stored.version} of this session does not say what its metrics were read from, so it has no curves. Recompute the session (POST /recomputation) and ask for the new one.`,
    );
  }
  const key = seriesKey(organization, session.objects, stored.seriesVersion);
  const series = readSeriesFile(await readObject(deps, organization, session, key));
  const input = { report, series, form, gzip };
  return isSmall(series.frames, document) ? renderCurves(input) : deps.analyzer.curves(input);
}

/** An object of a session; when the session was removed meanwhile, that is the answer. */
async function readObject(
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
  organization: string,
  { sessionId }: StoredSession,
  key: string,
): Promise<Buffer> {
  const bytes = await objects.get(key);
  if (bytes !== null) return bytes;
  if ((await getSession(db, organization, sessionId)) === null) noSuch('session', sessionId);
  throw new Error(`the object ${key} is missing`);
}
