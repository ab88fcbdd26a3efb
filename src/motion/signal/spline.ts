/**
 * Interpolating cubic spline with not-a-knot ends: the third derivative is continuous at the second and the last but one
 * sample. Two samples give a line, three a parabola. Outside the samples: see hermite.
 *
 * The slopes at the samples solve a tridiagonal system (de Boor, "A Practical Guide to Splines", ch. IV). It depends on
 * the times only, so it is factorized once and every channel costs one pass forth and back. Equals
 * scipy.interpolate.CubicSpline with its defaults.
 */
import { hermiteThrough } from './hermite.ts';
import type { Interpolation } from './knots.ts';
import { linearThrough } from './linear.ts';
import { type EndRow, type Slopes, splineSlopes, stepsOf } from './spline-slopes.ts';

/** `time`: seconds of the samples, strictly growing, at least one. `instants`: seconds, growing. */
export function splineThrough(time: Float64Array, instants: Float64Array): Interpolation {
  if (time.length < 3) return linearThrough(time, instants);
  const slopesOf = time.length === 3 ? parabolaSlopes(time) : notAKnotSlopes(time);
  const evaluate = hermiteThrough(time, instants);
  return (values, result) => evaluate(values, slopesOf(values), result);
}

function notAKnotSlopes(time: Float64Array): Slopes {
  const step = stepsOf(time);
  const n = time.length;
  return splineSlopes(step, endRow(step[0]!, step[1]!), endRow(step[n - 2]!, step[n - 3]!));
}

/** `outer` and `inner`: the steps next to the end and beside it. */
function endRow(outer: number, inner: number): EndRow {
  const both = outer + inner;
  return {
    diagonal: inner,
    beside: both,
    side: (outerRise, innerRise) =>
      ((outer + 2 * both) * inner * outerRise + outer * outer * innerRise) / both,
  };
}

/** Three samples have one interior point and no spline of their own: the slopes of the parabola through them. */
function parabolaSlopes(time: Float64Array): Slopes {
  const h0 = time[1]! - time[0]!;
  const h1 = time[2]! - time[1]!;
  return (values) => {
    const r0 = (values[1]! - values[0]!) / h0;
    const r1 = (values[2]! - values[1]!) / h1;
    const bend = (r1 - r0) / (h0 + h1);
    return Float64Array.of(r0 - bend * h0, r0 + bend * h0, r1 + bend * h1);
  };
}
