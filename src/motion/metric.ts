/**
 * One metric of a report: statistics of angle, speed, acceleration and deceleration of one channel.
 *
 * Each quantity is a signal over the session, and each statistic the same three numbers of it:
 * angle = sign × filtered angle, velocity = |v|, acceleration = a × sign(v), deceleration = −a × sign(v), sign(0) = 0.
 * A metric that reads a range has one number per repetition instead of an angle: largest minus smallest.
 */
import type { MetricDefinition } from './exercise.ts';
import type { Series } from './process.ts';
import type { Unit } from './recording.ts';
import { type Score, scoreOf } from './score.ts';
import type { RepetitionWindow } from './windows.ts';

/** deg, deg/s or deg/s² (m for a metric that reads a translation). */
export interface Statistics {
  /** Maximum over the session. */
  readonly fullMax: number;
  /** Mean over the samples inside repetitions; over the session when there are none. */
  readonly avg: number;
  /** Mean over repetitions of the repetition's maximum; fullMax when there are none. */
  readonly avgMax: number;
}

export interface MetricResult {
  readonly metric: MetricDefinition;
  /** Name of the series' channel that the metric was read from. */
  readonly channel: string;
  readonly unit: Unit;
  readonly angle: Statistics;
  /** Of |velocity|. */
  readonly velocity: Statistics;
  /** Of acceleration × sign(velocity). */
  readonly acceleration: Statistics;
  /** Of −acceleration × sign(velocity). */
  readonly deceleration: Statistics;
  /** From angle.avgMax; null where the metric has no range, or reads a translation. */
  readonly score: Score | null;
}

/** `index`: the channel's place in the series. */
export function measureMetric(
  series: Series,
  index: number,
  metric: MetricDefinition,
  repetitions: readonly RepetitionWindow[],
): MetricResult {
  const filtered = series.angle[index]!;
  const velocity = series.velocity[index]!;
  const acceleration = series.acceleration[index]!;
  const unit = series.units[index]!;
  const along = acceleration.map((a, k) => a * Math.sign(velocity[k]!));
  const angle =
    metric.reads === 'range'
      ? rangeStatistics(filtered, repetitions)
      : signalStatistics(
          filtered.map((value) => metric.sign * value),
          repetitions,
        );
  return {
    metric,
    channel: series.names[index]!,
    unit,
    angle,
    velocity: signalStatistics(velocity.map(Math.abs), repetitions),
    acceleration: signalStatistics(along, repetitions),
    deceleration: signalStatistics(
      along.map((a) => 0 - a),
      repetitions,
    ),
    score: unit === 'deg' ? scoreOf(angle.avgMax, metric.min, metric.max) : null,
  };
}

function signalStatistics(signal: Float64Array, repetitions: readonly RepetitionWindow[]): Statistics {
  const fullMax = maximum(signal, 0, signal.length - 1);
  if (repetitions.length === 0)
    return { fullMax, avg: meanInside(signal, [wholeOf(signal)]), avgMax: fullMax };
  const maxima = repetitions.map(({ first, last }) => maximum(signal, first, last));
  return { fullMax, avg: meanInside(signal, repetitions), avgMax: meanOf(maxima) };
}

/** A range has no value per sample, so its average is that over the repetitions. */
function rangeStatistics(angle: Float64Array, repetitions: readonly RepetitionWindow[]): Statistics {
  const whole = wholeOf(angle);
  const ranges = (repetitions.length === 0 ? [whole] : repetitions).map(({ first, last }) =>
    rangeIn(angle, first, last),
  );
  const mean = meanOf(ranges);
  return { fullMax: rangeIn(angle, whole.first, whole.last), avg: mean, avgMax: mean };
}

function wholeOf(signal: Float64Array): RepetitionWindow {
  return { first: 0, peak: 0, last: signal.length - 1 };
}

/** Mean over the samples in at least one window; a sample that two windows share counts once. Windows are in order. */
function meanInside(signal: Float64Array, windows: readonly RepetitionWindow[]): number {
  let sum = 0;
  let count = 0;
  let next = 0;
  for (const { first, last } of windows) {
    for (let k = Math.max(first, next); k <= last; k += 1) {
      sum += signal[k]!;
      count += 1;
    }
    next = last + 1;
  }
  return sum / count;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function maximum(signal: Float64Array, first: number, last: number): number {
  let highest = signal[first]!;
  for (let k = first + 1; k <= last; k += 1) if (signal[k]! > highest) highest = signal[k]!;
  return highest;
}

function rangeIn(signal: Float64Array, first: number, last: number): number {
  let lowest = signal[first]!;
  for (let k = first + 1; k <= last; k += 1) if (signal[k]! < lowest) lowest = signal[k]!;
  return maximum(signal, first, last) - lowest;
}
