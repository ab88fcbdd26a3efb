/**
 * Answers asked for lately, as the buffers to send, bounded by their size: what was not asked for the longest leaves
 * first. Keys name something that never changes, so nothing in here can be stale.
 */
export interface BufferCache {
  get(key: string): readonly Buffer[] | undefined;
  put(key: string, buffers: readonly Buffer[]): void;
}

export function createBufferCache(limit_bytes: number): BufferCache {
  const kept = new Map<string, readonly Buffer[]>();
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
