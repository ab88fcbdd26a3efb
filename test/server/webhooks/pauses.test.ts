import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATTEMPTS, pauseAfter } from '../../../src/server/webhooks/pauses.ts';

const HOUR_S = 3600;
const middle = (attempt: number) => pauseAfter(attempt, null, 0.5, 0);

test('pauses grow from seconds to a day, and end after about three days', () => {
  const pauses = Array.from({ length: ATTEMPTS - 1 }, (_, place) => middle(place + 1)!);
  expect(pauses[0]).toBe(5);
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  expect(new Set(pauses).size).toBe(pauses.length);
  expect(pauses.at(-1)).toBe(24 * HOUR_S);
  const days = pauses.reduce((sum, pause) => sum + pause) / 24 / HOUR_S;
  expect(days).toBeGreaterThan(2.5);
  expect(days).toBeLessThan(3.5);
  expect(middle(ATTEMPTS)).toBe(null);
});

test('each is spread by a quarter to either side', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: ATTEMPTS - 1 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const pause = pauseAfter(attempt, null, random, 0)!;
        expect(pause).toBeGreaterThanOrEqual(0.75 * middle(attempt)!);
        expect(pause).toBeLessThanOrEqual(1.25 * middle(attempt)!);
      },
    ),
  );
});

test('a receiver that names a time is not asked before, and cannot put it off for more than a day', () => {
  const now_ms = Date.UTC(2026, 4, 4, 12);
  const pause = (retryAfter: string) => pauseAfter(1, retryAfter, 0.5, now_ms);
  expect(pause('120')).toBe(120);
  expect(pause(' 120 ')).toBe(120);
  expect(pause('1')).toBe(5);
  expect(pause('Mon, 04 May 2026 12:10:00 GMT')).toBe(600);
  expect(pause('Mon, 04 May 2026 11:00:00 GMT')).toBe(5);
  expect(pause('99999999')).toBe(24 * HOUR_S);
  for (const nonsense of ['', 'soon', '-5', '1e9', '9'.repeat(400)]) expect(pause(nonsense)).toBe(5);
});
