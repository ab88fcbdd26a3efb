/**
 * Velocity and acceleration of a channel that may have excluded spans: each segment is differentiated on its own, and the
 * line over a span has its slope as velocity and no acceleration, so that nothing spikes beside a gap.
 */

import { derivative } from '../signal/derivative.ts';
import type { FrameSpan } from './span.ts';

/** What a channel's segments are, and the spans between them; frames, in order. */
export interface Parts {
  readonly segments: readonly FrameSpan[];
  readonly excluded: readonly FrameSpan[];
}

/** `values`: as `smooth` makes them. Per second. */
export function velocityOf(
  values: Float64Array,
  { segments, excluded }: Parts,
  rate_hz: number,
): Float64Array {
  const rates = inSegments(values, segments, rate_hz);
  for (const { first, last } of excluded) {
    if (first === 0 || last === values.length - 1) continue;
    const slope = (values[last + 1]! - values[first - 1]!) / (last - first + 2);
    rates.fill(slope * rate_hz, first, last + 1);
  }
  return rates;
}

/** `velocity`: per second, as `velocityOf` makes it. Per second squared. */
export function accelerationOf(velocity: Float64Array, { segments }: Parts, rate_hz: number): Float64Array {
  return inSegments(velocity, segments, rate_hz);
}

function inSegments(values: Float64Array, segments: readonly FrameSpan[], rate_hz: number): Float64Array {
  const only = segments[0];
  if (segments.length === 1 && only!.first === 0 && only!.last === values.length - 1)
    return derivative(values, rate_hz);
  const rates = new Float64Array(values.length);
  for (const { first, last } of segments)
    rates.set(derivative(values.subarray(first, last + 1), rate_hz), first);
  return rates;
}
