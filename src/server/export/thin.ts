/**
 * A curve of many values → at most so many, for a picture: frames are put into equal bins, and of each bin the lowest and
 * the highest value stay, in the order in which they occur. So every peak is there, and the extremes of the whole are.
 *
 * Bins depend only on the number of frames: all series of one answer have the same. A time axis, being a growing series,
 * is thinned by the same rule to the first and the last time of each bin.
 */
export function thin(values: Float64Array, points: number): Float64Array {
  if (values.length <= points) return values;
  const bins = Math.max(1, Math.floor(points / 2));
  const kept = new Float64Array(2 * bins);
  for (let bin = 0; bin < bins; bin++) {
    const first = Math.floor((bin * values.length) / bins);
    const end = Math.floor(((bin + 1) * values.length) / bins);
    let lowest = first;
    let highest = first;
    for (let frame = first + 1; frame < end; frame++) {
      if (values[frame]! < values[lowest]!) lowest = frame;
      // The last of equal highest values: a bin that is level then keeps its first and its last frame.
      if (values[frame]! >= values[highest]!) highest = frame;
    }
    kept[2 * bin] = values[Math.min(lowest, highest)]!;
    kept[2 * bin + 1] = values[Math.max(lowest, highest)]!;
  }
  return kept;
}
