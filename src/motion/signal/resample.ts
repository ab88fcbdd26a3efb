import { counted } from '../counted.ts';
/**
 * Samples at the recording's own instants → samples on a regular grid. No filter comes before it.
 *
 * Edges: the grid starts at the first kept time and ends at or before the last (up to a rounding of 1e-6 frames past it,
 * where the last value is held). Gaps are bridged by the interpolation.
 */
import { RecordingError } from '../errors.ts';
import { MAX_SERIES_VALUES } from '../limits.ts';
import type { Interpolation } from './knots.ts';
import { linearThrough } from './linear.ts';
import { monotoneThrough } from './monotone.ts';
import { naturalThrough } from './natural.ts';
import { splineThrough } from './spline.ts';

/** `cubic`: spline with not-a-knot ends; `natural`: with natural ends; `monotone`: without overshoot; `linear`: piecewise. */
export type InterpolationName = 'cubic' | 'linear' | 'natural' | 'monotone';

const THROUGH = {
  cubic: splineThrough,
  linear: linearThrough,
  natural: naturalThrough,
  monotone: monotoneThrough,
} as const;

/** Frames below this cannot be filtered: the filter reflects nine samples at each end. */
export const MIN_FRAMES = 10;

/**
 * Instants t0 + k / rate in s, k = 0 … floor((t1 − t0) rate + 1e-6). `channels` are counted for the size limit.
 * Throws `recording_no_data`, `recording_too_short`, `recording_too_long`.
 */
export function gridOf(time: Float64Array, rate_hz: number, channels: number): Float64Array {
  if (time.length === 0)
    throw new RecordingError(
      'recording_no_data',
      'no row has a usable time: the column time must hold seconds, as numbers that rise',
    );
  const start = time[0]!;
  const frames = Math.floor((time[time.length - 1]! - start) * rate_hz + 1e-6) + 1;
  if (frames < MIN_FRAMES) {
    throw new RecordingError(
      'recording_too_short',
      `${counted(frames, 'frame')} at ${rate_hz} Hz; at least ${MIN_FRAMES} are needed (${MIN_FRAMES - 1} / ${rate_hz} s): record for longer`,
    );
  }
  if (frames * channels > MAX_SERIES_VALUES) {
    throw new RecordingError(
      'recording_too_long',
      `${counted(frames, 'frame')} of ${counted(channels, 'channel')} are more than the limit of ${MAX_SERIES_VALUES} values: split the recording, leave out channels, or ask for fewer frames a second`,
    );
  }
  return Float64Array.from({ length: frames }, (_, k) => start + k / rate_hz);
}

export function interpolationThrough(
  name: InterpolationName,
  time: Float64Array,
  instants: Float64Array,
): Interpolation {
  return THROUGH[name](time, instants);
}
