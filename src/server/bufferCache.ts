/**
 * Answers asked for lately, as the buffers to send, bounded by their size: what was not asked for the longest leaves
 * first. Keys name something that never changes, so nothing in here can be stale.
 */
export interface BufferCache {
  get(key: string): readonly Buffer[] | undefined;
  /** Whether a key that was not found is worth keeping: not at its first time, when it is to be kept from the second on. */
  wants(key: string): boolean;
  put(key: string, buffers: readonly Buffer[]): void;
}

/** Keys remembered as asked for once. */
const ONCE_KEPT = 10_000;

/** `from` 2: what is asked for only once, as by whoever reads a list through, takes no place from what is asked for often. */
export function createBufferCache(limit_bytes: number, from: 1 | 2 = 1): BufferCache {
  const kept = new Map<string, readonly Buffer[]>();
  const once = new Set<string>();
  let total = 0;
  const drop = (key: string) => {
    total -= sizeOf(kept.get(key) ?? []);
    kept.delete(key);
  };
  return {
    get(key) {
      const buffers = kept.get(key);
      if (buffers === undefined) return undefined;
      // A Map keeps the order of insertion: what was asked for last stands last.
      kept.delete(key);
      kept.set(key, buffers);
      return buffers;
    },
    wants(key) {
      if (limit_bytes === 0) return false;
      if (from === 1 || once.delete(key)) return true;
      if (once.size >= ONCE_KEPT) once.delete(once.values().next().value!);
      once.add(key);
      return false;
    },
    put(key, buffers) {
      drop(key);
      const size = sizeOf(buffers);
      if (size > limit_bytes / 2) return;
      kept.set(key, buffers);
      total += size;
      for (const oldest of kept.keys()) {
        if (total <= limit_bytes) break;
        drop(oldest);
      }
    },
  };
}

export const sizeOf = (buffers: readonly Buffer[]): number =>
  buffers.reduce((sum, buffer) => sum + buffer.length, 0);
