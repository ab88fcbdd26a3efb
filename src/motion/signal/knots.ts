/** Where the instants of a grid fall between samples. */

/**
 * Values at the samples of one time axis → values at the instants of one grid; written into `result`, which must have a
 * place for each instant, where one is given.
 */
export type Interpolation = (values: Float64Array, result?: Float64Array) => Float64Array;

/**
 * Per instant the index i of the sample before it, so that time[i] ≤ instant ≤ time[i + 1]. Instants before the first
 * and after the last sample belong to the first and last interval. Both axes grow; at least two samples.
 */
export function intervalsOf(time: Float64Array, instants: Float64Array): Int32Array {
  const intervals = new Int32Array(instants.length);
  const last = time.length - 2;
  let interval = 0;
  for (let k = 0; k < instants.length; k += 1) {
    while (interval < last && time[interval + 1]! <= instants[k]!) interval += 1;
    intervals[k] = interval;
  }
  return intervals;
}

/** Position within its interval: 0 at its first sample, 1 at its second, outside that range outside the interval. */
export function fractionIn(time: Float64Array, interval: number, instant: number): number {
  const start = time[interval]!;
  return (instant - start) / (time[interval + 1]! - start);
}
