import { randomBytes } from 'node:crypto';
import { RecordingError } from '../motion/errors.ts';
import { PIPELINE_VERSION } from '../motion/process.ts';
import {
  claimJob,
  failJob,
  finishJob,
  type Job,
  postponeJob,
  releaseJobs,
  renewClaim,
} from '../store/jobs.ts';
import { listOrganizations } from '../store/organizations.ts';
import { getSession } from '../store/sessions.ts';
import { RECEIVED } from '../store/storedSession.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { createBell } from './bell.ts';
import type { Deps } from './call.ts';
import { ApiError, isOutage } from './errors.ts';
import { type JobOutcome, observeJob } from './metrics.ts';
import { queueOutdated } from './recomputation.ts';
import { recompute } from './recompute.ts';

/** How often it is looked for what other processes queued, and for claims that have ended. */
const LOOK_MS = 15_000;
const QUEUE_MS = 10 * 60_000;
/** A claim outlives its process by no more than this; it is renewed while the process lives. */
const CLAIM_US = 60e6;
const RENEW_MS = 20_000;
const ATTEMPTS = 5;
/** Wait after the first failure; doubled with each one more. */
const BACK_OFF_US = 10e6;
/** Where store or objects cannot be reached, no attempt is counted. */
const OUTAGE_US = 30e6;
/** Jobs of one organization before it is another's turn. */
const TURN = 10;

/**
 * Runs what is queued, one job at a time in this process and only while no upload waits; begins with what an older pipeline
 * computed. Answers a function that ends it: the job at hand may finish, or is given back.
 */
export function keepWorking(deps: Deps, bell: ReturnType<typeof createBell>): () => Promise<void> {
  let stopped = false;
  const timer = setInterval(() => bell.wake(), LOOK_MS).unref();
  const tried = async (what: string, work: () => Promise<unknown>) => {
    try {
      return await work();
    } catch (error) {
      if (!stopped) deps.log.warn({ err: error }, `${what} failed; it is tried again`);
      return false;
    }
  };
  const work = async () => {
    await tried('taking up what was left', () => takeUpLeft(deps));
    while (!stopped) {
      const worked = await tried('looking for work', () => round(deps, () => stopped));
      if (worked !== true && !stopped) await bell.heard();
    }
  };
  const queue = async () => {
    await tried('queueing what an older pipeline computed', () => queueOutdated(deps, () => stopped));
    bell.wake();
  };
  let queueing = queue();
  // Now and then also later: a server of an older version beside this one may still record.
  const queueTimer = setInterval(() => {
    queueing = queueing.then(queue);
  }, QUEUE_MS).unref();
  const working = work();
  return async () => {
    stopped = true;
    clearInterval(timer);
    clearInterval(queueTimer);
    bell.wake();
    await Promise.all([queueing, working]);
  };
}

/** A data folder is this process's alone: whoever claimed something in it before is gone. */
async function takeUpLeft({ db, now }: Deps): Promise<void> {
  if (db.dialect !== 'sqlite') return;
  for (const { OrganizationID } of await listOrganizations(db))
    await releaseJobs(db, OrganizationID, nowMicroseconds(now()));
}

/** Each organization in its turn; whether anything was done. */
async function round(deps: Deps, stopped: () => boolean): Promise<boolean> {
  let worked = false;
  for (const { OrganizationID: organization } of await listOrganizations(deps.db)) {
    for (let count = 0; count < TURN; count++) {
      await deps.analyzer.quiet();
      if (stopped()) return worked;
      const now_us = nowMicroseconds(deps.now());
      const claim = randomBytes(12).toString('hex');
      const job = await claimJob(deps.db, organization, claim, now_us, now_us + CLAIM_US);
      if (job === null) break;
      await run(deps, organization, job, stopped);
      worked = true;
    }
  }
  return worked;
}

async function run(deps: Deps, organization: string, job: Job, stopped: () => boolean): Promise<void> {
  const { db, now, log } = deps;
  const started = performance.now();
  const now_us = () => nowMicroseconds(now());
  const renewing = setInterval(() => {
    renewClaim(db, organization, job, now_us() + CLAIM_US).catch((error) =>
      log.warn({ err: error, job: job.jobId }, 'a claim was not renewed'),
    );
  }, RENEW_MS).unref();
  const ended = (outcome: JobOutcome) => observeJob(outcome, (performance.now() - started) / 1000);
  try {
    if (job.attempts > ATTEMPTS) {
      const error = `the server ended ${ATTEMPTS} times while it computed this`;
      await failJob(db, organization, job, error, now_us());
      return ended('failed');
    }
    ended(await recomputeSession(deps, organization, job));
  } catch (error) {
    if (stopped()) return postponeJob(db, organization, job, null, now_us(), now_us());
    if (isOutage(error)) {
      log.warn({ err: error }, 'no report can be computed again for now');
      await postponeJob(db, organization, job, null, now_us() + OUTAGE_US, now_us());
      return ended('postponed');
    }
    const permanent = error instanceof RecordingError;
    if (permanent || job.attempts >= ATTEMPTS) {
      log.warn({ err: error, organization, job: job.jobId }, 'a report could not be computed again');
      await failJob(db, organization, job, messageOf(error, job), now_us());
      return ended('failed');
    }
    log.warn(
      { err: error, organization, job: job.jobId },
      'computing a report again failed; it is tried again',
    );
    const due_us = now_us() + BACK_OFF_US * 2 ** (job.attempts - 1);
    await postponeJob(db, organization, job, messageOf(error, job), due_us, now_us());
    ended('postponed');
  } finally {
    clearInterval(renewing);
  }
}

/** Tries again at once where a person changed the session meanwhile. */
async function recomputeSession(deps: Deps, organization: string, job: Job): Promise<JobOutcome> {
  const now_us = () => nowMicroseconds(deps.now());
  for (;;) {
    const session = await getSession(deps.db, organization, job.subject);
    const outdated =
      session !== null && session.pipelineVersion !== RECEIVED && session.pipelineVersion < PIPELINE_VERSION;
    const needed = session !== null && (job.anyway || outdated);
    if (!needed) {
      await finishJob(deps.db, organization, job, now_us());
      return 'not needed';
    }
    try {
      const outcome = await recompute(deps, organization, session, { reason: 'recomputed', job });
      if (outcome === 'lost') return 'taken over';
      if (outcome !== 'absent') return 'done';
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'conflict')) throw error;
    }
  }
}

/** What the owner of the session may read; of our own faults only where to look. */
function messageOf(error: unknown, job: Job): string {
  if (error instanceof RecordingError || error instanceof ApiError) return error.message;
  return `The server failed. Its log explains job ${job.jobId}.`;
}
