/**
 * A filter run forward and backward: zero lag, twice the order in effect. A Butterworth low-pass is then at −6 dB at its
 * cut-off (the cut-off is not corrected for the two passes).
 *
 * Edges: the signal is continued by odd reflection (2 × the end − the mirrored signal) of 3 (order + 1) samples, nine for
 * order 2, and each pass starts in the steady state for its first sample (the problem of the ends: Gustafsson,
 * "Determining the initial states in forward-backward filtering", IEEE Trans. Signal Processing 44, 1996). A constant is
 * unchanged. What starts with a slope is not at rest: a straight line of s per sample is off by s r^(d + padding) / (1 − r)
 * at most, d samples from each end, where r is the largest radius of a pole (0.64 for order 2 at 6 of 60 Hz: 0.02 s at the
 * ends, a millionth of that half a second further in). Backward in time the result is the same but for transients that
 * die away likewise. Equals scipy.signal.sosfiltfilt with its defaults.
 */
import { orderOf, type Section } from './butterworth.ts';

/** Samples that the reflection needs at each end; a signal must be longer. */
export function paddingOf(sections: readonly Section[]): number {
  return 3 * (orderOf(sections) + 1);
}

/**
 * Filtered copy; written into `result`, which may be the signal itself, where one is given. Throws RangeError when the
 * signal is not longer than the padding.
 */
export function lowpass(
  signal: Float64Array,
  sections: readonly Section[],
  result: Float64Array = new Float64Array(signal.length),
): Float64Array {
  const padding = paddingOf(sections);
  const n = signal.length;
  if (n <= padding) throw new RangeError(`${n} samples are too few, the filter needs more than ${padding}`);
  const before = new Float64Array(padding);
  const after = new Float64Array(padding);
  for (let i = 1; i <= padding; i += 1) {
    before[padding - i] = 2 * signal[0]! - signal[i]!;
    after[i - 1] = 2 * signal[n - 1]! - signal[n - 1 - i]!;
  }
  if (result !== signal) result.set(signal);
  // The paddings lie beside the signal, not around a copy of it: a long recording would pay for that copy per channel.
  for (const section of sections) {
    const state = steadyState(section, before[0]!);
    for (const part of [before, result, after]) runForward(part, section, state);
  }
  for (const section of sections) {
    const state = steadyState(section, after[padding - 1]!);
    for (const part of [after, result, before]) runBackward(part, section, state);
  }
  return result;
}

/** What a section remembers between two samples. */
interface State {
  z1: number;
  z2: number;
}

/** In place, direct form II transposed. */
function runForward(x: Float64Array, { b0, b1, b2, a1, a2 }: Section, state: State): void {
  let { z1, z2 } = state;
  for (let i = 0; i < x.length; i += 1) {
    const input = x[i]!;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    x[i] = output;
  }
  state.z1 = z1;
  state.z2 = z2;
}

function runBackward(x: Float64Array, { b0, b1, b2, a1, a2 }: Section, state: State): void {
  let { z1, z2 } = state;
  for (let i = x.length - 1; i >= 0; i -= 1) {
    const input = x[i]!;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    x[i] = output;
  }
  state.z1 = z1;
  state.z2 = z2;
}

/** State in which a constant input s gives the constant output gain × s. */
function steadyState({ b0, b1, b2, a1, a2 }: Section, s: number): State {
  const output = ((b0 + b1 + b2) / (1 + a1 + a2)) * s;
  const z2 = b2 * s - a2 * output;
  return { z1: b1 * s - a1 * output + z2, z2 };
}
