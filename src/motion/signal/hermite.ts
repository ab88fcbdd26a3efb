/**
 * Cubic Hermite form: a curve from the values and slopes at its samples. Outside the samples the first and last value are
 * held; up to a thousandth of a step past the last one, which is rounding of its time, the cubic goes on.
 */
import { fractionIn, intervalsOf } from './knots.ts';

/** Values at the samples, and slopes there per second → values at the instants, in `result` where one is given. */
export type Hermite = (values: Float64Array, slopes: Float64Array, result?: Float64Array) => Float64Array;

/** `time`: seconds of the samples, strictly growing, at least two. `instants`: seconds, growing. */
export function hermiteThrough(time: Float64Array, instants: Float64Array): Hermite {
  const count = instants.length;
  const intervals = intervalsOf(time, instants);
  // Per instant four weights, of the values and slopes at both ends of its interval: the same for every channel.
  const weights = new Float64Array(4 * count);
  for (let k = 0; k < count; k += 1) {
    const i = intervals[k]!;
    const step = time[i + 1]! - time[i]!;
    const u = heldAtEnds(fractionIn(time, i, instants[k]!));
    const v = 1 - u;
    weights[4 * k] = (1 + 2 * u) * v * v;
    weights[4 * k + 1] = u * u * (3 - 2 * u);
    weights[4 * k + 2] = u * v * v * step;
    weights[4 * k + 3] = -u * u * v * step;
  }
  return (values, slopes, result = new Float64Array(count)) => {
    for (let k = 0; k < count; k += 1) {
      const i = intervals[k]!;
      result[k] =
        weights[4 * k]! * values[i]! +
        weights[4 * k + 1]! * values[i + 1]! +
        weights[4 * k + 2]! * slopes[i]! +
        weights[4 * k + 3]! * slopes[i + 1]!;
    }
    return result;
  };
}

/** Longest way past the last sample, in steps, on which the cubic goes on. */
const OVERHANG = 1e-3;

function heldAtEnds(fraction: number): number {
  if (fraction < 0) return 0;
  return fraction > 1 + OVERHANG ? 1 : fraction;
}
