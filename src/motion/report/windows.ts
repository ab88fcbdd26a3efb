/** Repetitions as windows of samples, from the boundaries found or from the seconds a person set. */
import type { FrameSpan } from '../series/span.ts';
import { touches } from '../series/stretches.ts';
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
  /** Absent: where the primary channel is highest inside; the middle where there is none. */
  readonly peak_s?: number;
  readonly end_s: number;
}

/** What the windows are set in: polarity × primary channel with its excluded spans; null where there is none. */
export interface WindowedSignal {
  readonly frames: number;
  readonly rate_hz: number;
  readonly primary: { readonly signal: Float64Array; readonly excluded: readonly FrameSpan[] } | null;
}

/** Neighbours share a boundary sample. */
export function windowsOf({ peaks, boundaries }: Repetitions): RepetitionWindow[] {
  return peaks.map((peak, i) => ({ first: boundaries[i]!, peak, last: boundaries[i + 1]! }));
}

/**
 * The samples nearest to the times; an end past the recording's end counts as its end. Throws RangeError for a
 * repetition whose times are no numbers, negative or out of order, or that begins before the previous one has ended or
 * after the recording has.
 */
export function windowsAt(times: readonly RepetitionTimes[], within: WindowedSignal): RepetitionWindow[] {
  const { frames, rate_hz } = within;
  const end_s = (frames - 1) / rate_hz;
  const sampleAt = (seconds: number) => Math.min(frames - 1, Math.round(seconds * rate_hz));
  let previousEnd_s = 0;
  return times.map((repetition, i) => {
    const fault = faultOf(repetition, previousEnd_s, end_s);
    if (fault !== undefined) throw new RangeError(`repetition ${i + 1} ${fault}`);
    previousEnd_s = repetition.end_s;
    const first = sampleAt(repetition.start_s);
    const last = sampleAt(repetition.end_s);
    const peak =
      repetition.peak_s === undefined ? highestIn({ first, last }, within) : sampleAt(repetition.peak_s);
    return { first, peak, last };
  });
}

function faultOf(
  { start_s, peak_s = start_s, end_s }: RepetitionTimes,
  previousEnd_s: number,
  recordingEnd_s: number,
): string | undefined {
  if (![start_s, peak_s, end_s].every(Number.isFinite)) return 'holds a time that is not a number';
  if (start_s < previousEnd_s)
    return previousEnd_s === 0
      ? `starts at ${start_s} s, before the recording`
      : `starts at ${start_s} s, before the previous one ends at ${previousEnd_s} s`;
  if (start_s >= recordingEnd_s)
    return `starts at ${start_s} s; the recording ends at ${recordingEnd_s.toFixed(3)} s`;
  if (end_s <= start_s) return `ends at ${end_s} s, not after its start at ${start_s} s`;
  if (peak_s < start_s || peak_s > end_s)
    return `has its peak at ${peak_s} s, outside ${start_s} s to ${end_s} s`;
  return undefined;
}

/** The first of equals, excluded samples passed over; the middle, rounded down, where nothing is left to compare. */
function highestIn({ first, last }: FrameSpan, { primary }: WindowedSignal): number {
  let highest = -1;
  if (primary !== null) {
    const { signal, excluded } = primary;
    for (let k = first; k <= last; k += 1) {
      if (highest !== -1 && signal[k]! <= signal[highest]!) continue;
      if (!touches(excluded, { first: k, last: k })) highest = k;
    }
  }
  return highest === -1 ? (first + last) >> 1 : highest;
}
