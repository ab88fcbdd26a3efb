import { refuseAborted } from './exchange.ts';
import type { CancelSignal } from './runtime.ts';

const END = { done: true as const, value: undefined };

/**
 * The items of pages one by one. Written out, because `yield*` over a page costs four times as much as all the rest of
 * taking an item, and lists have millions.
 */
export function iterateItems<P, Item>(
  pages: AsyncGenerator<P, void, undefined>,
  itemsOf: (page: P) => readonly Item[],
  signal: CancelSignal | undefined,
): AsyncIterableIterator<Item> {
  let items: readonly Item[] = [];
  let at = 0;
  let ended = false;
  /** A page that is waited for: whoever asks meanwhile comes after. */
  let turn: Promise<unknown> | null = null;

  const finish = async (): Promise<typeof END> => {
    ended = true;
    items = [];
    await pages.return();
    return END;
  };
  const take = async (): Promise<IteratorResult<Item>> => {
    try {
      if (ended) return END;
      refuseAborted(signal);
      while (at >= items.length) {
        const { done, value } = await pages.next();
        if (done) return finish();
        items = itemsOf(value);
        at = 0;
      }
      return { done: false, value: items[at++]! };
    } catch (error) {
      await finish();
      throw error;
    }
  };
  const inTurn = (): Promise<IteratorResult<Item>> => {
    const taken = turn === null ? take() : turn.then(take);
    const mine = taken
      .catch(() => {})
      .then(() => {
        if (turn === mine) turn = null;
      });
    turn = mine;
    return taken;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      turn === null && at < items.length && !signal?.aborted
        ? Promise.resolve({ done: false, value: items[at++]! })
        : inTurn(),
    return: finish,
  };
}
