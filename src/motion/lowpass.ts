/**
 * Butterworth low-pass run forward and backward: zero lag, twice the order in effect, −6 dB at the cut-off (the cut-off
 * is not corrected for the two passes).
 *
 * Edges: the signal is continued by odd reflection of 3 (2 sections + 1) samples, nine for order 2, and each pass starts
 * in the steady state for its first sample. A constant is unchanged; so is a straight line away from its ends.
 * Closed form by the bilinear transform; equals scipy.signal.butter with filtfilt defaults.
 */

/** One second-order section, a0 = 1: y[k] = b0 x[k] + b1 x[k-1] + b2 x[k-2] − a1 y[k-1] − a2 y[k-2]. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Order 2 is one section; a higher even order is a longer list. Throws RangeError unless 0 < cutOff_hz < rate_hz / 2. */
export function butterworth(cutOff_hz: number, rate_hz: number): readonly Section[] {
  if (!(cutOff_hz > 0 && cutOff_hz < rate_hz / 2)) {
    throw new RangeError(`the cut-off must lie between 0 and ${rate_hz / 2} Hz, not at ${cutOff_hz}`);
  }
  const k = Math.tan((Math.PI * cutOff_hz) / rate_hz);
  const n = 1 / (1 + Math.SQRT2 * k + k * k);
  const b0 = k * k * n;
  return [{ b0, b1: 2 * b0, b2: b0, a1: 2 * (k * k - 1) * n, a2: (1 - Math.SQRT2 * k + k * k) * n }];
}

/** Samples that the reflection needs at each end; a signal must be longer. */
export function paddingOf(sections: readonly Section[]): number {
  return 3 * (2 * sections.length + 1);
}

/** Filtered copy. Throws RangeError when the signal is not longer than the padding. */
export function lowpass(signal: Float64Array, sections: readonly Section[]): Float64Array {
  const padding = paddingOf(sections);
  const n = signal.length;
  if (n <= padding) throw new RangeError(`${n} samples are too few, the filter needs more than ${padding}`);
  const padded = new Float64Array(n + 2 * padding);
  padded.set(signal, padding);
  for (let i = 1; i <= padding; i += 1) {
    padded[padding - i] = 2 * signal[0]! - signal[i]!;
    padded[padding + n - 1 + i] = 2 * signal[n - 1]! - signal[n - 1 - i]!;
  }
  for (const section of sections) runForward(padded, section);
  for (const section of sections) runBackward(padded, section);
  return padded.slice(padding, padding + n);
}

/** In place, direct form II transposed. */
function runForward(x: Float64Array, { b0, b1, b2, a1, a2 }: Section): void {
  let [z1, z2] = steadyState({ b0, b1, b2, a1, a2 }, x[0]!);
  for (let i = 0; i < x.length; i += 1) {
    const input = x[i]!;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    x[i] = output;
  }
}

function runBackward(x: Float64Array, { b0, b1, b2, a1, a2 }: Section): void {
  let [z1, z2] = steadyState({ b0, b1, b2, a1, a2 }, x[x.length - 1]!);
  for (let i = x.length - 1; i >= 0; i -= 1) {
    const input = x[i]!;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    x[i] = output;
  }
}

/** State in which a constant input s gives the constant output gain × s. */
function steadyState({ b0, b1, b2, a1, a2 }: Section, s: number): [number, number] {
  const output = ((b0 + b1 + b2) / (1 + a1 + a2)) * s;
  const z2 = b2 * s - a2 * output;
  return [b1 * s - a1 * output + z2, z2];
}
