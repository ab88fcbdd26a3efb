/**
 * Slows password guessing down: counts failed sign-ins per user name and address in memory, never successful ones.
 * Clients of the contract sign in before every call, so a count of sign-ins would lock honest users out.
 */
export interface FailureLimiter {
  /** Seconds until another attempt is allowed, 0: now. */
  wait_s(username: string, address: string): number;
  failed(username: string, address: string): void;
  readonly size: number;
}

const FAILURES = 10;
const WINDOW_MS = 60_000;
/** Entries kept; some 200 bytes each. When full the oldest window goes: it is the next to end anyway. */
const ENTRIES = 20_000;

export function createFailureLimiter(now: () => number): FailureLimiter {
  const windows = new Map<string, { failures: number; ends: number }>();
  const key = (username: string, address: string) => `${address} ${username.toLowerCase().slice(0, 256)}`;
  return {
    wait_s: (username, address) => {
      const window = windows.get(key(username, address));
      const left_ms = window === undefined || window.failures < FAILURES ? 0 : window.ends - now();
      return left_ms > 0 ? Math.ceil(left_ms / 1000) : 0;
    },
    failed: (username, address) => {
      const at = key(username, address);
      const window = windows.get(at);
      if (window !== undefined && window.ends > now()) {
        window.failures++;
        return;
      }
      windows.delete(at);
      if (windows.size >= ENTRIES) windows.delete(windows.keys().next().value!);
      windows.set(at, { failures: 1, ends: now() + WINDOW_MS });
    },
    get size() {
      return windows.size;
    },
  };
}
