/** Plain notes of a report on what its exercise asks for and the recording has. They change no number. */
import type { ExerciseDefinition, MetricDefinition } from '../exercise.ts';
import { isKneeFlexion } from '../joints.ts';
import type { Series } from '../process.ts';
import { listedFlags } from '../series/flags.ts';
import { touches, uncovered } from '../series/stretches.ts';
import type { KneeConvention } from './knee.ts';
import type { Primary } from './primary.ts';
import type { MetricReading, MetricReadings } from './reading.ts';
import { MIN_DISTANCE_S } from './reps.ts';
import type { RepetitionWindow } from './windows.ts';

/** Their names stand in the report's missing channels. */
export function absentFlags({ present, absent }: MetricReadings): string[] {
  if (present.length > 0 || absent.length === 0) return [];
  return ["none of the exercise's channels is in the recording: no metric"];
}

/** One note per channel that another one stands in for. */
export function insteadFlags({ names }: Series, present: readonly MetricReading[]): string[] {
  const replaced = present.filter(({ instead }) => instead);
  const pairs = new Map(replaced.map(({ metric, index }) => [metric.channel, names[index]!]));
  return [...pairs].map(([channel, name]) => `${channel} is not in the recording: ${name} read instead`);
}

/** How the repetitions were found, where the exercise does not say or names a channel that is not there. */
export function primaryFlags(
  series: Series,
  { primaryChannel, metrics }: ExerciseDefinition,
  primary: Primary | undefined,
  present: readonly MetricReading[],
): string[] {
  if (primary === undefined) return ['no angle in the recording: no repetition'];
  if (primary.chosenBy === 'exercise') return [];
  const extremes = primary.polarity === 1 ? 'highest' : 'lowest';
  const chosen = `repetitions found on ${series.names[primary.index]!}, counted at its ${extremes} values`;
  const named = present.some(({ metric, instead }) => instead && metric.channel === primaryChannel);
  return [
    primaryChannel === null || (metrics !== null && named)
      ? chosen
      : `${primaryChannel} is not in the recording: ${chosen}`,
  ];
}

/** Repetitions set by a person that are shorter than any that would be found: mostly a slip of the hand. */
export function shortFlags(windows: readonly RepetitionWindow[], rate_hz: number): string[] {
  const flags = windows.flatMap(({ first, last }, i) => {
    const length_s = (last - first) / rate_hz;
    return last - first < Math.round(MIN_DISTANCE_S * rate_hz)
      ? [`repetition ${i + 1} lasts only ${length_s.toFixed(2)} s`]
      : [];
  });
  return listedFlags(flags, 'short repetitions');
}

/** One note per channel whose repetitions are not all read. */
export function excludedFlags(
  { names, excluded, frames }: Series,
  present: readonly MetricReading[],
  windows: readonly RepetitionWindow[],
): string[] {
  const indices = new Set(present.map(({ index }) => index));
  return [...indices].flatMap((index) => {
    const spans = excluded[index]!;
    if (spans.length === 0) return [];
    if (uncovered(spans, frames).length === 0)
      return [`${names[index]!} is excluded throughout: its metrics are left out`];
    const cut = windows.flatMap((window, i) => (touches(spans, window) ? [i + 1] : []));
    if (cut.length === 0) return [];
    return cut.length === windows.length
      ? [`${names[index]!} is excluded in every repetition: its metrics are left out`]
      : [`${names[index]!} is excluded in ${numbered(cut)}: not in its averages`];
  });
}

/** A metric that is read as recorded may be written for the other family of models; no header says so. */
export function kneeFlags(
  { names, dictionary }: Series,
  { metric, index }: MetricReading,
  { flexion }: KneeConvention,
): string[] {
  const { label, side, sign } = metric;
  const name = names[index]!;
  if (sign !== 1 || flexion !== 'negative' || !isKneeFlexion(dictionary.find(name))) return [];
  return [`${name} seems to count flexion down: ${label} ${side} reads it with sign +1`];
}

/** Whether general metrics, which always read flexion as positive, were turned for this recording. */
export function readsKneeDown(
  { dictionary }: Series,
  metrics: readonly MetricDefinition[],
  { flexion }: KneeConvention,
): boolean {
  return flexion === 'negative' && metrics.some(({ channel }) => isKneeFlexion(dictionary.find(channel)));
}

/** `repetition 3`, `repetitions 2, 3 and 5` */
function numbered(numbers: readonly number[]): string {
  const last = numbers.at(-1)!;
  if (numbers.length === 1) return `repetition ${last}`;
  if (numbers.length > 10) return `${numbers.length} repetitions`;
  return `repetitions ${numbers.slice(0, -1).join(', ')} and ${last}`;
}
