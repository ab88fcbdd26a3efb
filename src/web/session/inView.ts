import type { Stretch } from '../charts/stretch.ts';
import type { Draft } from './repetitions.ts';

/** Indices of the repetitions of which something is shown. They are in order of time. */
export function inView(list: readonly Draft[], { from, to }: Stretch): number[] {
  const found: number[] = [];
  for (let i = 0; i < list.length; i++) if (list[i]!.End >= from && list[i]!.Start <= to) found.push(i);
  return found;
}
