/** Times in the store are microseconds since 1970 UTC, as numbers (exact below 2^53: until the year 2255). */
export { fromIso, toIso } from '../contract/time.ts';

export const nowMicroseconds = (now_ms: number): number => Math.round(now_ms * 1000);
