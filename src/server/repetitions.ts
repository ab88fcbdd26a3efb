import { DEFAULT_PROCESSING } from '../contract/processing.ts';
import type { RepetitionInput, RepetitionsPatch } from '../contract/reports.ts';
import { getSession } from '../store/sessions.ts';
import type { StoredSession } from '../store/storedSession.ts';
import type { Answer } from './answers.ts';
import type { Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readBody } from './input.ts';
import { recompute } from './recompute.ts';
import { noSuch } from './records.ts';
import { reportText, versionOf } from './reports.ts';

/** Sets a session's repetitions, or has them found again, and answers the report that follows from it. */
export const patch: Handler = async (deps, { organization, id, body }): Promise<Answer> => {
  const { Repetitions, Version } = readBody<RepetitionsPatch>('RepetitionsPatch', body);
  const session = (await getSession(deps.db, organization, id)) ?? noSuch('session', id);
  if (Repetitions !== null) refuseFaulty(Repetitions, session);
  const repetitions = Repetitions?.map(inOrder) ?? null;
  // A call that is repeated because its answer was lost changes nothing more.
  if (JSON.stringify(repetitions) === JSON.stringify(session.repetitions)) {
    const current = await versionOf(deps, organization, session);
    return { kind: 'json', json: await reportText(deps, organization, session, current) };
  }
  if (Version !== undefined && Version !== session.reportVersion) {
    throw new ApiError(
      'conflict',
      `You edited report ${Version}, but report ${session.reportVersion} is current. Read that one and edit it.`,
    );
  }
  const edit = (current: StoredSession) => ({ ...current, repetitions });
  const outcome = await recompute(deps, organization, session, { reason: 'repetitions edited', edit });
  return typeof outcome === 'string' ? noSuch('session', id) : { kind: 'json', json: outcome.report };
};

/** Repetitions of an upload. Whether they lie in the recording is known when it was read. */
export function readRepetitions(text: string): RepetitionInput[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError('invalid_parameter', 'Query parameter repetitions must be a list as JSON text.');
  }
  const body = Buffer.from(JSON.stringify({ Repetitions: value }));
  const { Repetitions } = readBody<RepetitionsPatch>('RepetitionsPatch', body);
  if (Repetitions === null)
    throw new ApiError(
      'invalid_parameter',
      'Query parameter repetitions must be a list; leave it out to have them found.',
    );
  return Repetitions.map(inOrder);
}

/** Members in one order, so that equal repetitions are equal texts. */
const inOrder = ({ Start, Peak, End }: RepetitionInput): RepetitionInput => ({
  Start,
  ...(Peak === undefined ? {} : { Peak }),
  End,
});

/** Durations are rounded to microseconds, times of reports are not. */
const ROUNDING_S = 1e-6;

/** Throws ApiError that names the first repetition that cannot be, counted from 1, and what would be right. */
export function refuseFaulty(
  repetitions: readonly RepetitionInput[],
  { duration_s, processing }: Pick<StoredSession, 'duration_s' | 'processing'>,
): void {
  const frame_s = 1 / (processing?.Rate ?? DEFAULT_PROCESSING.Rate);
  let previousEnd_s = 0;
  repetitions.forEach(({ Start, Peak, End }, i) => {
    const refuse = (what: string) => {
      throw new ApiError('invalid_parameter', `Repetition ${i + 1} of ${repetitions.length} ${what}`);
    };
    if (End > duration_s + ROUNDING_S)
      refuse(`ends at ${End} s, after the session's end: End must be at most ${duration_s}.`);
    if (Start < previousEnd_s)
      refuse(
        `starts at ${Start} s, before the one before it has ended: Start must be at least ${previousEnd_s}.`,
      );
    if (End - Start < frame_s - ROUNDING_S)
      refuse(
        `lasts from ${Start} to ${End} s: End must lie after Start by at least one frame, ${frame_s.toFixed(4)} s.`,
      );
    if (Peak !== undefined && (Peak < Start || Peak > End))
      refuse(`has its Peak at ${Peak} s: it must lie between Start ${Start} and End ${End}.`);
    previousEnd_s = End;
  });
}
