/** Times in the store are microseconds since 1970 UTC, as numbers (exact below 2^53: until the year 2255). */
export { fromIso, toIso } from '../contract/time.ts';

export const nowMicroseconds = (now_ms: number): number => Math.round(now_ms * 1000);

/** Reads what `toIso` wrote, many times as fast as `fromIso`; NaN for another text. */
export function fromOwnIso(text: string): number {
  const { length } = text;
  if ((length !== 24 && length !== 27) || text.charCodeAt(length - 1) !== 90 || text.charCodeAt(10) !== 84)
    return Number.NaN;
  const number = (from: number, to: number) => {
    let value = 0;
    for (let at = from; at < to; at++) value = 10 * value + text.charCodeAt(at) - 48;
    return value;
  };
  const day_ms = Date.UTC(number(0, 4), number(5, 7) - 1, number(8, 10));
  const clock_ms = (number(11, 13) * 60 + number(14, 16)) * 60_000 + number(17, 19) * 1000 + number(20, 23);
  return (day_ms + clock_ms) * 1000 + (length === 27 ? number(23, 26) : 0);
}
