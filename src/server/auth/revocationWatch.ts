import type { Db } from '../../store/db.ts';
import { revocations } from '../../store/revocations.ts';

/** What any server on this store has revoked, as a number: one small query a second, however many tokens are in use. */
export interface RevocationWatch {
  /** The number as last read, -1 before the first time. A standing that was asked for after it was read holds while it stays the same. */
  readonly count: number;
  /** Whether the number was read lately enough to go by. */
  fresh(): boolean;
  /** Reads it; everyone who asks meanwhile shares the question. */
  look(): Promise<void>;
}

/** What another server revoked is seen within this time; what this one revoked, at once. */
export const LOOK_MS = 1_000;

export function createRevocationWatch(db: Db, now: () => number): RevocationWatch {
  let count = -1;
  let read_ms = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  return {
    get count() {
      return count;
    },
    fresh: () => now() - read_ms < LOOK_MS,
    look: () => {
      looking ??= (async () => {
        const asked_ms = now();
        count = await revocations(db);
        read_ms = asked_ms;
      })().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}
