/**
 * Peaks of a signal: candidates, thinned by distance, measured by prominence. Equals the steps of
 * scipy.signal.find_peaks(signal, distance, prominence). The first and last sample are never peaks.
 * Of equal heights too close to each other the later one stays; NumPy's own sort leaves that open.
 */

export interface PeakOptions {
  /** Two peaks are at least this many samples apart, the higher one wins; default: any distance. */
  readonly distance?: number;
  /** A peak stands out by at least this much, in the unit of the signal; default: by anything. */
  readonly prominence?: number;
}

export interface Peaks {
  /** Sample indices, growing. */
  readonly indices: readonly number[];
  /** Of each, in the unit of the signal. */
  readonly prominences: readonly number[];
}

/** `signal`: without NaN. Distance is applied before prominence, as find_peaks does. O(n log n). */
export function findPeaks(signal: Float64Array, { distance = 1, prominence = 0 }: PeakOptions = {}): Peaks {
  const candidates = thinByDistance(signal, localMaxima(signal), distance);
  const prominences = prominencesOf(signal, candidates);
  const chosen = candidates.map((_, i) => i).filter((i) => prominences[i]! >= prominence);
  return { indices: chosen.map((i) => candidates[i]!), prominences: chosen.map((i) => prominences[i]!) };
}

/** Samples greater than both neighbours; a plateau counts once, at floor((first + last) / 2). Indices grow. */
export function localMaxima(signal: Float64Array): number[] {
  const maxima: number[] = [];
  const last = signal.length - 1;
  let i = 1;
  while (i < last) {
    let end = i;
    if (signal[i - 1]! < signal[i]!) {
      while (end < last && signal[end + 1] === signal[i]) end += 1;
      if (end < last && signal[end + 1]! < signal[i]!) maxima.push((i + end) >> 1);
    }
    i = end + 1;
  }
  return maxima;
}

/** From the highest to the lowest, drops every other candidate closer than `distance` samples; of equals the later stays. */
export function thinByDistance(
  signal: Float64Array,
  candidates: readonly number[],
  distance: number,
): number[] {
  const order = candidates
    .map((_, i) => i)
    .sort((a, b) => signal[candidates[b]!]! - signal[candidates[a]!]! || b - a);
  const dropped = new Uint8Array(candidates.length);
  for (const i of order) {
    if (dropped[i]) continue;
    const peak = candidates[i]!;
    for (let j = i - 1; j >= 0 && peak - candidates[j]! < distance; j -= 1) dropped[j] = 1;
    for (let j = i + 1; j < candidates.length && candidates[j]! - peak < distance; j += 1) dropped[j] = 1;
  }
  return candidates.filter((_, i) => !dropped[i]);
}

/**
 * Height of each peak above the higher of its two valleys, a valley being the lowest sample on the way to a sample
 * greater than the peak or to the end of the signal.
 */
export function prominencesOf(signal: Float64Array, peaks: readonly number[]): number[] {
  const left = valleysBefore(signal, peaks);
  const mirrored = peaks.map((peak) => signal.length - 1 - peak).reverse();
  const right = valleysBefore(signal.slice().reverse(), mirrored).reverse();
  return peaks.map((peak, i) => signal[peak]! - Math.max(left[i]!, right[i]!));
}

/**
 * Per peak the lowest sample back to the last one that is greater. One pass: a stack holds the samples that nothing after
 * them exceeds, each with the lowest sample since the one below it.
 */
function valleysBefore(signal: Float64Array, peaks: readonly number[]): number[] {
  const heights = new Float64Array(signal.length);
  const lowest = new Float64Array(signal.length);
  let depth = 0;
  let next = 0;
  const valleys: number[] = [];
  for (let i = 0; i < signal.length && next < peaks.length; i += 1) {
    const height = signal[i]!;
    let low = height;
    while (depth > 0 && heights[depth - 1]! <= height) {
      depth -= 1;
      if (lowest[depth]! < low) low = lowest[depth]!;
    }
    heights[depth] = height;
    lowest[depth] = low;
    depth += 1;
    if (i === peaks[next]) {
      valleys.push(low);
      next += 1;
    }
  }
  return valleys;
}
