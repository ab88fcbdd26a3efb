/** Works on items, so many at a time. When one fails, those under way are waited for and no other is begun. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const workers = Array.from({ length: limit }, async () => {
    while (!failed) {
      const next = iterator.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  });
  const ended = await Promise.allSettled(workers);
  const fault = ended.find((each) => each.status === 'rejected');
  if (fault) throw fault.reason;
}

/** So much at once of what takes much; who comes first goes first. One that is larger than all of it goes alone. */
export function createBudget(limit: number): <T>(amount: number, work: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: { amount: number; go: () => void }[] = [];
  const next = () => {
    while (waiting.length > 0 && (waiting[0]!.amount <= free || free === limit)) {
      const { amount, go } = waiting.shift()!;
      free -= amount;
      go();
    }
  };
  return async (amount, work) => {
    await new Promise<void>((go) => {
      waiting.push({ amount, go });
      next();
    });
    try {
      return await work();
    } finally {
      free += amount;
      next();
    }
  };
}
