import { setImmediate } from 'node:timers/promises';
import type { Recomputation, RecomputationInput } from '../contract/recomputation.ts';
import { PIPELINE_VERSION } from '../motion/process.ts';
import type { Db } from '../store/db.ts';
import { getExercise } from '../store/exercises.ts';
import { countJobs, failedJobs } from '../store/jobs.ts';
import { listOrganizations } from '../store/organizations.ts';
import {
  countOutdated,
  nextOutdated,
  type Order,
  queueSlice,
  type Selection,
} from '../store/recomputation.ts';
import { getSession } from '../store/sessions.ts';
import { RECEIVED } from '../store/storedSession.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readBody } from './input.ts';
import { unknown } from './sessions.ts';

/** Which reports are computed again: asked for by a person, or because the pipeline is newer than they are. */

export const get: Handler = async ({ db }, { organization }) => ({
  kind: 'value',
  value: await recomputationOf(db, organization),
});

/** For whoever may change exercises: their reports must be able to follow, and no report is lost by it. */
export const start: Handler = async ({ db, now, jobs }, { organization, body }) => {
  const input = readBody<RecomputationInput>('RecomputationInput', body);
  const selections = await selectionsOf(db, organization, input);
  const again = input.Outdated !== true;
  const order = { pipelineVersion: PIPELINE_VERSION, anyway: true, again };
  for (const selection of selections) await queueAll(db, organization, selection, order, now);
  jobs.wake();
  return { kind: 'value', status: 202, value: await recomputationOf(db, organization) };
};

/**
 * Queues every session of every organization whose report an older pipeline computed. What this pipeline has refused
 * already stays refused.
 */
export async function queueOutdated(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  stopped: () => boolean = () => false,
): Promise<void> {
  const order = { pipelineVersion: PIPELINE_VERSION, anyway: false, again: false };
  for (const { OrganizationID } of await listOrganizations(db)) {
    for (const pipelineVersion of await outdatedVersions(db, OrganizationID)) {
      await queueAll(db, OrganizationID, { pipelineVersion }, order, now, stopped);
      if (stopped()) return;
    }
  }
}

async function recomputationOf(db: Db, organization: string): Promise<Recomputation> {
  const [jobs, failures, outdated] = await Promise.all([
    countJobs(db, organization),
    failedJobs(db, organization),
    countOutdated(db, organization, PIPELINE_VERSION),
  ]);
  return {
    PipelineVersion: PIPELINE_VERSION,
    Outdated: outdated,
    Waiting: jobs.waiting,
    Running: jobs.running,
    Done: jobs.done,
    Failed: jobs.failed,
    Failures: failures.map(({ subject, error, attempts }) => ({
      'Session ID': subject,
      Error: error,
      Attempts: attempts,
    })),
  };
}

async function selectionsOf(db: Db, organization: string, input: RecomputationInput): Promise<Selection[]> {
  const { 'Exercise ID': exerciseId, 'Session ID': sessionId, Outdated, All } = input;
  if (exerciseId === undefined && sessionId === undefined && Outdated !== true && All !== true) {
    throw new ApiError(
      'invalid_parameter',
      'Say what to compute again: an Exercise ID, a Session ID, Outdated true or All true.',
    );
  }
  if (exerciseId !== undefined && (await getExercise(db, organization, exerciseId)) === null)
    throw unknown('Exercise ID', exerciseId);
  if (sessionId !== undefined && (await getSession(db, organization, sessionId)) === null)
    throw unknown('Session ID', sessionId);
  const selection: Selection = {
    ...(exerciseId === undefined ? {} : { exerciseId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  if (Outdated !== true) return [selection];
  const versions = await outdatedVersions(db, organization);
  return [
    { ...selection, failed: true },
    ...versions.map((pipelineVersion) => ({ ...selection, pipelineVersion })),
  ];
}

async function outdatedVersions(db: Db, organization: string): Promise<number[]> {
  const versions: number[] = [];
  for (let from = RECEIVED + 1; ; from = versions.at(-1)! + 1) {
    const version = await nextOutdated(db, organization, from, PIPELINE_VERSION);
    if (version === null) return versions;
    versions.push(version);
  }
}

/** Sessions queued in one transaction: requests are answered between two. */
const SLICE = 500;

async function queueAll(
  db: Db,
  organization: string,
  selection: Selection,
  order: Order,
  now: () => number,
  stopped: () => boolean = () => false,
): Promise<void> {
  let after: string | null = '';
  while (after !== null && !stopped()) {
    after = await queueSlice(db, organization, selection, order, after, SLICE, nowMicroseconds(now()));
    await setImmediate();
  }
}
