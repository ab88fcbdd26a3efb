/** Which channel's peaks are the repetitions, and in which direction. */
import type { ExerciseDefinition } from './exercise.ts';
import { findJointCoordinate } from './joints.ts';
import type { Series } from './process.ts';
import { coordinateOf } from './recording.ts';

export interface Primary {
  /** Place in the series. */
  readonly index: number;
  readonly polarity: 1 | -1;
  readonly chosenBy: 'exercise' | 'recording';
}

/** An angle that covers more degrees than this has wrapped or is faulty; it is not chosen while there are others. */
const LARGEST_RANGE = 300;

/** Place of the channel with exactly this name, else of the first whose coordinate it is; -1 when there is none. */
export function findChannel(names: readonly string[], channel: string): number {
  const exact = names.indexOf(channel);
  if (exact !== -1) return exact;
  return names.findIndex((name) => coordinateOf(name) === coordinateOf(channel) && !name.endsWith('/speed'));
}

/**
 * The exercise's channel and polarity where the recording has that channel. Otherwise chosen from the recording: of the
 * known flexion, abduction and elevation angles the one with the largest range, else of all known angles, else of all
 * angles. Its polarity is +1 when the maximum is at least as far above the median as the minimum is below it, else -1:
 * most of the time is spent near rest, and a repetition is the excursion away from it.
 *
 * Undefined when the recording has no angle.
 */
export function choosePrimary(series: Series, exercise: ExerciseDefinition): Primary | undefined {
  if (exercise.primaryChannel !== null) {
    const index = findChannel(series.names, exercise.primaryChannel);
    if (index !== -1) return { index, polarity: exercise.polarity, chosenBy: 'exercise' };
  }
  const angles = series.names.flatMap((name, index) => {
    if (series.units[index] !== 'deg' || name.endsWith('/speed')) return [];
    const kind = findJointCoordinate(name)?.kind;
    const range = rangeOf(series.angle[index]!);
    const preference =
      (range <= LARGEST_RANGE ? 4 : 0) + (kind === undefined ? 0 : kind === 'rotation' ? 1 : 2);
    return [{ index, range, preference }];
  });
  const chosen = angles.sort(
    (a, b) => b.preference - a.preference || b.range - a.range || a.index - b.index,
  )[0];
  if (chosen === undefined) return undefined;
  return { index: chosen.index, polarity: excursionOf(series.angle[chosen.index]!), chosenBy: 'recording' };
}

function excursionOf(angle: Float64Array): 1 | -1 {
  const sorted = angle.slice().sort();
  const last = sorted.length - 1;
  const median = (sorted[last >> 1]! + sorted[(last + 1) >> 1]!) / 2;
  return sorted[last]! - median >= median - sorted[0]! ? 1 : -1;
}

function rangeOf(angle: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of angle) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}
