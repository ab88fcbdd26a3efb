/** A part of an axis; `to` is not below `from`. */
export interface Stretch {
  from: number;
  to: number;
}

export const lengthOf = ({ from, to }: Stretch): number => to - from;

/** Where a value lies in a stretch: 0 at its beginning, 1 at its end, beyond both outside. */
export const fractionOf = (stretch: Stretch, value: number): number =>
  (value - stretch.from) / (lengthOf(stretch) || 1);

export const valueAt = ({ from, to }: Stretch, fraction: number): number => from + fraction * (to - from);

export const within = (value: number, { from, to }: Stretch): number => Math.min(to, Math.max(from, value));

/** From the first to the last value of an axis; one that is a single value has room around it. */
export function wholeOf(x: ArrayLike<number>): Stretch {
  const from = x[0] ?? 0;
  const to = x[x.length - 1] ?? 0;
  return to > from ? { from, to } : { from: from - 0.5, to: from + 0.5 };
}

/** As much of a stretch as lies inside the whole, no shorter than `least`. null: it is the whole. */
export function inside(stretch: Stretch, whole: Stretch, least: number): Stretch | null {
  const length = Math.min(Math.max(lengthOf(stretch), least), lengthOf(whole));
  // Comparing lengths alone would miss by the last digit.
  if (length >= lengthOf(whole) * (1 - 1e-9)) return null;
  const middle = (stretch.from + stretch.to) / 2;
  const from = within(middle - length / 2, { from: whole.from, to: whole.to - length });
  return { from, to: from + length };
}

/** Closer (`factor` below 1) or farther, so that `around` stays where it is on the screen. */
export const zoomed = (
  stretch: Stretch,
  around: number,
  factor: number,
  whole: Stretch,
  least: number,
): Stretch | null => {
  const length = within(lengthOf(stretch) * factor, { from: Math.min(least, lengthOf(whole)), to: Infinity });
  const from = around - fractionOf(stretch, around) * length;
  return inside({ from, to: from + length }, whole, least);
};

/** So much, with `value` at that fraction of it, where the whole reaches far enough. */
export const pinched = (
  value: number,
  fraction: number,
  wanted: number,
  whole: Stretch,
  least: number,
): Stretch | null => {
  const length = within(wanted, { from: Math.min(least, lengthOf(whole)), to: lengthOf(whole) });
  const from = value - fraction * length;
  return inside({ from, to: from + length }, whole, least);
};

/** Moved along by so much, up to the ends of the whole. */
export const panned = ({ from, to }: Stretch, by: number, whole: Stretch): Stretch | null =>
  inside({ from: from + by, to: to + by }, whole, 0);

/** Index of the value that is nearest; -1 where there are none. `x` grows. */
export function nearestIndex(x: ArrayLike<number>, value: number): number {
  if (x.length === 0) return -1;
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - x[low - 1]! <= x[low]! - value ? low - 1 : low;
}
