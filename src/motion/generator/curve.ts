/** Curves through targets: quiet between them, smooth on the way. */

/** Reach `value` at `to_s`, having left the value before at `from_s`. */
export interface Approach {
  readonly from_s: number;
  readonly to_s: number;
  readonly value: number;
  /** 1: symmetric; below 1 the speed peaks early, above 1 late. */
  readonly skew: number;
}

/** Minimum-jerk course from 0 to 1 (Flash & Hogan 1985, J Neurosci 5:1688): no speed and no acceleration at its ends. */
export function minimumJerk(progress: number): number {
  const u = Math.min(Math.max(progress, 0), 1);
  return u * u * u * (10 + u * (6 * u - 15));
}

/** Samples at i / rate. Approaches follow each other in time and must not overlap. */
export function drawCurve(
  start: number,
  approaches: readonly Approach[],
  delay_s: number,
  rate_hz: number,
  samples: number,
): Float64Array {
  const values = new Float64Array(samples);
  let from = start;
  let i = 0;
  for (const { from_s, to_s, value, skew } of approaches) {
    const begin = (from_s + delay_s) * rate_hz;
    const end = (to_s + delay_s) * rate_hz;
    for (; i < samples && i < begin; i++) values[i] = from;
    for (; i < samples && i < end; i++) {
      values[i] = from + (value - from) * minimumJerk(((i - begin) / (end - begin)) ** skew);
    }
    from = value;
  }
  return values.fill(from, i);
}
