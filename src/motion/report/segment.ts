/**
 * The primary channel → the repetitions of a recording, each stretch between excluded spans on its own.
 *
 * The threshold is that of all usable samples. Without exclusions this is `findRepetitions` over the whole signal. With
 * them no repetition reaches over an excluded span, and those elsewhere keep their boundaries. A repetition that is
 * evidently cut by a span is not counted: one whose boundary is the sample beside the span and stands there by the
 * threshold or more above its other boundary. (Own definition.)
 */
import type { FrameSpan } from '../series/span.ts';
import { uncovered } from '../series/stretches.ts';
import { findRepetitions, prominenceThreshold } from './reps.ts';
import { type RepetitionWindow, windowsOf } from './windows.ts';

export interface Segmentation {
  /** Prominence that a peak must reach, in the unit of the signal. */
  readonly threshold: number;
  readonly stretches: readonly Stretch[];
}

export interface Stretch extends FrameSpan {
  readonly windows: readonly RepetitionWindow[];
}

/** `signal`: polarity × filtered angle of the primary channel. `excluded`: that channel's spans. */
export function segment(signal: Float64Array, excluded: readonly FrameSpan[], rate_hz: number): Segmentation {
  const spans = uncovered(excluded, signal.length);
  const threshold = prominenceThreshold(spans.map(({ first, last }) => signal.subarray(first, last + 1)));
  const stretches = spans.map(({ first, last }): Stretch => {
    const found = findRepetitions(signal.subarray(first, last + 1), rate_hz, threshold);
    const windows = windowsOf(found).map((window) => ({
      first: first + window.first,
      peak: first + window.peak,
      last: first + window.last,
    }));
    const cutBefore = (window: RepetitionWindow) =>
      first > 0 && window.first === first && signal[first]! - signal[window.last]! >= threshold;
    const cutAfter = (window: RepetitionWindow) =>
      last < signal.length - 1 && window.last === last && signal[last]! - signal[window.first]! >= threshold;
    return { first, last, windows: windows.filter((window) => !cutBefore(window) && !cutAfter(window)) };
  });
  return { threshold, stretches };
}
