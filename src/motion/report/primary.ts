/** Which channel's peaks are the repetitions, and in which direction. */
import type { ExerciseDefinition } from '../exercise.ts';
import { type Dictionary, isKneeFlexion, plainName } from '../joints.ts';
import type { Series } from '../process.ts';
import type { KneeConvention } from './knee.ts';
import { findSameMotion } from './same-motion.ts';

export interface Primary {
  /** Place in the series. */
  readonly index: number;
  readonly polarity: 1 | -1;
  readonly chosenBy: 'exercise' | 'recording';
}

/** An angle that jumps or covers more degrees than this has wrapped or is faulty; it is not chosen while there are others. */
const LARGEST_RANGE = 300;

/** A knee that bends by this much carries the movement; arms and hips that move along then often have two peaks to its one. */
const DEEP_KNEE = 45;

/** Time at both ends in which the body is looked at for its rest, s, and how near to an extreme rest is, as a share of the range. */
const REST_S = 0.25;
const REST_SHARE = 0.25;

/**
 * Place of the channel with exactly this name, else of the first that has it inside a path or behind a subject
 * (`A22:LHipAngles_x`); -1 when there is none.
 */
export function findChannel(names: readonly string[], channel: string): number {
  const exact = names.indexOf(channel);
  if (exact !== -1) return exact;
  const plain = plainName(channel);
  return plain === undefined ? -1 : names.findIndex((name) => plainName(name) === plain);
}

/**
 * The exercise's channel and polarity where the recording has that channel. Otherwise chosen from the recording: the
 * channel that the dictionary says means the same under the name of another model (see same-motion), with the exercise's
 * polarity, turned where that channel grows the other way; else of the known flexion, abduction and elevation angles a knee that bends
 * by 45° or more, else the one with the largest range; else the largest of all known angles, else of all angles.
 *
 * Its polarity turns the excursion away from rest upwards. Rest is the pose in which the recording begins and ends: where
 * the means of the first and last 0.25 s both lie in the lowest quarter of the range the polarity is +1, both in the
 * highest −1. Otherwise a knee is turned so that it bends upwards, where it is known how the recording counts flexion
 * (`knee`). Otherwise rest is where most time is spent: +1 when the maximum is at least as far above the median as the
 * minimum is below it, else −1.
 *
 * Undefined when the recording has no angle.
 */
export function choosePrimary(
  series: Series,
  exercise: ExerciseDefinition,
  knee: KneeConvention,
): Primary | undefined {
  if (exercise.primaryChannel !== null) {
    const index = findChannel(series.names, exercise.primaryChannel);
    if (index !== -1) return { index, polarity: exercise.polarity, chosenBy: 'exercise' };
    const same = findSameMotion(series, exercise.primaryChannel, knee);
    if (same !== undefined) {
      const polarity = same.sign === exercise.polarity ? 1 : -1;
      return { index: same.index, polarity, chosenBy: 'recording' };
    }
  }
  const { wrappedChannels, unwrapped } = series.provenance;
  const wrapped = new Set(unwrapped ? [] : wrappedChannels);
  const angles = series.names.flatMap((name, index) => {
    if (series.units[index] !== 'deg' || name.endsWith('/speed')) return [];
    const range = rangeOf(series.angle[index]!);
    return [
      { index, range, preference: wrapped.has(name) ? 0 : preferenceOf(series.dictionary, name, range) },
    ];
  });
  const chosen = angles.sort(
    (a, b) => b.preference - a.preference || b.range - a.range || a.index - b.index,
  )[0];
  if (chosen === undefined) return undefined;
  const angle = series.angle[chosen.index]!;
  const isKnee = isKneeFlexion(series.dictionary.find(series.names[chosen.index]!));
  const bends = isKnee ? flexionOf(knee) : undefined;
  const polarity = awayFromEnds(angle, series.rate_hz) ?? bends ?? awayFromMedian(angle);
  return { index: chosen.index, polarity, chosenBy: 'recording' };
}

function preferenceOf(dictionary: Dictionary, name: string, range: number): number {
  const known = dictionary.find(name);
  if (range > LARGEST_RANGE) return 0;
  if (known === undefined || known.joint === 'patella') return 1;
  if (known.kind === 'rotation') return 2;
  return isKneeFlexion(known) && range >= DEEP_KNEE ? 4 : 3;
}

/** Direction away from the pose held at both ends; undefined where they do not show one. */
function awayFromEnds(angle: Float64Array, rate_hz: number): 1 | -1 | undefined {
  const restFrames = Math.max(1, Math.round(REST_S * rate_hz));
  const [lowest, highest] = extremesOf(angle);
  const margin = REST_SHARE * (highest - lowest);
  const ends = [angle.subarray(0, restFrames), angle.subarray(-restFrames)].map(meanOf);
  if (ends.every((end) => end <= lowest + margin)) return 1;
  if (ends.every((end) => end >= highest - margin)) return -1;
  return undefined;
}

/** Direction in which the angle goes farther from where it mostly is. */
function awayFromMedian(angle: Float64Array): 1 | -1 {
  const sorted = angle.slice().sort();
  const last = sorted.length - 1;
  const median = (sorted[last >> 1]! + sorted[(last + 1) >> 1]!) / 2;
  return sorted[last]! - median >= median - sorted[0]! ? 1 : -1;
}

function flexionOf({ flexion }: KneeConvention): 1 | -1 | undefined {
  return flexion === null ? undefined : flexion === 'positive' ? 1 : -1;
}

function meanOf(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function rangeOf(angle: Float64Array): number {
  const [lowest, highest] = extremesOf(angle);
  return highest - lowest;
}

function extremesOf(angle: Float64Array): [lowest: number, highest: number] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of angle) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return [lowest, highest];
}
