import { decimal } from '../ui/numbers.ts';

/** Round values of an axis, at most so many, and how they are written. */
export interface Ticks {
  values: number[];
  text(value: number): string;
}

/** Steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(from: number, to: number, most: number): Ticks {
  const rough = (to - from) / Math.max(1, most);
  if (!(rough > 0) || !Number.isFinite(rough)) return { values: [], text: String };
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiples, not sums: those would drift. Nor is there a -0.
  const values = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step + 0);
  const plain = step >= 1e-6 && Math.max(Math.abs(from), Math.abs(to)) < 1e7;
  const digits = plain ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return {
    values,
    text: (value) => (plain ? decimal(value, { digits }) : value.toExponential(2).replaceAll('-', '−')),
  };
}

/** From the lowest to the highest value of all, with a little room; of nothing: -1 to 1. null and NaN are no values. */
export function rangeOf(arrays: readonly ArrayLike<number | null>[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null || value === undefined) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [-1, 1];
  const room = high > low ? 0.07 * (high - low) : Math.max(1, 0.1 * Math.abs(high));
  // Zero is a line worth seeing where it is near.
  return [low >= 0 && low < room ? 0 : low - room, high <= 0 && -high < room ? 0 : high + room];
}
