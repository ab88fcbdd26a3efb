import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFailureLimiter } from '../../../src/server/auth/failureLimiter.ts';
import { sweepFailures } from '../../../src/store/failedSignIns.ts';
import { ENGINES, openTemporary, type Temporary } from './temporary.ts';

const NAME = 'a@x.example';
const ADDRESS = '192.0.2.1';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let now: number;
  beforeEach(async () => {
    store = await openTemporary(engine);
    now = 1_000_000;
  });
  afterEach(() => store.close());
  const limiter = () => createFailureLimiter(store.db, () => now);
  const windows = () => store.db.query('select failures from failed_sign_ins order by pair limit 10');

  test('ten failures of a name from an address close the door for the rest of the minute', async () => {
    const one = limiter();
    for (let i = 0; i < 9; i++) await one.failed('A@x.example', ADDRESS);
    now += 20_000;
    expect(one.wait_s(NAME, ADDRESS)).toBe(0);
    await one.failed('a@X.example', ADDRESS);
    expect(one.wait_s(NAME, ADDRESS)).toBe(40);
    expect(one.wait_s('b@x.example', ADDRESS)).toBe(0);
    expect(one.wait_s(NAME, '192.0.2.2')).toBe(0);
    now += 40_000;
    expect(one.wait_s(NAME, ADDRESS)).toBe(0);
  });

  test('servers on one store count together, and one that starts anew knows what was counted', async () => {
    const [one, two] = [limiter(), limiter()];
    for (let i = 0; i < 5; i++) {
      await one.failed(NAME, ADDRESS);
      now += 1_000;
      await two.failed(NAME, ADDRESS);
    }
    // The one that counted last knows; the others learn it before they look at a password.
    expect(two.wait_s(NAME, ADDRESS)).toBe(55);
    for (const server of [one, limiter()]) {
      await server.learn(NAME, ADDRESS);
      expect(server.wait_s(NAME, ADDRESS)).toBe(55);
      await server.learn('b@x.example', ADDRESS);
      expect(server.wait_s('b@x.example', ADDRESS)).toBe(0);
    }
    now += 55_000;
    await one.learn(NAME, ADDRESS);
    expect(one.wait_s(NAME, ADDRESS)).toBe(0);
    await one.failed(NAME, ADDRESS);
    expect(await windows()).toEqual([{ failures: 1 }]);
  });

  test('failures at the same moment are all counted', async () => {
    const servers = [limiter(), limiter(), limiter()];
    await Promise.all(
      Array.from({ length: 30 }, (_, attempt) => servers[attempt % 3]!.failed(NAME, ADDRESS)),
    );
    expect(await windows()).toEqual([{ failures: 30 }]);
  });

  test('a closed door asks nothing of the store, and no name stands in it', async () => {
    const one = limiter();
    for (let i = 0; i < 10; i++) await one.failed(NAME, ADDRESS);
    const rows = await store.db.query<{ pair: string }>(
      'select pair from failed_sign_ins order by pair limit 10',
    );
    expect(rows).toEqual([{ pair: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    await store.db.query('drop table failed_sign_ins');
    await one.learn(NAME, ADDRESS);
    expect(one.wait_s(NAME, ADDRESS)).toBe(60);
    // Without the store it counts alone.
    await one.failed('b@x.example', ADDRESS);
  });

  test('windows that have ended are swept, open ones stay', async () => {
    const one = limiter();
    await one.failed(NAME, ADDRESS);
    now += 30_000;
    await one.failed('b@x.example', ADDRESS);
    await one.failed('b@x.example', ADDRESS);
    now += 30_000;
    await sweepFailures(store.db, now * 1000);
    expect(await windows()).toEqual([{ failures: 2 }]);
  });
});

test('made-up names do not fill the memory', async () => {
  const gone = { query: () => Promise.reject(new Error('no store')) };
  const limiter = createFailureLimiter(gone as never, () => 0);
  for (let i = 0; i < 30_000; i++) void limiter.failed(`nobody-${i}`, ADDRESS);
  expect(limiter.size).toBe(20_000);
});
