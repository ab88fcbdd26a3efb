/** How far a channel reaches outside its excluded stretches. */
import type { Series } from '../process.ts';
import { uncovered } from '../series/stretches.ts';

/** Largest minus smallest usable value of the channel at `index`, in its unit; null where there is none. */
export function usableRange({ angle, excluded, frames }: Series, index: number): number | null {
  const values = angle[index]!;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { first, last } of uncovered(excluded[index]!, frames)) {
    for (let k = first; k <= last; k += 1) {
      if (values[k]! < lowest) lowest = values[k]!;
      if (values[k]! > highest) highest = values[k]!;
    }
  }
  return highest < lowest ? null : highest - lowest;
}
