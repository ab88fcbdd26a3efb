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
