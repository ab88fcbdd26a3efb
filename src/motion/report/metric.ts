/**
 * One metric of a report: statistics of angle, speed, acceleration and deceleration of one channel.
 *
 * Each quantity is a signal over the session, and each statistic the same three numbers of it:
 * angle = sign × filtered angle, velocity = |v|, acceleration = a × sign(v), deceleration = −a × sign(v), sign(0) = 0.
 * A metric that reads a range has one number per repetition instead of an angle: largest minus smallest.
 * Frames that are excluded for the channel belong to no statistic, nor does a repetition that holds one.
 *
 * v and a are the finite differences of Winter, Biomechanics and Motor Control of Human Movement, ch. 3 (see
 * `derivative`). Acceleration along the motion is the rate of change of speed, d|v|/dt = a × sign(v); that deceleration
 * is its negative, and the three statistics, are own definitions.
 */
import type { MetricDefinition } from '../exercise.ts';
import type { Series } from '../process.ts';
import type { Unit } from '../recording.ts';
import type { FrameSpan } from '../series/span.ts';
import { touches, uncovered } from '../series/stretches.ts';
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
  /** From angle.avgMax; null where the metric has no range or reads a translation, and where a report does not score it. */
  readonly score: Score | null;
}

/** What a metric is read from: usable stretches of the session, and repetitions without an excluded frame. */
interface Usable {
  readonly session: readonly FrameSpan[];
  readonly repetitions: readonly FrameSpan[];
}

/**
 * `index`: the channel's place in the series. Null where nothing is left to read: every frame is excluded, or there are
 * repetitions and each holds an excluded frame.
 */
export function measureMetric(
  series: Series,
  index: number,
  metric: MetricDefinition,
  repetitions: readonly RepetitionWindow[],
): MetricResult | null {
  const excluded = series.excluded[index]!;
  const usable: Usable = {
    session: uncovered(excluded, series.frames),
    repetitions: repetitions.filter((window) => !touches(excluded, window)),
  };
  if (usable.session.length === 0 || (repetitions.length > 0 && usable.repetitions.length === 0)) return null;
  const filtered = series.angle[index]!;
  const velocity = series.velocity[index]!;
  const acceleration = series.acceleration[index]!;
  const unit = series.units[index]!;
  // One array for all quantities in turn: one each, for every metric, would weigh as much as the recording.
  const signal = new Float64Array(series.frames);
  fillNegative(signal, filtered);
  const angle =
    metric.reads === 'range'
      ? rangeStatistics(filtered, usable)
      : signalStatistics(metric.sign === 1 ? filtered : signal, usable);
  fillSpeed(signal, velocity);
  const speed = signalStatistics(signal, usable);
  fillAlongMotion(signal, velocity, acceleration);
  const gain = signalStatistics(signal, usable);
  fillNegative(signal, signal);
  const loss = signalStatistics(signal, usable);
  return {
    metric,
    channel: series.names[index]!,
    unit,
    angle,
    velocity: speed,
    acceleration: gain,
    deceleration: loss,
    score: unit === 'deg' ? scoreOf(angle.avgMax, metric.min, metric.max) : null,
  };
}

// Loops, not maps: they run over every sample of every metric.

function fillNegative(result: Float64Array, signal: Float64Array): void {
  for (let k = 0; k < result.length; k += 1) result[k] = 0 - signal[k]!;
}

function fillSpeed(result: Float64Array, velocity: Float64Array): void {
  for (let k = 0; k < result.length; k += 1) result[k] = Math.abs(velocity[k]!);
}

/** a × sign(v) */
function fillAlongMotion(result: Float64Array, velocity: Float64Array, acceleration: Float64Array): void {
  for (let k = 0; k < result.length; k += 1) result[k] = acceleration[k]! * Math.sign(velocity[k]!);
}

function signalStatistics(signal: Float64Array, { session, repetitions }: Usable): Statistics {
  const fullMax = session.reduce(
    (most, { first, last }) => Math.max(most, maximum(signal, first, last)),
    Number.NEGATIVE_INFINITY,
  );
  if (repetitions.length === 0) return { fullMax, avg: meanInside(signal, session), avgMax: fullMax };
  const maxima = repetitions.map(({ first, last }) => maximum(signal, first, last));
  return { fullMax, avg: meanInside(signal, repetitions), avgMax: meanOf(maxima) };
}

/** A range has no value per sample, so its average is that over the repetitions. */
function rangeStatistics(angle: Float64Array, { session, repetitions }: Usable): Statistics {
  const whole = rangeIn(angle, session);
  if (repetitions.length === 0) return { fullMax: whole, avg: whole, avgMax: whole };
  const mean = meanOf(repetitions.map((repetition) => rangeIn(angle, [repetition])));
  return { fullMax: whole, avg: mean, avgMax: mean };
}

/** Mean over the samples in at least one window; a sample that two windows share counts once. Windows are in order. */
function meanInside(signal: Float64Array, windows: readonly FrameSpan[]): number {
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

/** Largest minus smallest value in all of the spans together. */
function rangeIn(signal: Float64Array, spans: readonly FrameSpan[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { first, last } of spans) {
    for (let k = first; k <= last; k += 1) {
      if (signal[k]! < lowest) lowest = signal[k]!;
      if (signal[k]! > highest) highest = signal[k]!;
    }
  }
  return highest - lowest;
}
