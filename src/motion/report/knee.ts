/**
 * How a recording counts knee flexion, and exercises turned for it. Rajagopal, LaiUhlrich and OpenCap models count it up,
 * Gait2392, Gait10dof, Hamner and Camargo count it down; nothing in a file says so but the values: a knee bends far and
 * hardly overstretches.
 */
import type { ExerciseDefinition, MetricDefinition } from '../exercise.ts';
import { type Dictionary, isKneeFlexion } from '../joints.ts';
import type { Series } from '../process.ts';
import { uncovered } from '../series/stretches.ts';

export interface KneeConvention {
  /** Null: no knee, or knees that bend too little to tell. */
  readonly flexion: 'positive' | 'negative' | null;
  /** In words, with the values that decided. */
  readonly evidence: string;
}

/** A knee that stays within this many degrees of straight does not tell. */
const LEAST_BEND = 15;

/** Share of the frames beyond the reported lowest and highest value, so that single faults do not decide. */
const TAIL = 0.02;

/** Extremes decide only where one direction goes so many times as far as the other. */
const CLEARLY = 2;

/**
 * The larger of how far the knees go up and down decides, each the 2 % that go farthest left out; where that is hardly a
 * bend, the extremes, when they are clear. All knees count together; one that jumps by a turn between two samples only
 * where there is no other.
 */
export function kneeConventionOf(series: Series): KneeConvention {
  const { names, units, dictionary, provenance } = series;
  const knees = names.flatMap((name, i) =>
    units[i] === 'deg' && isKneeFlexion(dictionary.find(name)) ? [i] : [],
  );
  if (knees.length === 0) return { flexion: null, evidence: 'the recording has no knee angle' };
  const jumping = new Set(provenance.wrappedChannels);
  const steady = knees.filter((i) => !jumping.has(names[i]!));
  const deciding = steady.length > 0 ? steady : knees;
  const values = usableValues(series, deciding).sort();
  if (values.length === 0) return { flexion: null, evidence: 'no knee angle outside excluded gaps' };
  const doubt = steady.length > 0 ? '' : '; it jumps, but there is no other knee';
  const last = values.length - 1;
  const usual = [values[Math.floor(TAIL * last)]!, values[Math.ceil((1 - TAIL) * last)]!] as const;
  const farthest = [values[0]!, values[last]!] as const;
  const reach = (of: readonly [number, number], how: string) =>
    `${listed(deciding.map((i) => names[i]!))} from ${whole(of[0])}° to ${whole(of[1])}° (${how})${doubt}`;
  if (bendOf(usual) >= LEAST_BEND)
    return { flexion: directionOf(usual), evidence: reach(usual, '2nd to 98th percentile') };
  // A single short bend in a long recording.
  const [least, most] = [Math.abs(farthest[0]), Math.abs(farthest[1])].sort((a, b) => a - b) as [
    number,
    number,
  ];
  if (bendOf(farthest) >= LEAST_BEND && most >= CLEARLY * least)
    return { flexion: directionOf(farthest), evidence: reach(farthest, 'lowest to highest value') };
  return { flexion: null, evidence: `${reach(farthest, 'lowest to highest value')}: too little to tell` };
}

function bendOf([lowest, highest]: readonly [number, number]): number {
  return Math.max(highest, -lowest);
}

function directionOf([lowest, highest]: readonly [number, number]): 'positive' | 'negative' {
  return highest >= -lowest ? 'positive' : 'negative';
}

/**
 * An exercise written for models that count knee flexion up, as one for this recording: where it counts flexion down, the
 * metrics of knees and a knee as primary channel are turned. The same object where nothing is to be turned.
 */
export function turnForKnee(
  exercise: ExerciseDefinition,
  convention: KneeConvention,
  dictionary: Dictionary,
): ExerciseDefinition {
  if (exercise.kneeFlexion === 'as recorded' || convention.flexion !== 'negative') return exercise;
  const { primaryChannel, polarity } = exercise;
  const turnsPrimary = primaryChannel !== null && isKneeFlexion(dictionary.find(primaryChannel));
  const metrics = exercise.metrics?.map((metric) => turnMetric(metric, convention, dictionary)) ?? null;
  const turnsMetrics = metrics?.some((metric, i) => metric !== exercise.metrics![i]) ?? false;
  if (!turnsPrimary && !turnsMetrics) return exercise;
  return { ...exercise, polarity: turnsPrimary ? opposite(polarity) : polarity, metrics };
}

/** A metric that reads flexion as positive, as one for this recording; the same object where nothing is to be turned. */
export function turnMetric(
  metric: MetricDefinition,
  { flexion }: KneeConvention,
  dictionary: Dictionary,
): MetricDefinition {
  if (flexion !== 'negative' || !isKneeFlexion(dictionary.find(metric.channel))) return metric;
  return { ...metric, sign: opposite(metric.sign) };
}

function opposite(sign: 1 | -1): 1 | -1 {
  return sign === 1 ? -1 : 1;
}

/** Angles of these channels outside excluded stretches. */
function usableValues({ angle, excluded, frames }: Series, channels: readonly number[]): Float64Array {
  const values = channels.flatMap((i) =>
    uncovered(excluded[i]!, frames).map(({ first, last }) => angle[i]!.subarray(first, last + 1)),
  );
  const all = new Float64Array(values.reduce((total, { length }) => total + length, 0));
  let from = 0;
  for (const part of values) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}

/** Never −0. */
function whole(degrees: number): number {
  return Math.round(degrees) + 0;
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.length} knee angles` : names.join(' and ');
}
