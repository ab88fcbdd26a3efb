import type { MirrorChange } from './mirror.ts';
import type { Entry } from './state.ts';

/** Sessions are settled many at a time: what has to be flushed once for each group costs little for each of them. */
const SESSIONS = 64;
/** A slow server must not make much be fetched again after a kill. */
const LONGEST_MS = 2000;
/** Groups that may be on their way to the disk. */
const UNDER_WAY = 2;

export interface Group {
  /** Waits where the disk is slower than the server. */
  add(change: {
    put?: readonly { from: string; path: string }[];
    drop?: readonly string[];
    entries: readonly Entry[];
  }): Promise<void>;
  /** Settles the rest; resolves when all is done. Throws what went wrong with any group. */
  close(): Promise<void>;
}

export function createGroup(settle: (change: MirrorChange) => Promise<void>): Group {
  let put: { from: string; path: string }[] = [];
  let drop: string[] = [];
  let entries: Entry[] = [];
  let begun_ms = 0;
  const underWay = new Set<Promise<void>>();
  let fault: { error: unknown } | null = null;
  const send = () => {
    if (entries.length === 0) return;
    const sent = settle({ put, drop, entries })
      .catch((error) => {
        fault ??= { error };
      })
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
    put = [];
    drop = [];
    entries = [];
  };
  return {
    async add(change) {
      if (entries.length === 0) begun_ms = Date.now();
      put.push(...(change.put ?? []));
      drop.push(...(change.drop ?? []));
      entries.push(...change.entries);
      if (entries.length >= SESSIONS || Date.now() - begun_ms > LONGEST_MS) send();
      while (underWay.size >= UNDER_WAY) await Promise.race(underWay);
      if (fault !== null) throw fault.error;
    },
    async close() {
      send();
      await Promise.all(underWay);
      if (fault !== null) throw fault.error;
    },
  };
}
