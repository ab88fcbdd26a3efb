/**
 * Savitzky–Golay: through the samples around each sample a polynomial is fitted by least squares, and it or its derivative
 * is read there (Savitzky and Golay, Analytical Chemistry 36, 1964).
 *
 * Edges: within half a window of an end the polynomial fitted to the first or last window is read. A polynomial up to the
 * degree is unchanged, ends included. The fit is made in polynomials that are orthogonal over the window's samples (Gram
 * polynomials, by their three-term recurrence), which stays exact where powers of the sample number lose digits. Equals
 * scipy.signal.savgol_filter with mode 'interp'.
 */

export interface SavitzkyGolay {
  /** Samples of a window, odd. */
  readonly window: number;
  /** Degree of the polynomial, below `window`. */
  readonly degree: number;
  /** Which derivative is read; default 0, the smoothed signal itself. */
  readonly derivative?: number;
  /** Distance of two samples in s, for derivatives; default 1. */
  readonly delta?: number;
}

/**
 * One value per sample, in the signal's unit per delta's unit to the power of `derivative`. Throws RangeError for a window
 * that is even or longer than the signal, and a degree that does not fit it.
 */
export function savitzkyGolay(signal: Float64Array, options: SavitzkyGolay): Float64Array {
  const { window, degree, derivative = 0, delta = 1 } = options;
  if (!(Number.isInteger(window) && window > 0 && window % 2 === 1 && window <= signal.length)) {
    throw new RangeError(`the window must be odd and at most the ${signal.length} samples, not ${window}`);
  }
  if (!(Number.isInteger(degree) && degree >= 0 && degree < window))
    throw new RangeError(`the degree must be a whole number from 0 to ${window - 1}, not ${degree}`);
  if (!(Number.isInteger(derivative) && derivative >= 0))
    throw new RangeError(`the derivative must be a whole number from 0 on, not ${derivative}`);
  if (!(delta > 0 && Number.isFinite(delta)))
    throw new RangeError(`delta must be a positive number, not ${delta}`);

  const half = window >> 1;
  const last = signal.length - 1;
  const weightsAt = fitOf(half, degree, derivative, delta);
  const inside = weightsAt(0);
  const result = new Float64Array(signal.length);
  for (let k = half; k <= last - half; k += 1) result[k] = weighted(signal, k - half, inside);
  for (let k = 0; k < half; k += 1) {
    result[k] = weighted(signal, 0, weightsAt(k - half));
    result[last - k] = weighted(signal, last + 1 - window, weightsAt(half - k));
  }
  return result;
}

/** Sample of a window, −half to half → weights of the window's samples in the fitted derivative there. */
function fitOf(half: number, degree: number, derivative: number, delta: number) {
  const samples = Array.from({ length: 2 * half + 1 }, (_, i) => (half === 0 ? 0 : (i - half) / half));
  // Monic polynomials p0 … p(degree) at every sample; p(k+1) = u p(k) − ratio(k) p(k−1), ratio(k) = |p(k)|² / |p(k−1)|².
  const polynomials: number[][] = [samples.map(() => 1)];
  const squares: number[] = [samples.length];
  const ratios: number[] = [0];
  for (let k = 1; k <= degree; k += 1) {
    const one = polynomials[k - 1]!;
    const two = polynomials[k - 2];
    const next = samples.map((u, i) => u * one[i]! - ratios[k - 1]! * (two?.[i] ?? 0));
    polynomials.push(next);
    squares.push(next.reduce((total, value) => total + value * value, 0));
    ratios.push(squares[k]! / squares[k - 1]!);
  }
  const scale = (Math.max(1, half) * delta) ** -derivative;

  return (at: number): Float64Array => {
    const read = derivativesAt(half === 0 ? 0 : at / half, ratios, derivative);
    return Float64Array.from(samples, (_, i) => {
      let weight = 0;
      for (let k = 0; k <= degree; k += 1) weight += (polynomials[k]![i]! * read[k]!) / squares[k]!;
      return weight * scale;
    });
  };
}

/** The derivative of each polynomial at u: the recurrence differentiated, p(k+1)⁽ˢ⁾ = u p(k)⁽ˢ⁾ + s p(k)⁽ˢ⁻¹⁾ − ratio p(k−1)⁽ˢ⁾. */
function derivativesAt(u: number, ratios: readonly number[], derivative: number): number[] {
  let lower = ratios.map(() => 0);
  let current = lower;
  for (let s = 0; s <= derivative; s += 1) {
    current = [s === 0 ? 1 : 0];
    for (let k = 1; k < ratios.length; k += 1) {
      const before = k === 1 ? 0 : ratios[k - 1]! * current[k - 2]!;
      current.push(u * current[k - 1]! + s * lower[k - 1]! - before);
    }
    lower = current;
  }
  return current;
}

function weighted(signal: Float64Array, from: number, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += weights[i]! * signal[from + i]!;
  return sum;
}
