import { randomInt } from 'node:crypto';
import type { ReportReason } from '../contract/reports.ts';
import { PIPELINE_VERSION } from '../motion/process.ts';
import { getExercise } from '../store/exercises.ts';
import type { Job } from '../store/jobs.ts';
import { markLoose } from '../store/looseObjects.ts';
import { getSession, replaceReport } from '../store/sessions.ts';
import { RECEIVED, type StoredSession } from '../store/storedSession.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Analysis } from './analysis.ts';
import type { Deps } from './call.ts';
import { dictionaryOf } from './channels.ts';
import { toDefinition } from './definition.ts';
import { ApiError } from './errors.ts';
import { withOriginal } from './originals.ts';
import { sameProcessing } from './processing.ts';
import { readReport } from './reportFile.ts';
import {
  attemptPrefix,
  attemptReport,
  discardLoose,
  LOOSE_FOR_US,
  objectsOf,
  putAttempt,
} from './sessionObjects.ts';

export interface Recompute {
  reason: ReportReason;
  /** What else becomes of the session; also asked inside the transaction, for the session as it is then. */
  edit?: (session: StoredSession) => StoredSession;
  /** Done with the new report. */
  job?: Job;
}

type Computing = Pick<Deps, 'db' | 'objects' | 'analyzer' | 'now'>;

/**
 * Computes a session again from its original and makes the new report current; the old one and its series stay beside it.
 * Series are computed anew only where they would differ. Answers the session with the JSON of the report; `absent` when
 * the session was removed meanwhile, `lost` when the job is no longer ours. Throws ApiError `conflict` when another report
 * became current meanwhile, RecordingError when the recording is refused. Nothing of a failed attempt stays.
 */
export async function recompute(
  deps: Computing,
  organization: string,
  session: StoredSession,
  { reason, edit = (current) => current, job }: Recompute,
): Promise<{ session: StoredSession; report: string } | 'absent' | 'lost'> {
  const { db, objects } = deps;
  const now_us = () => nowMicroseconds(deps.now());
  const planned = edit(session);
  // Series of another server stay as they are, until somebody chooses how they are to be processed.
  const received = session.pipelineVersion === RECEIVED && planned.processing === null;
  const sameSeries =
    (session.pipelineVersion === PIPELINE_VERSION || received) &&
    sameProcessing(planned.processing, session.processing);
  // Drawn, not counted: two changes at once must never write the same object.
  const attempt = randomInt(2, 2 ** 31);
  const loose = attemptPrefix(session.objects, attempt);
  let outcome: StoredSession | 'absent' | 'swept' | 'lost' | 'failed' = 'failed';
  try {
    const analysis = await computed(deps, organization, planned, sameSeries, received);
    await markLoose(db, organization, loose, now_us() + LOOSE_FOR_US);
    await putAttempt(objects, organization, session.objects, attempt, analysis);
    const renewed = (current: StoredSession): StoredSession => {
      refuseOther(session, current);
      return {
        ...edit(current),
        reportVersion: session.reportVersion + 1,
        pipelineVersion: received ? RECEIVED : PIPELINE_VERSION,
        ...(sameSeries ? {} : { seriesVersion: attempt, duration_s: analysis.duration_s }),
      };
    };
    const { flat } = analysis;
    const report = { object: attemptReport(attempt), reason, loose, job, flat };
    outcome = await replaceReport(db, organization, session.sessionId, renewed, report, now_us());
    if (outcome === 'swept')
      throw new ApiError('unavailable', 'The report took too long to store. Try again.', {
        'retry-after': '5',
      });
    if (typeof outcome === 'string') return outcome;
    return { session: outcome, report: await readReport(analysis.report) };
  } catch (error) {
    // Whatever else went wrong, a session that was removed meanwhile is the reason.
    if ((await getSession(db, organization, session.sessionId)) === null) outcome = 'absent';
    if (outcome === 'absent') return outcome;
    throw error;
  } finally {
    if (typeof outcome === 'string') await discardAttempt(deps, organization, session, loose, outcome);
  }
}

async function computed(
  { db, objects, analyzer }: Computing,
  organization: string,
  session: StoredSession,
  sameSeries: boolean,
  received: boolean,
): Promise<Analysis> {
  const exercise = await getExercise(db, organization, session.exerciseId);
  const channels = await dictionaryOf(db, organization);
  const analysis =
    exercise &&
    (await withOriginal(objects, organization, session, ({ content: bytes }) =>
      analyzer.analyze({
        bytes,
        fileName: session.sourceName,
        rate_hz: session.sourceRate_hz,
        exercise: toDefinition(exercise),
        processing: session.processing,
        channels,
        repetitions: session.repetitions,
        reportVersion: session.reportVersion + 1,
        wants: sameSeries ? 'report' : 'everything',
        received,
      }),
    ));
  if (analysis === null) throw new Error(`session ${session.sessionId} lacks its exercise or its original`);
  return analysis;
}

/** The report was made by what was read before the transaction; that must still hold. */
export function refuseOther(read: StoredSession, current: StoredSession): void {
  if (current.reportVersion === read.reportVersion) return;
  throw new ApiError('conflict', 'The session was changed by another request meanwhile. Send yours again.');
}

/** What cannot be removed now is swept later. */
async function discardAttempt(
  { db, objects }: Computing,
  organization: string,
  session: StoredSession,
  loose: string,
  outcome: string,
): Promise<void> {
  try {
    await discardLoose(db, objects, organization, loose);
    // The removal of the session may have passed before ours was written: its folder must not come back.
    if (outcome === 'absent') await objects.deleteAll(objectsOf(organization, session.objects));
  } catch {
    // Its entry among the loose objects is still there.
  }
}
