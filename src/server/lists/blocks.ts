import type { Position } from '../../store/sessionPage.ts';

/**
 * A stretch of a list: sessions that follow one another, newest first, whose wire texts lie in one piece in a file, a comma
 * behind each.
 */
export interface Block extends Position {
  /** Where it begins in the file, and its length in bytes. */
  offset: number;
  bytes: number;
  count: number;
  /** Where its sessions begin in `Places`. */
  first: number;
}

/** Sessions of a block that is written, and the most that it grows to before it is cut. */
export const BLOCK = 32;
export const MOST_IN_BLOCK = 48;

/** The list's order, newest first: negative when `a` comes before `b`. Ids are compared as the store does, by their UTF-8. */
export const inOrder = (a: Position, b: Position): number =>
  b.recordedAt_us - a.recordedAt_us ||
  (a.sessionId === b.sessionId ? 0 : Buffer.compare(Buffer.from(b.sessionId), Buffer.from(a.sessionId)));

/**
 * The block in which a place lies: the last that begins at it or before it; 0 also where none does. `times` are those of the
 * blocks.
 */
export function blockOf(blocks: readonly Block[], times: Float64Array, place: Position): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const time = times[middle]!;
    const isBefore =
      time === place.recordedAt_us ? inOrder(blocks[middle]!, place) <= 0 : time > place.recordedAt_us;
    if (isBefore) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Cuts sessions into as many as a block takes. */
export function* cut<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length <= MOST_IN_BLOCK) {
    if (items.length > 0) yield items;
    return;
  }
  for (let first = 0; first < items.length; first += BLOCK) yield items.slice(first, first + BLOCK);
}
