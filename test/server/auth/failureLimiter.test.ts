import { expect, test } from 'vitest';
import { createFailureLimiter } from '../../../src/server/auth/failureLimiter.ts';

test('ten failures of a name from an address close the door for the rest of the minute', () => {
  let now = 1_000_000;
  const limiter = createFailureLimiter(() => now);
  for (let i = 0; i < 9; i++) limiter.failed('A@x.example', '192.0.2.1');
  now += 20_000;
  expect(limiter.wait_s('a@x.example', '192.0.2.1')).toBe(0);
  limiter.failed('a@X.example', '192.0.2.1');
  expect(limiter.wait_s('a@x.example', '192.0.2.1')).toBe(40);
  expect(limiter.wait_s('b@x.example', '192.0.2.1')).toBe(0);
  expect(limiter.wait_s('a@x.example', '192.0.2.2')).toBe(0);
  now += 40_000;
  expect(limiter.wait_s('a@x.example', '192.0.2.1')).toBe(0);
});

test('made-up names do not fill the memory', () => {
  const limiter = createFailureLimiter(() => 0);
  for (let i = 0; i < 30_000; i++) limiter.failed(`nobody-${i}`, '192.0.2.1');
  expect(limiter.size).toBe(20_000);
});
