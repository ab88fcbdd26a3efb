import type { CurrentReport } from '../contract/changes.ts';
import type { ReportReason } from '../contract/reports.ts';
import type { Versioned } from './changes.ts';
import type { Db } from './db.ts';
import { rowTexts } from './rows.ts';
import type { StoredSession } from './storedSession.ts';
import { toIso } from './time.ts';

/** Every report that a session ever had: versions count from 1 without a gap, the session's own names the current one. */
export interface StoredReport {
  version: number;
  /** Key of its object below the session's prefix. */
  object: string;
  /** Of the series it was computed from. */
  seriesVersion: number;
  pipelineVersion: number;
  reason: ReportReason;
  computedAt_us: number;
}

/** What a session itself does not say of its current report. */
export interface NewReport extends Pick<StoredReport, 'object' | 'reason'> {
  /** Its lines as text, to be read by the thousand; absent: read from the object when they are asked for. */
  flat?: string | undefined;
}

/** Object of the report that comes with the session: the session's prefix is drawn already. */
export const FIRST_REPORT = 'report-1';

interface ReportRow {
  report_version: number;
  object: string;
  series_version: number;
  pipeline_version: number;
  reason: ReportReason;
  computed_at: number;
}

const COLUMNS = 'report_version, object, series_version, pipeline_version, reason, computed_at';

const toStored = (row: ReportRow): StoredReport => ({
  version: row.report_version,
  object: row.object,
  seriesVersion: row.series_version,
  pipelineVersion: row.pipeline_version,
  reason: row.reason,
  computedAt_us: row.computed_at,
});

export async function getReport(
  db: Db,
  organization: string,
  sessionId: string,
  version: number,
): Promise<StoredReport | null> {
  const rows = await db
    .within(organization)
    .query<ReportRow>(
      `select ${COLUMNS} from reports where org_id = $1 and session_id = $2 and report_version = $3`,
      [organization, sessionId, version],
    );
  return rows[0] ? toStored(rows[0]) : null;
}

/** Newest first. */
export async function listReports(db: Db, organization: string, sessionId: string): Promise<StoredReport[]> {
  const rows = await db
    .within(organization)
    .query<ReportRow>(
      `select ${COLUMNS} from reports where org_id = $1 and session_id = $2 order by report_version desc limit 100000`,
      [organization, sessionId],
    );
  return rows.map(toStored);
}

/** Reports of listed sessions that became current at one of these versions, both included, and are so still. */
export async function currentReportsAt(
  db: Db,
  organization: string,
  first: number,
  last: number,
): Promise<Versioned<CurrentReport>[]> {
  const rows = await db
    .within(organization)
    .query<ReportRow & { id: string; version: number; s3_key: string }>(
      `select s.session_id as id, s.report_changed as version, s.s3_key, r.report_version, r.computed_at, r.reason, r.pipeline_version
     from sessions s join reports r
       on r.org_id = s.org_id and r.session_id = s.session_id and r.report_version = s.report_version
     where s.org_id = $1 and s.listed = 1 and s.report_changed >= $2 and s.report_changed <= $3
     order by s.report_changed, s.session_id limit 1000000`,
      [organization, first, last],
    );
  return rows.map(({ id, version, ...row }) => ({
    id,
    version,
    record: {
      'Session ID': id,
      s3Key: row.s3_key,
      Version: row.report_version,
      ComputedAt: toIso(row.computed_at),
      Reason: row.reason,
      PipelineVersion: row.pipeline_version,
    },
  }));
}

/**
 * Adds the reports that are current in `sessions`, in the transaction that makes them so; the first gets the version, the
 * others those that follow.
 */
export async function insertReports(
  db: Db,
  organization: string,
  sessions: readonly (Pick<
    StoredSession,
    'sessionId' | 'reportVersion' | 'seriesVersion' | 'pipelineVersion'
  > &
    Pick<NewReport, 'flat'>)[],
  { object, reason }: NewReport,
  version: number,
  now_us: number,
): Promise<void> {
  const rows = sessions.map(({ sessionId, reportVersion, seriesVersion, pipelineVersion, flat }, place) => [
    sessionId,
    reportVersion,
    object,
    seriesVersion,
    pipelineVersion,
    reason,
    now_us,
    flat ?? null,
    version + place,
  ]);
  const { texts, values } = rowTexts(rows, [organization]);
  await db
    .within(organization)
    .query(`insert into reports (org_id, session_id, ${COLUMNS}, flat, version) values ${texts}`, values);
}

/** Lines of a report that had come without. */
export interface FlatLines {
  sessionId: string;
  version: number;
  flat: string;
}

/** Keeps lines that were read from objects. They change nothing that anybody sees, so no version is taken. */
export async function keepFlat(db: Db, organization: string, reports: readonly FlatLines[]): Promise<void> {
  await db.within(organization).transaction(async (db) => {
    for (const { sessionId, version, flat } of reports) {
      await db.query(
        'update reports set flat = $4 where org_id = $1 and session_id = $2 and report_version = $3 and flat is null',
        [organization, sessionId, version, flat],
      );
    }
  });
}

/** For the transaction that removes the session. */
export async function deleteReports(db: Db, organization: string, sessionId: string): Promise<void> {
  await db
    .within(organization)
    .query('delete from reports where org_id = $1 and session_id = $2', [organization, sessionId]);
}
