/** Series + exercise → report: statistics per metric and side, repetitions, scores, summary. */

import type { ExerciseDefinition, MetricDefinition } from './exercise.ts';
import type { Series, SeriesProvenance } from './process.ts';
import { coordinateOf } from './recording.ts';
import { boutFlags } from './report/bouts.ts';
import { incomparableIn } from './report/comparable.ts';
import { generalMetrics } from './report/general-metrics.ts';
import { type KneeConvention, kneeConventionOf, turnForKnee } from './report/knee.ts';
import { type MetricResult, measureMetric } from './report/metric.ts';
import { choosePrimary, type Primary } from './report/primary.ts';
import { readingsOf } from './report/reading.ts';
import {
  absentFlags,
  excludedFlags,
  insteadFlags,
  kneeFlags,
  primaryFlags,
  readsKneeDown,
  shortFlags,
} from './report/report-flags.ts';
import { segment } from './report/segment.ts';
import { type ReportSummary, summarize } from './report/summary.ts';
import { unscoredBy, unscoredFlags } from './report/unscored.ts';
import { type RepetitionTimes, windowsAt } from './report/windows.ts';
import { firstFlags } from './series/flags.ts';

export type { MetricResult, Statistics } from './report/metric.ts';
export type { Score } from './report/score.ts';
export type { AreaScore, Asymmetry, ReportSummary } from './report/summary.ts';
export type { RepetitionTimes } from './report/windows.ts';

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
 * read is left out, its channel named. A metric whose channel the recording lacks is read from the channel of the same
 * motion, unless the definition is `as recorded` (see reading). Not scored are metrics of channels that are constant,
 * implausible or wrapped (see unscored), and of a side whose movement the repetitions miss (see comparable).
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
  const primary = choosePrimary(series, exercise, knee);
  const signal = primary === undefined ? null : primarySignal(series, primary);
  const excluded = primary === undefined ? [] : series.excluded[primary.index]!;
  const found = signal === null ? null : segment(signal, excluded, rate_hz);
  const edited = options.repetitions !== undefined;
  const windows =
    options.repetitions === undefined
      ? (found?.stretches.flatMap((stretch) => stretch.windows) ?? [])
      : windowsAt(options.repetitions, { frames, rate_hz, primary: signal && { signal, excluded } });

  const only = exercise.metrics === null ? metricsOf(series, primary, knee) : { metrics: exercise.metrics };
  const definitions = only.metrics;
  const readings = readingsOf(series, definitions, exercise.kneeFlexion, knee);
  const { present, absent } = readings;
  const measured = present.map(({ metric, index }) => measureMetric(series, index, metric, windows));
  const readable = measured.filter((result) => result !== null);
  const unreadable = present.filter((_, i) => measured[i] === null);
  const incomparable = incomparableIn(series, readable, windows, primary?.index);
  const unscored = unscoredBy(series.provenance);
  // Who wrote metrics to be read as recorded gets their scores and comparisons as defined, with the notes.
  const asDefined = written.kneeFlexion === 'as recorded' && written.metrics !== null;
  const metrics = readable.map((result) =>
    !asDefined && (incomparable.missed.has(result) || unscored(result.channel) !== undefined)
      ? { ...result, score: null }
      : result,
  );
  return {
    metrics,
    repetitions: windows.map(({ first, peak, last }) => ({
      start_s: first / rate_hz,
      peak_s: peak / rate_hz,
      end_s: last / rate_hz,
      source: edited ? 'edited' : 'automatic',
    })),
    summary: summarize(metrics, series.dictionary, asDefined ? new Set() : incomparable.labels),
    provenance: {
      ...series.provenance,
      flags: [
        ...series.provenance.flags,
        ...firstFlags([
          ...absentFlags(readings),
          ...insteadFlags(series, present),
          ...primaryFlags(series, exercise, primary, present),
          ...(only.note === undefined ? [] : [only.note]),
          ...(edited || primary === undefined ? [] : boutFlags(series, primary.index, signal!, found!)),
          ...(edited ? shortFlags(windows, rate_hz) : []),
          ...excludedFlags(series, present, windows),
          ...incomparable.flags,
          ...(asDefined ? [] : unscoredFlags(readable, unscored)),
          ...present.flatMap((reading) => kneeFlags(series, reading, knee)),
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
      missingChannels: [
        ...new Set([...absent, ...unreadable.map(({ metric }) => metric)].map(({ channel }) => channel)),
      ],
    },
  };
}

function primarySignal(series: Series, { index, polarity }: Primary): Float64Array {
  return series.angle[index]!.map((value) => polarity * value);
}

interface RecordingMetrics {
  readonly metrics: readonly MetricDefinition[];
  /** What a person should know of how they were chosen. */
  readonly note?: string;
}

/**
 * Metrics of a recording whose exercise defines none. Where none of its names is known the channel that moves most is the
 * one metric, without a range: a report always holds a number.
 */
function metricsOf(series: Series, primary: Primary | undefined, knee: KneeConvention): RecordingMetrics {
  const known = generalMetrics(series, knee);
  if (known.length > 0 || primary === undefined) return { metrics: known };
  const channel = series.names[primary.index]!;
  const entry = series.dictionary.find(channel);
  const name = coordinateOf(channel);
  const ending = /(?:^|_)([lr])$/i.exec(name)?.[1]?.toUpperCase() as 'L' | 'R' | undefined;
  const side = entry?.side ?? ending;
  const { polarity: sign } = primary;
  const metric = { label: `${name} (°)`, channel, sign, reads: 'angle', min: null, max: null } as const;
  if (side !== undefined) return { metrics: [{ ...metric, side }] };
  const why = entry === undefined ? `side of ${channel} is not known` : `${channel} has no side`;
  return { metrics: [{ ...metric, side: 'R' }], note: `${why}: listed under R` };
}
