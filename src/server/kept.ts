/**
 * Things asked for lately, bounded by their size: what was not asked for the longest leaves first.
 */
export interface Kept<T> {
  /** Whatever is larger is not kept. */
  readonly largest_bytes: number;
  get(key: string): T | undefined;
  /** Whether a key that was not found is worth keeping: not at its first time, when it is to be kept from the second on. */
  wants(key: string): boolean;
  put(key: string, value: T): void;
}

/** Keys remembered as asked for once: what comes again later than after so many others is not asked for often. */
const ONCE_KEPT = 1000;

/** `from` 2: what is asked for only once, as by whoever reads a list through, takes no place from what is asked for often. */
export function createKept<T>(limit_bytes: number, sizeOf: (value: T) => number, from: 1 | 2 = 1): Kept<T> {
  const kept = new Map<string, T>();
  const once = new Set<string>();
  let total = 0;
  const largest_bytes = limit_bytes / 2;
  const drop = (key: string) => {
    const value = kept.get(key);
    if (value === undefined) return;
    total -= sizeOf(value);
    kept.delete(key);
  };
  return {
    largest_bytes,
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      // A Map keeps the order of insertion: what was asked for last stands last.
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    wants(key) {
      if (limit_bytes === 0) return false;
      if (from === 1 || once.delete(key)) return true;
      if (once.size >= ONCE_KEPT) once.delete(once.values().next().value!);
      once.add(key);
      return false;
    },
    put(key, value) {
      drop(key);
      const size = sizeOf(value);
      if (size > largest_bytes) return;
      kept.set(key, value);
      total += size;
      for (const oldest of kept.keys()) {
        if (total <= limit_bytes) break;
        drop(oldest);
      }
    },
  };
}
