/** Spans of frames and what lies between them: the parts of a channel that may be read, or those that may not. */
import type { FrameSpan } from './span.ts';

/**
 * What of `frames` no span covers, in order, both ends included: the usable stretches between excluded spans, and the
 * excluded ones between segments. One stretch over all frames where there is no span. `spans`: in order.
 */
export function uncovered(spans: readonly FrameSpan[], frames: number): FrameSpan[] {
  const stretches: FrameSpan[] = [];
  let next = 0;
  for (const { first, last } of spans) {
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
