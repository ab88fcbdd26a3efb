/** Repetitions as windows of samples, from the boundaries found or from the seconds a person set. */
import type { Repetitions } from './reps.ts';

/** Sample indices, first ≤ peak ≤ last, both ends included. */
export interface RepetitionWindow {
  readonly first: number;
  readonly peak: number;
  readonly last: number;
}

/** Seconds from the session's start. */
export interface RepetitionTimes {
  readonly start_s: number;
  readonly peak_s: number;
  readonly end_s: number;
}

/** Neighbours share a boundary sample. */
export function windowsOf({ peaks, boundaries }: Repetitions): RepetitionWindow[] {
  return peaks.map((peak, i) => ({ first: boundaries[i]!, peak, last: boundaries[i + 1]! }));
}

/**
 * Nearest samples; times past the recording's end count as its end. Throws RangeError when a time is not a number or
 * negative, a repetition is out of order within itself, or one begins before the previous one has ended.
 */
export function windowsAt(
  times: readonly RepetitionTimes[],
  frames: number,
  rate_hz: number,
): RepetitionWindow[] {
  const sampleAt = (seconds: number) => Math.min(frames - 1, Math.round(seconds * rate_hz));
  let previousEnd_s = 0;
  return times.map(({ start_s, peak_s, end_s }, i) => {
    if (
      !(start_s >= previousEnd_s && peak_s >= start_s && end_s >= peak_s && end_s < Number.POSITIVE_INFINITY)
    ) {
      throw new RangeError(
        `repetition ${i + 1} must start at or after ${previousEnd_s} s, peak after that and end last`,
      );
    }
    previousEnd_s = end_s;
    return { first: sampleAt(start_s), peak: sampleAt(peak_s), last: sampleAt(end_s) };
  });
}
