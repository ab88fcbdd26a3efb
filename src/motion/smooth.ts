/**
 * One channel on the grid: its segments interpolated, filtered and differentiated, each on its own; a straight line over
 * the frames between them, so that every frame holds a number and none of them spikes. Before the first segment its first
 * value is held, after the last one its last.
 */
import type { Section } from './butterworth.ts';
import { derivative } from './derivative.ts';
import type { Coverage } from './gaps.ts';
import type { Interpolation } from './knots.ts';
import { lowpass } from './lowpass.ts';
import type { FrameSpan } from './process.ts';

export interface SmoothChannel {
  /** In the channel's unit, per second, and per second squared; one value per frame. */
  readonly angle: Float64Array;
  readonly velocity: Float64Array;
  readonly acceleration: Float64Array;
}

export interface Smoothing {
  readonly coverage: Coverage;
  /** One per segment of the coverage: its samples → its frames. */
  readonly interpolations: readonly Interpolation[];
  /** Null: no filter. */
  readonly sections: readonly Section[] | null;
  readonly rate_hz: number;
  readonly frames: number;
}

/** `values`: one per sample of the coverage. At least one segment. */
export function smooth(values: Float64Array, smoothing: Smoothing): SmoothChannel {
  const { coverage, interpolations, sections, rate_hz, frames } = smoothing;
  const { segments, excluded } = coverage;
  const parts = segments.map(({ from, to }, i) => {
    const whole = from === 0 && to === values.length;
    const resampled = interpolations[i]!(whole ? values : values.subarray(from, to));
    const angle = sections === null ? resampled : lowpass(resampled, sections, resampled);
    const velocity = derivative(angle, rate_hz);
    return { angle, velocity, acceleration: derivative(velocity, rate_hz) };
  });
  if (excluded.length === 0 && parts.length === 1) return parts[0]!;

  const angle = new Float64Array(frames);
  const velocity = new Float64Array(frames);
  const acceleration = new Float64Array(frames);
  segments.forEach(({ first }, i) => {
    angle.set(parts[i]!.angle, first);
    velocity.set(parts[i]!.velocity, first);
    acceleration.set(parts[i]!.acceleration, first);
  });
  for (const span of excluded) drawLine(angle, velocity, span, rate_hz);
  return { angle, velocity, acceleration };
}

function drawLine(
  angle: Float64Array,
  velocity: Float64Array,
  { first, last }: FrameSpan,
  rate_hz: number,
): void {
  const atStart = first === 0;
  const atEnd = last === angle.length - 1;
  const left = atStart ? angle[last + 1]! : angle[first - 1]!;
  const right = atEnd ? left : angle[last + 1]!;
  const steps = last - first + 2;
  const slope = atStart ? 0 : (right - left) / steps;
  for (let k = first; k <= last; k += 1) {
    angle[k] = left + slope * (k - first + 1);
    velocity[k] = slope * rate_hz;
  }
}
