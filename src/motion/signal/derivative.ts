/**
 * Rate of change per second on a regular grid: central differences inside, one-sided at the first and last sample.
 * Central differences of the value, and again of the velocity, as in Winter, Biomechanics and Motor Control of Human
 * Movement, chapter on kinematics. Equals numpy.gradient(signal, 1 / rate). One sample has the derivative 0.
 */
export function derivative(signal: Float64Array, rate_hz: number): Float64Array {
  const n = signal.length;
  const result = new Float64Array(n);
  if (n < 2) return result;
  const half = rate_hz / 2;
  for (let k = 1; k < n - 1; k += 1) result[k] = (signal[k + 1]! - signal[k - 1]!) * half;
  result[0] = (signal[1]! - signal[0]!) * rate_hz;
  result[n - 1] = (signal[n - 1]! - signal[n - 2]!) * rate_hz;
  return result;
}
