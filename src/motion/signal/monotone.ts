/**
 * Monotone piecewise cubic: it rises only where the samples rise, so that it never leaves the span of two neighbours. Its
 * slope is continuous, its bend is not. Two samples give a line. Outside the samples: see hermite.
 *
 * Slopes inside are the weighted harmonic mean of the rises on both sides, 0 where those differ in sign or one is 0; at the
 * ends the slope of the parabola through three samples, held back to 0 where it would point the other way and to three
 * times the rise where it would overshoot. Sources: Fritsch and Carlson, SIAM J. Numerical Analysis 17, 1980; the mean:
 * Fritsch and Butland, SIAM J. Scientific and Statistical Computing 5, 1984. Equals scipy.interpolate.PchipInterpolator.
 */
import { hermiteThrough } from './hermite.ts';
import type { Interpolation } from './knots.ts';
import { linearThrough } from './linear.ts';
import { type Slopes, stepsOf } from './spline-slopes.ts';

/** `time`: seconds of the samples, strictly growing, at least one. `instants`: seconds, growing. */
export function monotoneThrough(time: Float64Array, instants: Float64Array): Interpolation {
  if (time.length < 3) return linearThrough(time, instants);
  const slopesOf = monotoneSlopes(stepsOf(time));
  const evaluate = hermiteThrough(time, instants);
  return (values, result) => evaluate(values, slopesOf(values), result);
}

function monotoneSlopes(step: Float64Array): Slopes {
  const last = step.length;
  const slopes = new Float64Array(last + 1);
  return (values) => {
    const rise = (i: number) => (values[i + 1]! - values[i]!) / step[i]!;
    slopes[0] = endSlope(step[0]!, step[1]!, rise(0), rise(1));
    let before = rise(0);
    for (let i = 1; i < last; i += 1) {
      const after = rise(i);
      slopes[i] = meanRise(step[i - 1]!, step[i]!, before, after);
      before = after;
    }
    slopes[last] = endSlope(step[last - 1]!, step[last - 2]!, rise(last - 1), rise(last - 2));
    return slopes;
  };
}

function meanRise(h0: number, h1: number, before: number, after: number): number {
  if (before === 0 || !sameSign(before, after)) return 0;
  const w0 = 2 * h1 + h0;
  const w1 = h1 + 2 * h0;
  return (w0 + w1) / (w0 / before + w1 / after);
}

function endSlope(outer: number, inner: number, outerRise: number, innerRise: number): number {
  const slope = ((2 * outer + inner) * outerRise - outer * innerRise) / (outer + inner);
  if (!sameSign(slope, outerRise)) return 0;
  const overshoots = !sameSign(outerRise, innerRise) && Math.abs(slope) > 3 * Math.abs(outerRise);
  return overshoots ? 3 * outerRise : slope;
}

function sameSign(one: number, other: number): boolean {
  return Math.sign(one) === Math.sign(other);
}
