import { describe, expect, test } from 'vitest';
import { type Change, followChanges, KinebaseError, watchChanges } from '../../src/sdk/index.ts';
import { impatient, type Step, scripted } from './scripted.ts';

const change = (id: string) => ({ kind: 'athlete', id, version: 1, deleted: true, record: null });
const answer = (ids: string[], token: string, hasMore = false): Step => ({
  body: { statusCode: 200, body: { changes: ids.map(change), token, hasMore } },
});
const refuse = (status: number, code: string): Step => ({ status, body: { message: 'no', code } });
const sinceOf = (paths: readonly { path: string }[]) =>
  paths.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('since'));

/** Looks again at once, so many times; then its signal says so. */
function looks(times: number) {
  const stop = new AbortController();
  const pauses: number[] = [];
  const wait = async (pause_ms: number) => {
    pauses.push(pause_ms);
    if (--times <= 0) stop.abort();
  };
  return { options: { signal: stop.signal, wait }, pauses };
}

describe('following changes', () => {
  test('begins from now on, goes on behind each answer, and passes on those in which something is', async () => {
    const { url, seen } = await scripted(
      answer([], 't1'),
      answer([], 't1'),
      answer(['a'], 't2', true),
      answer(['b', 'c'], 't3'),
      answer([], 't3'),
    );
    const { options, pauses } = looks(4);
    const found: [string[], string][] = [];
    const reading = (async () => {
      for await (const { changes, token } of followChanges(impatient(url).client, {
        ...options,
        interval_ms: 7,
      }))
        found.push([changes.map(({ id }) => id), token]);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
    expect(found).toEqual([
      [[], 't1'],
      [['a'], 't2'],
      [['b', 'c'], 't3'],
    ]);
    expect(sinceOf(seen)).toEqual(['now', 't1', 't1', 't2', 't3']);
    expect(pauses).toEqual([7, 7, 7, 7]);
  });

  test('begins behind a token that was kept, with the kinds that are wanted', async () => {
    const { url, seen } = await scripted(answer(['a'], 't9'));
    for await (const { token } of followChanges(impatient(url).client, { since: 't8', kinds: ['athlete'] })) {
      expect(token).toBe('t9');
      break;
    }
    expect(seen[0]!.path).toBe('/changes?since=t8&kinds=athlete');
  });
});

describe('watching changes', () => {
  async function watch(times: number, ...steps: Step[]) {
    const { url, seen } = await scripted(...steps);
    const { options } = looks(times);
    const heard: string[] = [];
    await watchChanges(impatient(url, { retries: 0 }).client, options, {
      changed: (changes: readonly Change[], token) => heard.push(`${changes.map(({ id }) => id)}@${token}`),
      lost: () => heard.push('lost'),
      failed: ({ code }) => heard.push(code),
    });
    return { heard, since: sinceOf(seen) };
  }

  test('passes over faults that pass, and loses nothing by them', async () => {
    const { heard, since } = await watch(
      4,
      answer([], 't1'),
      refuse(503, 'unavailable'),
      answer(['a'], 't2'),
      refuse(429, 'too_many_requests'),
    );
    expect(heard).toEqual(['@t1', 'unavailable', 'a@t2', 'too_many_requests']);
    expect(since).toEqual(['now', 't1', 't1', 't2']);
  });

  test('begins anew where the feed does not know its token any more', async () => {
    const { heard, since } = await watch(3, answer([], 't1'), refuse(410, 'changes_lost'), answer([], 'u1'));
    expect(heard).toEqual(['@t1', 'changes_lost', 'lost', '@u1']);
    expect(since).toEqual(['now', 't1', 'now']);
  });

  test.each([
    [404, 'not_found', 'not_offered'],
    [403, 'forbidden', 'forbidden'],
    [401, 'unauthorized', 'unauthorized'],
    [400, 'invalid_continuation_token', 'invalid_continuation_token'],
  ])('ends where it is refused for good: %i', async (status, code, heardOf) => {
    const { heard, since } = await watch(9, refuse(status, code), answer([], 't1'));
    expect(heard).toEqual([heardOf]);
    expect(since).toEqual(['now']);
  });

  test('does not hide a fault of who hears of it', async () => {
    const { url } = await scripted(answer([], 't1'));
    const watching = watchChanges(impatient(url).client, looks(1).options, {
      changed() {
        throw new RangeError('mine');
      },
      lost() {},
      failed: (error) => expect(error).not.toBeInstanceOf(KinebaseError),
    });
    await expect(watching).rejects.toThrow(RangeError);
  });
});
