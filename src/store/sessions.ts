import { type Session, type SessionKind, STAND_ALONE } from '../contract/sessions.ts';
import { escapeJson } from '../contract/wire.ts';
import type { Versioned } from './changes.ts';
import type { Db } from './db.ts';
import { finishJob, type Job, removeJob } from './jobs.ts';
import { leavePlace } from './listedSessions.ts';
import { markLoose, takeUp, takeUpAll } from './looseObjects.ts';
import { bury, change, nextVersion } from './organizations.ts';
import { deleteReports, FIRST_REPORT, insertReports, type NewReport } from './reports.ts';
import { oneAhead, rowTexts, slicesOf } from './rows.ts';
import type { StoredSession } from './storedSession.ts';
import { toIso } from './time.ts';

/** A session with its first report. */
export interface NewSession extends StoredSession {
  /** Lines of the report; see `NewReport`. */
  flat?: string;
  /** Absent: recorded. */
  reason?: NewReport['reason'];
}

interface SessionRow {
  session_id: string;
  recorded_at: number;
  athlete_id: string;
  assessment_id: string | null;
  exercise_id: string;
  session_name: string;
  kind: SessionKind;
  duration_s: number;
  s3_key: string;
  source_name: string;
  source_sha256: string;
  source_bytes: number;
  source_rate_hz: number | null;
  objects: string;
  series_version: number;
  report_version: number;
  processing: string | null;
  repetitions: string | null;
  pipeline_version: number;
}

const COLUMNS = `session_id, recorded_at, athlete_id, assessment_id, exercise_id, session_name, kind, duration_s, s3_key,
  source_name, source_sha256, source_bytes, source_rate_hz, objects, series_version, report_version,
  processing, repetitions, pipeline_version`;

const toStored = (row: SessionRow): StoredSession => ({
  sessionId: row.session_id,
  recordedAt_us: row.recorded_at,
  athleteId: row.athlete_id,
  assessmentId: row.assessment_id,
  exerciseId: row.exercise_id,
  name: row.session_name,
  kind: row.kind,
  duration_s: row.duration_s,
  s3Key: row.s3_key,
  sourceName: row.source_name,
  sourceSha256: row.source_sha256,
  sourceBytes: row.source_bytes,
  sourceRate_hz: row.source_rate_hz,
  objects: row.objects,
  seriesVersion: row.series_version,
  reportVersion: row.report_version,
  processing: row.processing === null ? null : JSON.parse(row.processing),
  repetitions: row.repetitions === null ? null : JSON.parse(row.repetitions),
  pipelineVersion: row.pipeline_version,
});

/** The session as clients see it, members in the documented order. */
export function toSession(stored: StoredSession): Session {
  return {
    'Session ID': stored.sessionId,
    Date: toIso(stored.recordedAt_us),
    s3Key: stored.s3Key,
    Duration: stored.duration_s,
    'Athlete ID': stored.athleteId,
    'Assessment ID': stored.assessmentId ?? STAND_ALONE,
    'Exercise ID': stored.exerciseId,
    'Session Name': stored.name,
  };
}

export async function getSession(db: Db, organization: string, id: string): Promise<StoredSession | null> {
  const rows = await db
    .within(organization)
    .query<SessionRow>(`select ${COLUMNS} from sessions where org_id = $1 and session_id = $2`, [
      organization,
      id,
    ]);
  return rows[0] ? toStored(rows[0]) : null;
}

export async function getSessionByKey(
  db: Db,
  organization: string,
  s3Key: string,
): Promise<StoredSession | null> {
  const rows = await db
    .within(organization)
    .query<SessionRow>(`select ${COLUMNS} from sessions where org_id = $1 and s3_key = $2`, [
      organization,
      s3Key,
    ]);
  return rows[0] ? toStored(rows[0]) : null;
}

/** Listed sessions that were changed last at one of these versions, both included. */
export async function sessionsAt(
  db: Db,
  organization: string,
  first: number,
  last: number,
): Promise<Versioned<Session>[]> {
  const rows = await db.within(organization).query<SessionRow & { version: number }>(
    `select version, ${COLUMNS} from sessions where org_id = $1 and listed = 1 and version >= $2 and version <= $3
     order by version, session_id limit 1000000`,
    [organization, first, last],
  );
  return rows.map((row) => ({ id: row.session_id, version: row.version, record: toSession(toStored(row)) }));
}

/**
 * Adds a session whose objects are already written, and with it takes them off the list of loose objects: the moment at
 * which the whole session becomes visible. `taken` when the session id is, `key taken` when another session has its s3Key;
 * `swept` when its objects stayed loose for so long that a sweep has claimed them.
 */
export async function insertSession(
  db: Db,
  organization: string,
  session: NewSession,
  now_us: number,
): Promise<Inserted> {
  return change<Inserted>(db, organization, async (db, version, undo) => {
    if ((await getSession(db, organization, session.sessionId)) !== null) return undo('taken');
    if ((await getSessionByKey(db, organization, session.s3Key)) !== null) return undo('key taken');
    if (!(await takeUp(db, organization, session.objects))) return undo('swept');
    await insertion(db, organization, [session], version, now_us)();
    const { reason = RECORDED.reason } = session;
    await insertReports(db, organization, [session], { ...RECORDED, reason }, version, now_us);
    return 'inserted';
  });
}

export type Inserted = 'inserted' | 'taken' | 'key taken' | 'swept';

/**
 * Adds many sessions in one transaction, with a range of versions taken at once: for bulk loads and demo data. Whoever
 * loads very many does so some thousands at a time: until a call ends, nobody else changes the organization.
 */
export async function insertSessions(
  db: Db,
  organization: string,
  sessions: readonly NewSession[],
  now_us: number,
): Promise<void> {
  await db.within(organization).transaction(async (db) => {
    let version = (await nextVersion(db, organization, sessions.length)) - sessions.length + 1;
    const slices = [...slicesOf(sessions)].map((rows) => {
      const slice = { rows, version };
      version += rows.length;
      return slice;
    });
    for (const { rows } of slices) {
      await takeUpAll(
        db,
        organization,
        rows.map((session) => session.objects),
      );
    }
    await oneAhead(slices, ({ rows, version }) => insertion(db, organization, rows, version, now_us));
    // After all the sessions: PostgreSQL plans once how it looks up the session of a report, and a plan made for a table
    // that is still empty reads every session of the organization for each report, until the table is analyzed.
    for (const { rows, version } of slices)
      await insertReports(db, organization, rows, RECORDED, version, now_us);
  });
}

/** The report that a session comes with. */
const RECORDED: NewReport = { object: FIRST_REPORT, reason: 'recorded' };

/** Writes rows that are made ready at once, each with its report; the first gets the version, the others those that follow. */
function insertion(
  db: Db,
  organization: string,
  sessions: readonly StoredSession[],
  version: number,
  now_us: number,
): () => Promise<unknown> {
  const rows = sessions.map((session, place) => [...values(session), version + place, version + place]);
  const { texts, values: bound } = rowTexts(rows, [organization, now_us], ['$2', '$2']);
  const sql = `insert into sessions (org_id, ${COLUMNS}, listed, wire, version, report_changed, created_at, updated_at) values ${texts}`;
  return () => db.within(organization).query(sql, bound);
}

/** Changes a session inside one transaction; null when there is none. What `edit` throws leaves everything as it was. */
export async function changeSession(
  db: Db,
  organization: string,
  id: string,
  edit: (session: StoredSession) => StoredSession,
  now_us: number,
): Promise<StoredSession | null> {
  return change(db, organization, async (db, version, undo) => {
    const current = await getSession(db, organization, id);
    if (current === null) return undo(null);
    const session = edit(current);
    await updateRow(db, organization, current, session, { version, report: null }, now_us);
    return session;
  });
}

/**
 * Makes a new report of a session current, with whatever else `edit` changes, inside one transaction: its objects, loose
 * until now under `loose`, are taken up; a job that asked for it is done. `absent` when there is no session; `swept` when
 * the objects stayed loose for too long; `lost` when the job is no longer ours. What `edit` throws, and these three, leave
 * everything as it was.
 */
export async function replaceReport(
  db: Db,
  organization: string,
  id: string,
  edit: (session: StoredSession) => StoredSession,
  { loose, job, flat, ...report }: NewReport & { loose: string; job?: Job | undefined },
  now_us: number,
): Promise<StoredSession | 'absent' | 'swept' | 'lost'> {
  return change<StoredSession | 'absent' | 'swept' | 'lost'>(db, organization, async (db, version, undo) => {
    const current = await getSession(db, organization, id);
    if (current === null) return undo('absent');
    const session = edit(current);
    if (!(await takeUp(db, organization, loose))) return undo('swept');
    if (job !== undefined && !(await finishJob(db, organization, job, now_us))) return undo('lost');
    await insertReports(db, organization, [{ ...session, flat }], report, version, now_us);
    const changed = { version: isSame(current, session) ? null : version, report: version };
    await updateRow(db, organization, current, session, changed, now_us);
    return session;
  });
}

/** Whether session and series are as they were, so that there is nothing new but the report. */
const isSame = (current: StoredSession, session: StoredSession): boolean =>
  current.seriesVersion === session.seriesVersion &&
  JSON.stringify(toSession(current)) === JSON.stringify(toSession(session));

/** Versions at which the session was changed, and at which its report became current; null: as before. */
interface Changed {
  version: number | null;
  report: number | null;
}

async function updateRow(
  db: Db,
  organization: string,
  current: StoredSession,
  session: StoredSession,
  { version, report }: Changed,
  now_us: number,
): Promise<void> {
  // The change feed would have to tell of a deletion that is none, or of a session and its report that are old.
  if ((current.kind === 'free') !== (session.kind === 'free'))
    throw new Error(`session ${session.sessionId} cannot become ${session.kind}: it is ${current.kind}`);
  if (session.recordedAt_us !== current.recordedAt_us && session.kind !== 'free')
    await leavePlace(db, organization, current, version!);
  await db.within(organization).query(
    `update sessions set recorded_at = $3, athlete_id = $4, assessment_id = $5, exercise_id = $6, session_name = $7, kind = $8,
       duration_s = $9, s3_key = $10, source_name = $11, source_sha256 = $12, source_bytes = $13, source_rate_hz = $14,
       objects = $15, series_version = $16, report_version = $17, processing = $18, repetitions = $19, pipeline_version = $20,
       listed = $21, wire = $22, version = coalesce($23, version), report_changed = coalesce($24, report_changed), updated_at = $25
     where org_id = $1 and session_id = $2`,
    [organization, ...values(session), version, report, now_us],
  );
}

/** Removes a session with its reports and what is queued for it; its objects become loose and due in the same transaction. False when there is none. */
export async function deleteSession(
  db: Db,
  organization: string,
  id: string,
  now_us: number,
): Promise<boolean> {
  return change(db, organization, async (db, version, undo) => {
    await deleteReports(db, organization, id);
    await removeJob(db, organization, id);
    const rows = await db
      .within(organization)
      .query<{ objects: string; listed: 0 | 1; recorded_at: number }>(
        'delete from sessions where org_id = $1 and session_id = $2 returning objects, listed, recorded_at',
        [organization, id],
      );
    if (!rows[0]) return undo(false);
    if (rows[0].listed === 1) {
      await leavePlace(db, organization, { recordedAt_us: rows[0].recorded_at, sessionId: id }, version);
      await bury(db, organization, 'session', id, version, now_us);
    }
    await markLoose(db, organization, rows[0].objects, now_us);
    return true;
  });
}

/** In the order of COLUMNS, then listed and wire. */
function values(session: StoredSession) {
  return [
    session.sessionId,
    session.recordedAt_us,
    session.athleteId,
    session.assessmentId,
    session.exerciseId,
    session.name,
    session.kind,
    session.duration_s,
    session.s3Key,
    session.sourceName,
    session.sourceSha256,
    session.sourceBytes,
    session.sourceRate_hz,
    session.objects,
    session.seriesVersion,
    session.reportVersion,
    session.processing && JSON.stringify(session.processing),
    session.repetitions && JSON.stringify(session.repetitions),
    session.pipelineVersion,
    session.kind === 'free' ? 0 : 1,
    escapeJson(JSON.stringify(toSession(session))),
  ] as const;
}
