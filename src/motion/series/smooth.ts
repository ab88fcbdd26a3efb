/**
 * One channel on the grid: its segments interpolated and filtered, each on its own; a straight line over the frames between
 * them, so that every frame holds a number. Before the first segment its first value is held, after the last one its last.
 */

import type { Section } from '../signal/butterworth.ts';
import type { Interpolation } from '../signal/knots.ts';
import { lowpass } from '../signal/lowpass.ts';
import type { Coverage } from './gaps.ts';
import type { FrameSpan } from './span.ts';

export interface Smoothing {
  readonly coverage: Coverage;
  /** One per segment of the coverage: its samples → its frames. */
  readonly interpolations: readonly Interpolation[];
  /** Null: no filter. */
  readonly sections: readonly Section[] | null;
  readonly frames: number;
}

/** `values`: one per sample of the coverage. At least one segment. The result has one value per frame, in their unit. */
export function smooth(values: Float64Array, smoothing: Smoothing): Float64Array {
  const { coverage, interpolations, sections, frames } = smoothing;
  const { segments, excluded } = coverage;
  const parts = segments.map(({ from, to }, i) => {
    const whole = from === 0 && to === values.length;
    const resampled = interpolations[i]!(whole ? values : values.subarray(from, to));
    return sections === null ? resampled : lowpass(resampled, sections, resampled);
  });
  if (excluded.length === 0 && parts.length === 1) return parts[0]!;
  const joined = new Float64Array(frames);
  segments.forEach(({ first }, i) => {
    joined.set(parts[i]!, first);
  });
  for (const span of excluded) drawLine(joined, span);
  return joined;
}

function drawLine(values: Float64Array, { first, last }: FrameSpan): void {
  const left = first === 0 ? values[last + 1]! : values[first - 1]!;
  const right = last === values.length - 1 ? left : values[last + 1]!;
  const slope = (right - left) / (last - first + 2);
  for (let k = first; k <= last; k += 1) values[k] = left + slope * (k - first + 1);
}
