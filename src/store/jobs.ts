import type { Db } from './db.ts';

/**
 * Work to do later, shared by every process on the store. A job is claimed by a drawn word for a while and is done only by
 * the transaction that finds that word still there: one whose process died, or that was queued again meanwhile, is run
 * again, and what the first run brought is refused. A session has one job, however often it is queued.
 */
export interface Job {
  jobId: string;
  /** Session to compute again. */
  subject: string;
  /** False: only while the session's report is of an older pipeline. */
  anyway: boolean;
  /** Claims so far, this one included. */
  attempts: number;
  claim: string;
}

interface JobRow {
  job_id: string;
  subject: string;
  anyway: 0 | 1;
  attempts: number;
  claim: string;
}

/** Claims the job that is due longest, until `until_us`; null when none is due. `claim`: drawn by the caller. */
export async function claimJob(
  db: Db,
  organization: string,
  claim: string,
  now_us: number,
  until_us: number,
): Promise<Job | null> {
  for (;;) {
    // due_at is asked again outside: whoever waited for another's claim of the same row must not take it from there.
    const rows = await db.within(organization).query<JobRow>(
      `update jobs set state = 'running', attempts = attempts + 1, claim = $2, due_at = $4, updated_at = $3
       where org_id = $1 and due_at <= $3
         and job_id = (select job_id from jobs where org_id = $1 and due_at <= $3 order by due_at, job_id limit 1)
       returning job_id, subject, anyway, attempts, claim`,
      [organization, claim, now_us, until_us],
    );
    if (rows[0]) {
      const { job_id: jobId, subject, anyway, attempts } = rows[0];
      return { jobId, subject, anyway: anyway === 1, attempts, claim };
    }
    const due = await db
      .within(organization)
      .query('select 1 from jobs where org_id = $1 and due_at <= $2 limit 1', [organization, now_us]);
    if (due.length === 0) return null;
  }
}

/** Goes on holding a job; false when it is no longer ours. */
export async function renewClaim(db: Db, organization: string, job: Job, until_us: number): Promise<boolean> {
  const rows = await db
    .within(organization)
    .query('update jobs set due_at = $4 where org_id = $1 and job_id = $2 and claim = $3 returning job_id', [
      organization,
      job.jobId,
      job.claim,
      until_us,
    ]);
  return rows.length > 0;
}

/** For the transaction that brings what the job asked for; false when the job is no longer ours. */
export async function finishJob(db: Db, organization: string, job: Job, now_us: number): Promise<boolean> {
  const rows = await db.within(organization).query(
    `update jobs set state = 'done', claim = null, due_at = null, error = null, updated_at = $4
     where org_id = $1 and job_id = $2 and claim = $3 returning job_id`,
    [organization, job.jobId, job.claim, now_us],
  );
  return rows.length > 0;
}

/** Gives up a job until somebody queues it again. */
export async function failJob(
  db: Db,
  organization: string,
  job: Job,
  error: string,
  now_us: number,
): Promise<void> {
  await db.within(organization).query(
    `update jobs set state = 'failed', claim = null, due_at = null, error = $4, updated_at = $5
     where org_id = $1 and job_id = $2 and claim = $3`,
    [organization, job.jobId, job.claim, error, now_us],
  );
}

/** Lets a job go, to be claimed again from `due_us` on. With `error` null it was only interrupted: the attempt does not count. */
export async function postponeJob(
  db: Db,
  organization: string,
  job: Job,
  error: string | null,
  due_us: number,
  now_us: number,
): Promise<void> {
  await db.within(organization).query(
    `update jobs set state = 'waiting', claim = null, due_at = $5, error = $4, attempts = $7, updated_at = $6
     where org_id = $1 and job_id = $2 and claim = $3`,
    [organization, job.jobId, job.claim, error, due_us, now_us, job.attempts - (error === null ? 1 : 0)],
  );
}

/** Lets go of every claim: for a process that knows that no other has the store. */
export async function releaseJobs(db: Db, organization: string, now_us: number): Promise<void> {
  await db
    .within(organization)
    .query(
      `update jobs set state = 'waiting', claim = null, due_at = $2 where org_id = $1 and state = 'running'`,
      [organization, now_us],
    );
}

/** For the transaction that removes the session. */
export async function removeJob(db: Db, organization: string, subject: string): Promise<void> {
  await db
    .within(organization)
    .query(`delete from jobs where org_id = $1 and job_id = 'recompute ' || $2`, [organization, subject]);
}

/** Forgets jobs that were done before `before_us`. */
export async function sweepJobs(db: Db, organization: string, before_us: number): Promise<void> {
  const SLICE = 1000;
  for (;;) {
    const rows = await db.within(organization).query(
      `delete from jobs where org_id = $1 and job_id in (select job_id from jobs
         where org_id = $1 and state = 'done' and updated_at < $2 order by updated_at limit ${SLICE}) returning job_id`,
      [organization, before_us],
    );
    if (rows.length < SLICE) return;
  }
}

export type JobState = 'waiting' | 'running' | 'done' | 'failed';

/** How many jobs there are in each state. */
export async function countJobs(db: Db, organization: string): Promise<Record<JobState, number>> {
  const rows = await db
    .within(organization)
    .query<{ state: JobState; jobs: number }>(
      'select state, count(*) as jobs from jobs where org_id = $1 group by state order by state limit 4',
      [organization],
    );
  const counted = { waiting: 0, running: 0, done: 0, failed: 0 };
  for (const { state, jobs } of rows) counted[state] = jobs;
  return counted;
}

export interface FailedJob {
  subject: string;
  error: string;
  attempts: number;
}

/** The jobs that were given up last. */
export async function failedJobs(db: Db, organization: string): Promise<FailedJob[]> {
  return db.within(organization).query<FailedJob>(
    `select subject, error, attempts from jobs where org_id = $1 and state = 'failed'
     order by updated_at desc, job_id limit 1000`,
    [organization],
  ) as Promise<FailedJob[]>;
}
