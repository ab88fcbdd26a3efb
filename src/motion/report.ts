/** Series + exercise → report: statistics per metric and side, repetitions, scores, summary. */
import { boutFlags } from './bouts.ts';
import type { ExerciseDefinition, MetricDefinition } from './exercise.ts';
import { firstFlags } from './flags.ts';
import { generalMetrics } from './general-metrics.ts';
import { isKneeFlexion } from './joints.ts';
import { type KneeConvention, kneeConventionOf, turnForKnee } from './knee.ts';
import { type MetricResult, measureMetric } from './metric.ts';
import { choosePrimary, findChannel, type Primary } from './primary.ts';
import type { Series, SeriesProvenance } from './process.ts';
import { coordinateOf } from './recording.ts';
import { segment } from './segment.ts';
import { touches, usableStretches } from './stretches.ts';
import { type ReportSummary, summarize } from './summary.ts';
import { type RepetitionTimes, type RepetitionWindow, windowsAt } from './windows.ts';

export type { MetricResult, Statistics } from './metric.ts';
export type { Score } from './score.ts';
export type { AreaScore, Asymmetry, ReportSummary } from './summary.ts';
export type { RepetitionTimes } from './windows.ts';

export interface Repetition extends RepetitionTimes {
  readonly peak_s: number;
  readonly source: 'automatic' | 'edited';
}

export interface ReportProvenance extends SeriesProvenance {
  /** Channel whose peaks are the repetitions; null where the recording has none that could be. */
  readonly primaryChannel: string | null;
  /** `exercise` as defined there, `recording` where it was chosen from the data. */
  readonly primaryChosenBy: 'exercise' | 'recording' | null;
  readonly polarity: 1 | -1;
  /** Prominence a repetition must have, degrees; null without a primary channel. */
  readonly prominenceThreshold: number | null;
  /** Name of the exercise whose definition was used. */
  readonly exercise: string;
  /** How the recording counts knee flexion, and whether the definition was turned for it. */
  readonly knee: KneeConvention & { readonly turned: boolean };
  /** Channels of metrics that were left out because the recording lacks them, or has them only in excluded stretches. */
  readonly missingChannels: readonly string[];
}

export interface SessionReport {
  readonly metrics: readonly MetricResult[];
  /** In order of time, at samples: edited times are moved to the nearest. Empty when the recording shows none. */
  readonly repetitions: readonly Repetition[];
  readonly summary: ReportSummary;
  readonly provenance: ReportProvenance;
}

export interface ReportOptions {
  /** Repetitions set by a person, in order; they replace the found ones. An empty list means there are none. */
  readonly repetitions?: readonly RepetitionTimes[];
}

/**
 * No number of a report is NaN or infinite. Throws RangeError for edited repetitions that are out of order or do not lie
 * in the recording (see `windowsAt`).
 *
 * Excluded frames belong to no statistic. No automatic repetition holds an excluded frame of the primary channel; a
 * repetition that holds one of a metric's channel does not enter that metric's averages; a metric with nothing left to
 * read is left out, its channel named.
 *
 * @example
 * const series = processRecording(readRecording(bytes, { fileName: 'squats.mot' }));
 * const report = computeReport(series, exercise);
 * report.metrics.map(({ metric, angle }) => `${metric.label} ${metric.side}: ${angle.avgMax}`);
 */
export function computeReport(
  series: Series,
  written: ExerciseDefinition,
  options: ReportOptions = {},
): SessionReport {
  const knee = kneeConventionOf(series);
  const exercise = turnForKnee(written, knee, series.dictionary);
  const { rate_hz, frames, names } = series;
  const primary = choosePrimary(series, exercise);
  const signal = primary === undefined ? null : primarySignal(series, primary);
  const excluded = primary === undefined ? [] : series.excluded[primary.index]!;
  const found = signal === null ? null : segment(signal, excluded, rate_hz);
  const edited = options.repetitions !== undefined;
  const windows =
    options.repetitions === undefined
      ? (found?.stretches.flatMap((stretch) => stretch.windows) ?? [])
      : windowsAt(options.repetitions, { frames, rate_hz, primary: signal && { signal, excluded } });

  const definitions = exercise.metrics ?? metricsOf(series, primary, knee);
  const isPresent = ({ channel }: MetricDefinition) => findChannel(names, channel) !== -1;
  const present = definitions.filter(isPresent);
  const absent = definitions.filter((metric) => !isPresent(metric));
  const measured = present.map((metric) =>
    measureMetric(series, findChannel(names, metric.channel), metric, windows),
  );
  const metrics = measured.filter((result) => result !== null);
  const unreadable = present.filter((_, i) => measured[i] === null);
  return {
    metrics,
    repetitions: windows.map(({ first, peak, last }) => ({
      start_s: first / rate_hz,
      peak_s: peak / rate_hz,
      end_s: last / rate_hz,
      source: edited ? 'edited' : 'automatic',
    })),
    summary: summarize(metrics, series.dictionary),
    provenance: {
      ...series.provenance,
      flags: [
        ...series.provenance.flags,
        ...firstFlags([
          ...absentFlags(present, absent),
          ...primaryFlags(series, exercise, primary),
          ...(edited || primary === undefined ? [] : boutFlags(series, primary.index, signal!, found!)),
          ...excludedFlags(series, present, windows),
          ...present.flatMap((metric) => kneeFlags(series, metric, knee)),
        ]),
      ],
      primaryChannel: primary === undefined ? null : names[primary.index]!,
      primaryChosenBy: primary?.chosenBy ?? null,
      polarity: primary?.polarity ?? exercise.polarity,
      prominenceThreshold: found?.threshold ?? null,
      exercise: exercise.name,
      knee: {
        ...knee,
        turned:
          exercise !== written || (written.metrics === null && readsKneeDown(series, definitions, knee)),
      },
      missingChannels: [...new Set([...absent, ...unreadable].map(({ channel }) => channel))],
    },
  };
}

function primarySignal(series: Series, { index, polarity }: Primary): Float64Array {
  return series.angle[index]!.map((value) => polarity * value);
}

function absentFlags(present: readonly MetricDefinition[], absent: readonly MetricDefinition[]): string[] {
  if (present.length > 0 || absent.length === 0) return [];
  const channels = [...new Set(absent.map(({ channel }) => channel))];
  return [`none of the exercise's channels is in the recording: ${channels.join(', ')}`];
}

/** One note per channel whose repetitions are not all read. */
function excludedFlags(
  { names, excluded, frames }: Series,
  present: readonly MetricDefinition[],
  windows: readonly RepetitionWindow[],
): string[] {
  const indices = new Set(present.map(({ channel }) => findChannel(names, channel)));
  return [...indices].flatMap((index) => {
    const spans = excluded[index]!;
    if (spans.length === 0) return [];
    if (usableStretches(spans, frames).length === 0)
      return [`${names[index]!} is excluded throughout: its metrics are left out`];
    const cut = windows.flatMap((window, i) => (touches(spans, window) ? [i + 1] : []));
    if (cut.length === 0) return [];
    return cut.length === windows.length
      ? [`${names[index]!} is excluded in every repetition: its metrics are left out`]
      : [`${names[index]!} is excluded in ${numbered(cut)}: not in its averages`];
  });
}

/** `repetition 3`, `repetitions 2, 3 and 5` */
function numbered(numbers: readonly number[]): string {
  const last = numbers.at(-1)!;
  if (numbers.length === 1) return `repetition ${last}`;
  if (numbers.length > 10) return `${numbers.length} repetitions`;
  return `repetitions ${numbers.slice(0, -1).join(', ')} and ${last}`;
}

function primaryFlags(series: Series, exercise: ExerciseDefinition, primary: Primary | undefined): string[] {
  if (primary === undefined) return ['no angle in the recording: no repetition'];
  if (primary.chosenBy === 'exercise') return [];
  const chosen = `repetitions found on ${series.names[primary.index]!}, polarity ${primary.polarity}`;
  return [
    exercise.primaryChannel === null
      ? chosen
      : `${exercise.primaryChannel} is not in the recording: ${chosen}`,
  ];
}

/** A metric that is read as recorded may be written for the other family of models; no header says so. */
function kneeFlags(
  series: Series,
  { label, side, channel, sign }: MetricDefinition,
  knee: KneeConvention,
): string[] {
  const name = series.names[findChannel(series.names, channel)]!;
  if (sign !== 1 || knee.flexion !== 'negative' || !isKneeFlexion(series.dictionary.find(name))) return [];
  return [`${name} seems to count flexion down: ${label} ${side} reads it with sign +1`];
}

/** Whether general metrics, which always read flexion as positive, were turned for this recording. */
function readsKneeDown(
  { dictionary }: Series,
  metrics: readonly MetricDefinition[],
  { flexion }: KneeConvention,
): boolean {
  return flexion === 'negative' && metrics.some(({ channel }) => isKneeFlexion(dictionary.find(channel)));
}

/**
 * Metrics of a recording whose exercise defines none. Where none of its names is known the channel that moves most is the
 * one metric, without a range: a report always holds a number.
 */
function metricsOf(
  series: Series,
  primary: Primary | undefined,
  knee: KneeConvention,
): readonly MetricDefinition[] {
  const known = generalMetrics(series, knee);
  if (known.length > 0 || primary === undefined) return known;
  const channel = series.names[primary.index]!;
  const side = /(^|_)l$/i.test(coordinateOf(channel)) ? 'L' : 'R';
  const { polarity: sign } = primary;
  return [
    { label: `${coordinateOf(channel)} (°)`, side, channel, sign, reads: 'angle', min: null, max: null },
  ];
}
