/** Slopes at the samples of a twice differentiable cubic spline: one tridiagonal system, closed by a row for each end. */

/** Values → slopes at the samples. The array is used again by the next call. */
export type Slopes = (values: Float64Array) => Float64Array;

/** diagonal × slope at the end + beside × slope next to it = side(rise of the outer step, rise of the one beside it). */
export interface EndRow {
  readonly diagonal: number;
  readonly beside: number;
  side(outerRise: number, innerRise: number): number;
}

export function stepsOf(time: Float64Array): Float64Array {
  const step = new Float64Array(time.length - 1);
  for (let i = 0; i < step.length; i += 1) step[i] = time[i + 1]! - time[i]!;
  return step;
}

/** `step`: seconds between samples, at least two of them. */
export function splineSlopes(step: Float64Array, first: EndRow, last: EndRow): Slopes {
  const n = step.length + 1;
  // Row i of the system: lower[i] s[i-1] + diagonal[i] s[i] + upper[i] s[i+1]; eliminated from the top.
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  const pivot = new Float64Array(n);
  pivot[0] = first.diagonal;
  upper[0] = first.beside;
  for (let i = 1; i < n; i += 1) {
    const isLast = i === n - 1;
    const below = isLast ? last.beside : step[i]!;
    const diagonal = isLast ? last.diagonal : 2 * (step[i - 1]! + step[i]!);
    lower[i] = below / pivot[i - 1]!;
    pivot[i] = diagonal - lower[i]! * upper[i - 1]!;
    upper[i] = isLast ? 0 : step[i - 1]!;
  }

  const s = new Float64Array(n);
  return (values) => {
    const rise = (i: number) => (values[i + 1]! - values[i]!) / step[i]!;
    s[0] = first.side(rise(0), rise(1));
    let before = rise(0);
    for (let i = 1; i < n - 1; i += 1) {
      const after = (values[i + 1]! - values[i]!) / step[i]!;
      s[i] = 3 * (step[i]! * before + step[i - 1]! * after) - lower[i]! * s[i - 1]!;
      before = after;
    }
    s[n - 1] = last.side(rise(n - 2), rise(n - 3)) - lower[n - 1]! * s[n - 2]!;
    s[n - 1] = s[n - 1]! / pivot[n - 1]!;
    for (let i = n - 2; i >= 0; i -= 1) s[i] = (s[i]! - upper[i]! * s[i + 1]!) / pivot[i]!;
    return s;
  };
}
