import type { Db } from './db.ts';

/** What is read of the store again and again: read once, and good until this process commits something. */
export type ReadOnce<T> = (key: string, read: () => Promise<T>) => Promise<T>;

const KEPT = 1000;

/** Where other processes write too, everything is read each time. What `read` throws is not kept. */
export function createReadOnce<T>({ commits }: Pick<Db, 'commits'>): ReadOnce<T> {
  if (commits === undefined) return (_key, read) => read();
  const kept = new Map<string, T>();
  let upTo = commits();
  return async (key, read) => {
    const before = commits();
    if (before !== upTo) {
      kept.clear();
      upTo = before;
    }
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = await read();
    if (commits() !== before || upTo !== before) return value;
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, value);
    return value;
  };
}
