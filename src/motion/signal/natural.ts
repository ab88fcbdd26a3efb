/**
 * Interpolating cubic spline with natural ends: no bend at the first and the last sample. Two samples give a line. Outside
 * the samples: see hermite. Source: de Boor, "A Practical Guide to Splines", ch. IV. Equals
 * scipy.interpolate.CubicSpline with bc_type 'natural'.
 */
import { hermiteThrough } from './hermite.ts';
import type { Interpolation } from './knots.ts';
import { linearThrough } from './linear.ts';
import { type EndRow, splineSlopes, stepsOf } from './spline-slopes.ts';

/** A second derivative of zero at the end: 2 × its slope + the next one = 3 × the rise between them. */
const NO_BEND: EndRow = { diagonal: 2, beside: 1, side: (outerRise) => 3 * outerRise };

/** `time`: seconds of the samples, strictly growing, at least one. `instants`: seconds, growing. */
export function naturalThrough(time: Float64Array, instants: Float64Array): Interpolation {
  if (time.length < 3) return linearThrough(time, instants);
  const slopesOf = splineSlopes(stepsOf(time), NO_BEND, NO_BEND);
  const evaluate = hermiteThrough(time, instants);
  return (values, result) => evaluate(values, slopesOf(values), result);
}
