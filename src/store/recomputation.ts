import type { Db, Value } from './db.ts';

/** Which sessions' reports are to be computed again, and their entry among the jobs. */

/** Sessions for which all of it holds; nothing: all sessions. */
export interface Selection {
  exerciseId?: string;
  sessionId?: string;
  /** Computed by this version of the pipeline. */
  pipelineVersion?: number;
  /** Whose last recomputation was given up. */
  failed?: true;
}

export interface Order {
  /** The pipeline that will compute. */
  pipelineVersion: number;
  /** Also sessions whose report it has computed already; false: what was given up under this pipeline stays so. */
  anyway: boolean;
  /** Also what is waiting or running: a result that is being computed now is refused, because it may know less. */
  again: boolean;
}

/**
 * Queues the next sessions of a selection by id, at most `limit`; answers the last one's id, to go on after, or null when
 * there are no more. In slices, because a large archive queued at once would hold up everything else.
 */
export async function queueSlice(
  db: Db,
  organization: string,
  selection: Selection,
  { pipelineVersion, anyway, again }: Order,
  after: string,
  limit: number,
  now_us: number,
): Promise<string | null> {
  const [found, wanted] = narrow(selection, 4);
  const ids = await db
    .within(organization)
    .query<{ session_id: string }>(
      `select session_id from sessions where org_id = $1 and session_id > $2${found} order by session_id limit $3`,
      [organization, after, limit, ...wanted],
    );
  const last = ids.at(-1)?.session_id;
  if (last === undefined) return null;
  const [chosen, values] = narrow(selection, 8);
  await db.within(organization).query(
    `insert into jobs (org_id, job_id, kind, subject, state, anyway, pipeline_version, attempts, due_at, created_at, updated_at)
     select org_id, 'recompute ' || session_id, 'recompute', session_id, 'waiting', $4, $5, 0, $6, $6, $6
     from sessions where org_id = $1 and session_id > $2 and session_id <= $3${chosen}
     on conflict (org_id, job_id) do update set state = 'waiting', anyway = excluded.anyway,
       pipeline_version = excluded.pipeline_version, attempts = 0, claim = null, due_at = excluded.due_at, error = null,
       updated_at = excluded.updated_at
     where $7 = 1 or jobs.state = 'done'
       or (jobs.state = 'failed' and (excluded.anyway = 1 or jobs.pipeline_version < excluded.pipeline_version))`,
    [organization, after, last, anyway ? 1 : 0, pipelineVersion, now_us, again ? 1 : 0, ...values],
  );
  return last;
}

/** Conditions with parameters from $first on, and their values. */
function narrow(
  { exerciseId, sessionId, pipelineVersion, failed }: Selection,
  first: number,
): [string, Value[]] {
  const values: Value[] = [];
  const bind = (value: Value) => `$${first + values.push(value) - 1}`;
  const conditions = [
    exerciseId === undefined ? '' : ` and exercise_id = ${bind(exerciseId)}`,
    sessionId === undefined ? '' : ` and session_id = ${bind(sessionId)}`,
    pipelineVersion === undefined ? '' : ` and pipeline_version = ${bind(pipelineVersion)}`,
    failed === undefined
      ? ''
      : ` and session_id in (select subject from jobs where org_id = $1 and state = 'failed' order by subject limit 1000000)`,
  ];
  return [conditions.join(''), values];
}

/** The lowest pipeline version from `from` on and below `below` that a session was computed by; null when there is none. */
export async function nextOutdated(
  db: Db,
  organization: string,
  from: number,
  below: number,
): Promise<number | null> {
  const rows = await db.within(organization).query<{ pipeline_version: number }>(
    `select pipeline_version from sessions where org_id = $1 and pipeline_version >= $2 and pipeline_version < $3
     order by pipeline_version limit 1`,
    [organization, from, below],
  );
  return rows[0]?.pipeline_version ?? null;
}

/** Sessions that were computed by a pipeline older than `below`, and not received from another server. */
export async function countOutdated(db: Db, organization: string, below: number): Promise<number> {
  const rows = await db.within(organization).query<{ outdated: number }>(
    `select count(*) as outdated from (select 1 from sessions where org_id = $1 and pipeline_version > 0 and pipeline_version < $2
       order by pipeline_version limit 10000000) as older`,
    [organization, below],
  );
  return rows[0]!.outdated;
}
