/**
 * Time-normalised curves: every repetition stretched to 0…100 % of its own duration, then averaged point by point.
 *
 * Point j of a repetition from frame f to frame l lies at f + j·(l − f)/100, between frames on the straight line that
 * joins them. That is the usual presentation of cyclic movement (Winter, The Biomechanics and Motor Control of Human
 * Gait, 1991: stride to 100 %); 101 points and linear interpolation are our choice, stated so that they can be repeated.
 */
import type { MetricDefinition } from '../exercise.ts';
import type { Series } from '../process.ts';
import type { FrameSpan } from '../series/span.ts';
import { touches } from '../series/stretches.ts';
import { findChannel } from './primary.ts';

/** Points of a curve: 0, 1, … 100 %. */
export const CURVE_POINTS = 101;

/** With more repetitions than this only mean and standard deviation are given, over all of them: an hour of walking has thousands. */
export const MAX_LISTED_CURVES = 200;

/** Each array holds 101 values. */
export interface Curve {
  readonly mean: Float64Array;
  /** Sample standard deviation (n − 1); zeros with a single repetition. */
  readonly sd: Float64Array;
  /** In order of time; empty with more than MAX_LISTED_CURVES of them. */
  readonly repetitions: readonly Float64Array[];
}

/** What curves are read from: one or more channels of a processed series, or of what was stored of it. */
export type CurveSeries = Pick<Series, 'rate_hz' | 'names' | 'excluded' | 'angle' | 'velocity'>;

export type CurveMetric = Pick<MetricDefinition, 'label' | 'side' | 'sign'>;

/** What of a report says which curves belong to it. */
export interface CurveReport {
  /** Seconds, at frames of the series. */
  readonly repetitions: readonly { readonly start_s: number; readonly end_s: number }[];
  readonly metrics: readonly {
    readonly metric: CurveMetric;
    readonly channel: string;
    readonly unit: string;
  }[];
}

export interface MetricCurves {
  readonly metric: CurveMetric;
  readonly unit: string;
  /** Of sign × angle (a metric that reads a range too: a range has no course), deg. */
  readonly angle: Curve;
  /** Of sign × velocity, deg/s. */
  readonly velocity: Curve;
}

/**
 * One for each of the report's metrics, over the repetitions without an excluded frame of the metric's channel; those
 * without any are left out. `series` is the one that the report was computed from, and has every channel that it names.
 */
export function computeCurves(series: CurveSeries, report: CurveReport): MetricCurves[] {
  const windows = report.repetitions.map(({ start_s, end_s }) => ({
    first: Math.round(start_s * series.rate_hz),
    last: Math.round(end_s * series.rate_hz),
  }));
  return report.metrics.flatMap(({ metric, channel, unit }): MetricCurves[] => {
    const index = findChannel(series.names, channel);
    const read = windows.filter((window) => !touches(series.excluded[index]!, window));
    if (read.length === 0) return [];
    return [
      {
        metric,
        unit,
        angle: curveOf(series.angle[index]!, metric.sign, read),
        velocity: curveOf(series.velocity[index]!, metric.sign, read),
      },
    ];
  });
}

/** Mean and sum of squares are updated repetition by repetition (Welford, Technometrics 4(3), 1962). */
function curveOf(signal: Float64Array, sign: 1 | -1, windows: readonly FrameSpan[]): Curve {
  const mean = new Float64Array(CURVE_POINTS);
  const squares = new Float64Array(CURVE_POINTS);
  const listed: Float64Array[] = [];
  windows.forEach((window, i) => {
    const curve = normalize(signal, sign, window);
    for (let j = 0; j < CURVE_POINTS; j += 1) {
      const difference = curve[j]! - mean[j]!;
      mean[j]! += difference / (i + 1);
      squares[j]! += difference * (curve[j]! - mean[j]!);
    }
    if (windows.length <= MAX_LISTED_CURVES) listed.push(curve);
  });
  const sd = squares.map((sum) => (windows.length > 1 ? Math.sqrt(sum / (windows.length - 1)) : 0));
  return { mean, sd, repetitions: listed };
}

function normalize(signal: Float64Array, sign: 1 | -1, { first, last }: FrameSpan): Float64Array {
  const curve = new Float64Array(CURVE_POINTS);
  for (let j = 0; j < CURVE_POINTS; j += 1) {
    const at = first + (j * (last - first)) / (CURVE_POINTS - 1);
    const before = Math.floor(at);
    const value = signal[before]!;
    const share = at - before;
    curve[j] = sign * (share === 0 ? value : value + share * (signal[before + 1]! - value));
  }
  return curve;
}
