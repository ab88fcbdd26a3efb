import { KinebaseError } from './errors.ts';
import { refuseAborted } from './exchange.ts';
import type { CancelSignal } from './runtime.ts';
import type { Settings } from './settings.ts';

/** Passing faults: the same call may succeed a little later. 500 is what gateways make of a function that failed to start. */
const STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
/** A server that asks for more patience than this gets none: the caller knows better what to do meanwhile. */
const LONGEST_RETRY_AFTER_S = 120;

/**
 * Tries again after passing faults: only what is safe to repeat, after a random part of a pause that doubles ("full
 * jitter", so that clients thrown off together do not come back together), never before `Retry-After`.
 */
export async function persist<T>(
  settings: Settings,
  { mayRepeat, signal }: { mayRepeat: () => boolean; signal?: CancelSignal | undefined },
  once: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(attempt);
    } catch (error) {
      if (!mayRepeat() || attempt >= settings.retries || !isPassing(error)) throw error;
      await settings.wait(pause_ms(attempt, error.retryAfter_s ?? 0, settings.random), signal);
      refuseAborted(signal);
    }
  }
}

function isPassing(error: unknown): error is KinebaseError {
  if (!(error instanceof KinebaseError) || (error.retryAfter_s ?? 0) > LONGEST_RETRY_AFTER_S) return false;
  return error.code === 'network' || error.code === 'timeout' || STATUSES.has(error.status);
}

const pause_ms = (attempt: number, retryAfter_s: number, random: () => number): number =>
  retryAfter_s * 1000 + random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);

/** `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. */
export function readRetryAfter(header: string | null, now_ms: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date_ms = Date.parse(header);
  return Number.isNaN(date_ms) ? null : Math.max(0, (date_ms - now_ms) / 1000);
}
