/** Between attempts: short at first, for a receiver that is restarted; three days in all, for one that fails over a weekend. */
const MINUTE_S = 60;
const HOUR_S = 3600;
export const PAUSES_S = [
  5,
  30,
  2 * MINUTE_S,
  10 * MINUTE_S,
  30 * MINUTE_S,
  HOUR_S,
  2 * HOUR_S,
  4 * HOUR_S,
  8 * HOUR_S,
  12 * HOUR_S,
  20 * HOUR_S,
  24 * HOUR_S,
];
/** More or less by this part, so that many that failed together do not come back together. */
const SPREAD = 0.25;
const LONGEST_RETRY_AFTER_S = 24 * HOUR_S;

/** Attempts at the same changes, with a pause between each two. */
export const ATTEMPTS = PAUSES_S.length + 1;

/** Seconds from a failed attempt, counted from 1, to the next; null: there is none. `random`: from 0 up to 1. */
export function pauseAfter(
  attempt: number,
  retryAfter: string | null,
  random: number,
  now_ms: number,
): number | null {
  const pause_s = PAUSES_S[attempt - 1];
  if (pause_s === undefined) return null;
  const asked_s = Math.min(readRetryAfter(retryAfter, now_ms), LONGEST_RETRY_AFTER_S);
  return Math.max(pause_s * (1 - SPREAD + 2 * SPREAD * random), asked_s);
}

/** `Retry-After` (RFC 9110 §10.2.3): seconds, or a date; 0 where it says neither. */
function readRetryAfter(header: string | null, now_ms: number): number {
  const text = (header ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date_ms = Date.parse(text);
  return Number.isNaN(date_ms) ? 0 : Math.max(0, (date_ms - now_ms) / 1000);
}
