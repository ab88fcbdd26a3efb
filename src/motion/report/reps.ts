/**
 * Repetitions of a movement: the prominent peaks of one signal and the valleys between them.
 *
 * No peak: no repetition and no boundary. One peak: one repetition between the lowest samples before and after it.
 * A maximum at the first or last sample is no peak. O(n log n).
 */
import { findPeaks } from '../signal/peaks.ts';

/** Two repetitions are at least this far apart, s. */
export const MIN_DISTANCE_S = 0.5;

/** A repetition rises by at least this many degrees … */
export const MIN_PROMINENCE = 10;

/** … and by this share of the signal's range. */
export const MIN_PROMINENCE_SHARE = 0.3;

export interface Repetitions {
  /** Prominence that a peak must reach, in the unit of the signal. */
  readonly threshold: number;
  /** Sample indices, growing. */
  readonly peaks: readonly number[];
  readonly prominences: readonly number[];
  /** One more than peaks: repetition i lasts from sample boundaries[i] to boundaries[i + 1], both included. Empty without peaks. */
  readonly boundaries: readonly number[];
}

/**
 * `signal`: polarity × filtered angle of the primary channel, without NaN. `threshold`: where the signal is a part of a
 * longer one, whose range decides. Own definition; equals scipy.signal.find_peaks(signal, prominence, distance).
 */
export function findRepetitions(
  signal: Float64Array,
  rate_hz: number,
  threshold = prominenceThreshold([signal]),
): Repetitions {
  const distance = Math.round(MIN_DISTANCE_S * rate_hz);
  const { indices: peaks, prominences } = findPeaks(signal, { distance, prominence: threshold });
  return { threshold, peaks, prominences, boundaries: boundariesOf(signal, peaks) };
}

/** max(10, 0.3 × range), the range being that of all parts together. */
export function prominenceThreshold(parts: readonly Float64Array[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    for (const value of part) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  }
  // Without a sample the range is −∞, and the smallest threshold is left.
  return Math.max(MIN_PROMINENCE, MIN_PROMINENCE_SHARE * (highest - lowest));
}

/** The lowest sample before the first peak, between neighbours, and after the last; the first of equals. */
function boundariesOf(signal: Float64Array, peaks: readonly number[]): number[] {
  if (peaks.length === 0) return [];
  const ends = [...peaks, signal.length - 1];
  return ends.map((end, i) => lowestIn(signal, i === 0 ? 0 : ends[i - 1]!, end));
}

/** Sample where the signal is lowest from `from` to `to`, both included; the first of equals. */
export function lowestIn(signal: Float64Array, from: number, to: number): number {
  let lowest = from;
  for (let k = from + 1; k <= to; k += 1) if (signal[k]! < signal[lowest]!) lowest = k;
  return lowest;
}
