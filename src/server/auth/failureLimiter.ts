import { createHash } from 'node:crypto';
import type { Db } from '../../store/db.ts';
import { countFailure, type FailureWindow, findFailures } from '../../store/failedSignIns.ts';
import { nowMicroseconds } from '../../store/time.ts';
import type { AuthLog } from './authLog.ts';

/**
 * Slows password guessing down: counts failed sign-ins per user name and address, never successful ones. Clients of the
 * contract sign in before every call, so a count of sign-ins would lock honest users out. The store counts for all
 * servers and survives them; memory answers first, so that a closed door costs no query.
 */
export interface FailureLimiter {
  /** Seconds until another attempt is allowed, 0: now. As far as this server knows: `learn` asks the store. */
  wait_s(username: string, address: string): number;
  /** Takes over what other servers counted, unless the door is closed already. */
  learn(username: string, address: string): Promise<void>;
  /** Counts here before it returns and in the store before it resolves; never rejects. */
  failed(username: string, address: string): Promise<void>;
  readonly size: number;
}

const FAILURES = 10;
const WINDOW_MS = 60_000;
/** Entries kept; some 200 bytes each. When full the oldest window goes: it is the next to end anyway. */
const ENTRIES = 20_000;

export function createFailureLimiter(db: Db, now: () => number, log?: AuthLog): FailureLimiter {
  const windows = new Map<string, { failures: number; ends_ms: number }>();
  const key = (username: string, address: string) => `${address} ${username.toLowerCase().slice(0, 256)}`;
  const keep = (at: string, failures: number, ends_ms: number) => {
    windows.delete(at);
    if (windows.size >= ENTRIES) windows.delete(windows.keys().next().value!);
    windows.set(at, { failures, ends_ms });
  };
  const merge = (at: string, { failures, ends_us }: FailureWindow) => {
    const known = windows.get(at);
    const counted = known !== undefined && known.ends_ms > now() ? known.failures : 0;
    keep(at, Math.max(counted, failures), ends_us / 1000);
  };
  const wait_s = (at: string) => {
    const window = windows.get(at);
    const left_ms = window === undefined || window.failures < FAILURES ? 0 : window.ends_ms - now();
    return left_ms > 0 ? Math.ceil(left_ms / 1000) : 0;
  };
  return {
    wait_s: (username, address) => wait_s(key(username, address)),
    learn: async (username, address) => {
      const at = key(username, address);
      if (wait_s(at) > 0) return;
      const window = await findFailures(db, hashOf(at), nowMicroseconds(now()));
      if (window !== null) merge(at, window);
    },
    failed: async (username, address) => {
      const at = key(username, address);
      const time = now();
      const window = windows.get(at);
      if (window !== undefined && window.ends_ms > time) window.failures++;
      else keep(at, 1, time + WINDOW_MS);
      try {
        merge(
          at,
          await countFailure(db, hashOf(at), nowMicroseconds(time), nowMicroseconds(time + WINDOW_MS)),
        );
      } catch (error) {
        log?.warn({ err: error }, 'a failed sign-in was counted here alone');
      }
    },
    get size() {
      return windows.size;
    },
  };
}

const hashOf = (pair: string) => createHash('sha256').update(pair).digest('hex');
