/**
 * Which parts of a channel can be trusted: a gap is bridged up to a stated length, and beyond it the frames are excluded.
 *
 * The length of a gap is the time from the last usable sample before it to the first one after it; at the ends of a
 * channel the time to the first or last row of the recording. A gap longer than the limit (and than 1.5 median steps,
 * which no gap is) is excluded; at the ends, where nothing lies beyond to lead to, the limit is 0.25 s at most. What lies
 * between excluded gaps is a segment: interpolated, filtered and differentiated on its own, as a recording of its own would
 * be. A segment of fewer frames than the filter needs is excluded too.
 */

import { type Gap, REGULAR_STEP } from '../signal/sampling.ts';
import type { FrameSpan } from './span.ts';
import { uncovered } from './stretches.ts';

/** A run of samples that no long gap interrupts, and the frames that are computed from it. */
export interface Segment extends FrameSpan {
  /** Its samples: indices from `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
}

export interface Coverage {
  /** In order; empty when nothing of the channel can be used. */
  readonly segments: readonly Segment[];
  /** Frames that no segment covers, in order. */
  readonly excluded: readonly FrameSpan[];
  /** Gaps between samples that are too long. */
  readonly longGaps: readonly Gap[];
  /** Segments left out because they are too short to filter: their time and length. */
  readonly tooShort: readonly Gap[];
  /** Longest time before the first or after the last sample for which that one is held, s; 0 where there is none. */
  readonly held_s: number;
  /** The same for what is too long to be held and is excluded. */
  readonly missingEnd_s: number;
}

export interface GapRule {
  /** Of the grid: instant of frame 0 in s, frames per second, and how many there are. */
  readonly start_s: number;
  readonly rate_hz: number;
  readonly frames: number;
  /** Last time of the recording, and its median step, s. */
  readonly end_s: number;
  readonly medianStep_s: number;
  /** Longest gap that is bridged between samples, s. */
  readonly maxGap_s: number;
  /** Frames that a segment must have at least. */
  readonly minFrames: number;
}

/** Longest time for which a first or last value is held, s. */
const MAX_HELD_S = 0.25;

/** Times are sums of decimals: differences that are equal on paper differ by less than this. */
const ROUNDING_S = 1e-9;

/** Frames nearer than this to an instant lie on it: rounding of times. */
const ON_FRAME = 1e-6;

/** `time`: seconds of the channel's usable samples, strictly growing, at least one. */
export function coverageOf(time: Float64Array, rule: GapRule): Coverage {
  const { start_s, rate_hz, frames, end_s, medianStep_s, maxGap_s, minFrames } = rule;
  const regular_s = Number.isNaN(medianStep_s) ? 0 : REGULAR_STEP * medianStep_s;
  const limit_s = Math.max(maxGap_s, regular_s) + ROUNDING_S;
  const heldLimit_s = Math.max(Math.min(maxGap_s, MAX_HELD_S), regular_s) + ROUNDING_S;
  const last = time.length - 1;
  const before_s = time[0]! - start_s;
  const after_s = end_s - time[last]!;
  const ends = [before_s, after_s];
  const longGaps: Gap[] = [];
  const tooShort: Gap[] = [];
  const segments: Segment[] = [];

  const frameFrom = (instant_s: number) => Math.max(0, Math.ceil((instant_s - start_s) * rate_hz - ON_FRAME));
  const frameUpTo = (instant_s: number) =>
    Math.min(frames - 1, Math.floor((instant_s - start_s) * rate_hz + ON_FRAME));
  const close = (from: number, to: number) => {
    const next = (segments.at(-1)?.last ?? -1) + 1;
    const first = from === 0 && before_s <= heldLimit_s ? 0 : Math.max(next, frameFrom(time[from]!));
    const end = to === time.length && after_s <= heldLimit_s ? frames - 1 : frameUpTo(time[to - 1]!);
    if (end - first + 1 >= minFrames) segments.push({ from, to, first, last: end });
    else tooShort.push({ start_s: time[from]!, length_s: time[to - 1]! - time[from]! });
  };

  let from = 0;
  for (let i = 1; i < time.length; i += 1) {
    const length_s = time[i]! - time[i - 1]!;
    if (!(length_s > limit_s)) continue;
    longGaps.push({ start_s: time[i - 1]!, length_s });
    close(from, i);
    from = i;
  }
  close(from, time.length);
  return {
    segments,
    excluded: uncovered(segments, frames),
    longGaps,
    tooShort,
    held_s: Math.max(0, ...ends.filter((length_s) => length_s <= heldLimit_s)),
    missingEnd_s: Math.max(0, ...ends.filter((length_s) => length_s > heldLimit_s)),
  };
}
