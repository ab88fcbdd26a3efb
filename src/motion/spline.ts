/**
 * Interpolating cubic spline with not-a-knot ends: the third derivative is continuous at the second and the last but one
 * sample. Outside the samples the first and last value are held; up to a thousandth of a step past the last one, which is
 * rounding of its time, the cubic goes on. Two samples give a line, three a parabola.
 *
 * The slopes at the samples solve a tridiagonal system (de Boor, "A Practical Guide to Splines", ch. IV). It depends on
 * the times only, so it is factorized once and every channel costs one pass forth and back.
 */
import { fractionIn, type Interpolation, intervalsOf } from './knots.ts';
import { linearThrough } from './linear.ts';

/** `time`: seconds of the samples, strictly growing, at least one. `instants`: seconds, growing. */
export function splineThrough(time: Float64Array, instants: Float64Array): Interpolation {
  if (time.length < 3) return linearThrough(time, instants);
  const slopesOf = time.length === 3 ? parabolaSlopes(time) : notAKnotSlopes(time);
  const evaluate = hermite(time, instants);
  return (values) => evaluate(values, slopesOf(values));
}

/** Values → slopes at the samples. */
type Slopes = (values: Float64Array) => Float64Array;

function notAKnotSlopes(time: Float64Array): Slopes {
  const n = time.length;
  const step = new Float64Array(n - 1);
  for (let i = 0; i < n - 1; i += 1) step[i] = time[i + 1]! - time[i]!;
  const firstTwo = step[0]! + step[1]!;
  const lastTwo = step[n - 2]! + step[n - 3]!;

  // Row i of the system: lower[i] s[i-1] + diagonal[i] s[i] + upper[i] s[i+1]; eliminated from the top.
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  const pivot = new Float64Array(n);
  pivot[0] = step[1]!;
  upper[0] = firstTwo;
  for (let i = 1; i < n; i += 1) {
    const isLast = i === n - 1;
    const below = isLast ? lastTwo : step[i]!;
    const diagonal = isLast ? step[n - 3]! : 2 * (step[i - 1]! + step[i]!);
    lower[i] = below / pivot[i - 1]!;
    pivot[i] = diagonal - lower[i]! * upper[i - 1]!;
    upper[i] = isLast ? 0 : step[i - 1]!;
  }

  return (values) => {
    const s = new Float64Array(n);
    const rise = (i: number) => (values[i + 1]! - values[i]!) / step[i]!;
    const first = (step[0]! + 2 * firstTwo) * step[1]! * rise(0) + step[0]! * step[0]! * rise(1);
    s[0] = first / firstTwo;
    let before = rise(0);
    for (let i = 1; i < n - 1; i += 1) {
      const after = (values[i + 1]! - values[i]!) / step[i]!;
      s[i] = 3 * (step[i]! * before + step[i - 1]! * after) - lower[i]! * s[i - 1]!;
      before = after;
    }
    const last =
      step[n - 2]! * step[n - 2]! * rise(n - 3) + (2 * lastTwo + step[n - 2]!) * step[n - 3]! * rise(n - 2);
    s[n - 1] = last / lastTwo - lower[n - 1]! * s[n - 2]!;
    s[n - 1] = s[n - 1]! / pivot[n - 1]!;
    for (let i = n - 2; i >= 0; i -= 1) s[i] = (s[i]! - upper[i]! * s[i + 1]!) / pivot[i]!;
    return s;
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

/** Cubic Hermite form: per instant four weights, of the values and slopes at both ends of its interval. */
function hermite(time: Float64Array, instants: Float64Array) {
  const count = instants.length;
  const intervals = intervalsOf(time, instants);
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
  return (values: Float64Array, slopes: Float64Array): Float64Array => {
    const result = new Float64Array(count);
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
