/**
 * What one channel does within a window of samples: the session, or one repetition (both boundaries included).
 *
 * Velocity and acceleration come from the whole session and are only looked at here. "Along the motion" means times the
 * sign of the velocity, sign(0) = 0.
 */

/** Angle in deg, velocity in deg/s, acceleration in deg/s²; for translations m, m/s, m/s². */
export interface WindowStatistics {
  readonly min: number;
  readonly max: number;
  readonly range: number;
  readonly mean: number;
  /** First sample of the session at which it occurs. */
  readonly argMin: number;
  readonly argMax: number;
  readonly maxAbsVelocity: number;
  readonly maxVelocity: number;
  readonly minVelocity: number;
  readonly maxSignedAcceleration: number;
  readonly minSignedAcceleration: number;
  /** Greatest gain of speed along the motion. */
  readonly maxAcceleration: number;
  /** Greatest loss of speed along the motion, positive. */
  readonly maxDeceleration: number;
}

/** Samples `from` to `to`, both included, from ≤ to. */
export function windowStatistics(
  angle: Float64Array,
  velocity: Float64Array,
  acceleration: Float64Array,
  from: number,
  to: number,
): WindowStatistics {
  let argMin = from;
  let argMax = from;
  let sum = 0;
  let maxVelocity = Number.NEGATIVE_INFINITY;
  let minVelocity = Number.POSITIVE_INFINITY;
  let maxSignedAcceleration = Number.NEGATIVE_INFINITY;
  let minSignedAcceleration = Number.POSITIVE_INFINITY;
  let maxAcceleration = Number.NEGATIVE_INFINITY;
  let minAlong = Number.POSITIVE_INFINITY;
  for (let k = from; k <= to; k += 1) {
    const value = angle[k]!;
    const v = velocity[k]!;
    const a = acceleration[k]!;
    const along = a * Math.sign(v);
    sum += value;
    if (value < angle[argMin]!) argMin = k;
    if (value > angle[argMax]!) argMax = k;
    if (v > maxVelocity) maxVelocity = v;
    if (v < minVelocity) minVelocity = v;
    if (a > maxSignedAcceleration) maxSignedAcceleration = a;
    if (a < minSignedAcceleration) minSignedAcceleration = a;
    if (along > maxAcceleration) maxAcceleration = along;
    if (along < minAlong) minAlong = along;
  }
  const min = angle[argMin]!;
  const max = angle[argMax]!;
  return {
    min,
    max,
    range: max - min,
    mean: sum / (to - from + 1),
    argMin,
    argMax,
    maxAbsVelocity: Math.max(maxVelocity, -minVelocity),
    maxVelocity,
    minVelocity,
    maxSignedAcceleration,
    minSignedAcceleration,
    maxAcceleration,
    maxDeceleration: -minAlong,
  };
}
