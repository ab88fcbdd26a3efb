/** The parts of a channel that may be read: what lies between its excluded spans. */
import type { FrameSpan } from '../process.ts';

/** In order, both ends included; one stretch over all frames where nothing is excluded. `excluded`: in order. */
export function usableStretches(excluded: readonly FrameSpan[], frames: number): FrameSpan[] {
  const stretches: FrameSpan[] = [];
  let next = 0;
  for (const { first, last } of excluded) {
    if (first > next) stretches.push({ first: next, last: first - 1 });
    next = Math.max(next, last + 1);
  }
  if (next < frames) stretches.push({ first: next, last: frames - 1 });
  return stretches;
}

/** Whether a window holds an excluded frame. */
export function touches(excluded: readonly FrameSpan[], { first, last }: FrameSpan): boolean {
  return excluded.some((span) => span.first <= last && span.last >= first);
}
