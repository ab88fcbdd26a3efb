import { describe, expect, test } from 'vitest';
import { readTokenHeader } from '../../src/contract/wire.ts';
import { idsOf, impatient, page, type Step, scripted, session } from './scripted.ts';

test('a list is every item when it is iterated, and sends each token back as it came', async () => {
  const { url, seen } = await scripted(
    page([session('a'), session('b')], 't1'),
    page([session('c')], 't2'),
    page([session('d')], null),
  );
  expect(await idsOf(impatient(url).client.sessions.list({ limit: 2 }))).toEqual(['a', 'b', 'c', 'd']);
  expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual(['""', 't1', 't2']);
  expect(seen.map(({ path }) => path)).toEqual([
    '/sessions?limit=2',
    '/sessions?limit=2',
    '/sessions?limit=2',
  ]);
});

test('a list is its first page when it is awaited, and asks only once', async () => {
  const { url, seen } = await scripted(page([session('a')], 't1'), page([session('b')], null));
  const list = impatient(url).client.sessions.list();
  expect(await list).toEqual({ items: [session('a')], token: 't1' });
  expect(await list).toEqual({ items: [session('a')], token: 't1' });
  expect(seen).toHaveLength(1);
  expect(await idsOf(list)).toEqual(['a', 'b']);
  expect(seen).toHaveLength(2);
});

test('a list that nobody awaits or iterates asks nothing', async () => {
  const { url, seen } = await scripted({ body: { status: 'ok', version: '1' } });
  impatient(url).client.sessions.list();
  await impatient(url).client.health();
  expect(seen.map(({ path }) => path)).toEqual(['/health']);
});

test('an empty page with a token is not the end', async () => {
  const { url } = await scripted(page([], 't1'), page([], 't2'), page([session('a')], null));
  expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a']);
});

test.each([[null], ['null'], [''], ['"null"'], ['""']])('the token %j is the end', async (end) => {
  const { url, seen } = await scripted(page([session('a')], end));
  expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a']);
  expect(seen).toHaveLength(1);
});

test('a repeated token is an error, and what came before it has been seen', async () => {
  const once = [page([session('a')], 't1'), page([session('b')], 't1')];
  const cycle = [page([session('a')], 't1'), page([session('b')], 't2'), page([session('c')], 't1')];
  for (const [steps, before] of [
    [once, ['a', 'b']],
    [cycle, ['a', 'b', 'c']],
  ] as const) {
    const { url, seen } = await scripted(...steps);
    const ids: string[] = [];
    const iteration = (async () => {
      for await (const each of impatient(url).client.sessions.list()) ids.push(each['Session ID']);
    })();
    await expect(iteration).rejects.toMatchObject({ code: 'repeated_token' });
    expect(ids).toEqual(before);
    expect(seen).toHaveLength(steps.length);
  }
});

test('the token that a list began with is not followed again either', async () => {
  const { url } = await scripted(page([session('b')], 't1'));
  await expect(impatient(url).client.sessions.list({}, { token: 't1' }).all()).rejects.toMatchObject({
    code: 'repeated_token',
  });
});

test('a token that no header can carry goes back in JSON, which means the same', async () => {
  const hostile = 'a\r\nb “ü” ';
  const { url, seen } = await scripted(page([session('a')], hostile), page([session('b')], null));
  expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a', 'b']);
  const header = seen[1]!.headers['x-continuation-token'] as string;
  expect(readTokenHeader(header)).toEqual({ kind: 'next', token: hostile });
});

test('a page of sessions without the token member is an error, awaited or iterated', async () => {
  const { url } = await scripted(
    { body: { statusCode: 200, body: [] } },
    { body: { statusCode: 200, body: [] } },
  );
  const { client } = impatient(url);
  await expect(client.sessions.list()).rejects.toMatchObject({ code: 'missing_token' });
  await expect(client.sessions.list().all()).rejects.toMatchObject({ code: 'missing_token' });
});

test('lists of which the contract names no token are whole without one, and followed where there is one', async () => {
  const { url, seen } = await scripted(
    { body: { statusCode: 200, body: [{ 'Exercise ID': 'E1' }] } },
    page([{ ValorID: 'A' }], 't1'),
    page([{ ValorID: 'B' }], null),
  );
  const { client } = impatient(url);
  expect(await client.exercises.list().all()).toEqual([{ 'Exercise ID': 'E1' }]);
  expect(await client.athletes.list().all()).toEqual([{ ValorID: 'A' }, { ValorID: 'B' }]);
  expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual([undefined, undefined, 't1']);
});

test('athletes come in one answer that needs no token', async () => {
  const { url, seen } = await scripted({
    body: { statusCode: 200, body: '[{"ValorID":"A","FirstName":"Ada","LastName":"","ExternalID":null}]' },
  });
  expect((await impatient(url).client.athletes.list().all()).map(({ ValorID }) => ValorID)).toEqual(['A']);
  expect(seen[0]!.headers['x-continuation-token']).toBeUndefined();
});

test('one answer may hold more items than a call may have arguments', async () => {
  const athletes = Array.from({ length: 300_000 }, (_, index) => ({ ValorID: String(index) }));
  const { url } = await scripted({ body: { statusCode: 200, body: athletes } });
  expect(await impatient(url).client.athletes.list().all()).toHaveLength(300_000);
});

test('a list that failed can be asked for again', async () => {
  const { url } = await scripted({ status: 500, body: {} }, page([session('a')], null));
  const list = impatient(url, { retries: 0 }).client.sessions.list();
  await expect(list).rejects.toMatchObject({ code: 'internal' });
  expect(await idsOf(list)).toEqual(['a']);
});

test('leaving a loop early asks for no further page', async () => {
  const { url, seen } = await scripted(page([session('a')], 't1'), page([session('b')], null));
  for await (const each of impatient(url).client.sessions.list()) {
    expect(each).toEqual(session('a'));
    break;
  }
  expect(seen).toHaveLength(1);
});

test('a list goes on behind a token that was kept', async () => {
  const { url, seen } = await scripted(page([session('b')], null));
  expect(await idsOf(impatient(url).client.sessions.list({}, { token: 't1' }))).toEqual(['b']);
  expect(seen[0]!.headers['x-continuation-token']).toBe('t1');
});

test('filters are written as the contract names them', async () => {
  const { url, seen } = await scripted(page([], null));
  await impatient(url).client.sessions.list({
    athleteID: ['A', 'B'],
    exerciseID: 'E',
    assessmentID: 'singleExercise',
    name: 'Left 90-90 Test Unilateral Shoulder IR/ER',
    from: new Date(Date.UTC(2026, 4, 1)),
    to: '2026-05-31',
    timeZone: 'Europe/Berlin',
    order: 'oldest',
    limit: 5,
  });
  expect(Object.fromEntries(new URL(seen[0]!.path, url).searchParams)).toEqual({
    athleteID: 'A,B',
    exerciseID: 'E',
    assessmentID: 'singleExercise',
    name: 'Left 90-90 Test Unilateral Shoulder IR/ER',
    from: '2026-05-01T00:00:00.000Z',
    to: '2026-05-31',
    timeZone: 'Europe/Berlin',
    order: 'oldest',
    limit: '5',
  });
});

describe('reading ahead', () => {
  /** Answers each page when it is let, and says which was asked for and which of them were given up. */
  async function gated() {
    const asked: { token: string; answer(): void; fail(): void; closed: Promise<void> }[] = [];
    const steps: Step[] = Array.from({ length: 6 }, (_, index) => (request, response) => {
      const token = request.headers['x-continuation-token'] as string;
      const body = page([session(`${index}a`), session(`${index}b`)], `t${index + 1}`).body;
      const send = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      asked.push({
        token,
        answer: () => send(200, body),
        fail: () => send(404, { message: 'gone', code: 'not_found' }),
        closed: new Promise((closed) => response.on('close', closed)),
      });
    });
    const { url } = await scripted(...steps);
    const until = async (count: number) => {
      while (asked.length < count) await new Promise((soon) => setImmediate(soon));
      return asked[count - 1]!;
    };
    return { client: impatient(url).client, asked, until };
  }

  test('begins with the second page, and is one page ahead', async () => {
    const { client, asked, until } = await gated();
    const items = client.sessions.list()[Symbol.asyncIterator]();
    const first = items.next();
    (await until(1)).answer();
    expect((await first).value).toEqual(session('0a'));
    await items.next();
    const second = items.next();
    (await until(2)).answer();
    expect((await second).value).toEqual(session('1a'));
    // While the second page is worked on, the third is asked for, and no more.
    (await until(3)).answer();
    expect((await items.next()).value).toEqual(session('1b'));
    expect((await items.next()).value).toEqual(session('2a'));
    await until(4);
    expect(asked.map(({ token }) => token)).toEqual(['""', 't1', 't2', 't3']);
    await items.return?.();
    await asked[3]!.closed;
  });

  test('hides no error and brings none forward', async () => {
    const { client, until } = await gated();
    const items = client.sessions.list()[Symbol.asyncIterator]();
    const first = items.next();
    (await until(1)).answer();
    await first;
    await items.next();
    const second = items.next();
    (await until(2)).answer();
    await second;
    const third = await until(3);
    third.fail();
    await third.closed;
    expect((await items.next()).value).toEqual(session('1b'));
    await expect(items.next()).rejects.toMatchObject({ code: 'not_found' });
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  test('ends with its signal, and so does the iteration in the middle of a page', async () => {
    const { client, until, asked } = await gated();
    const abort = new AbortController();
    const items = client.sessions.list({}, { signal: abort.signal })[Symbol.asyncIterator]();
    const first = items.next();
    (await until(1)).answer();
    await first;
    await items.next();
    const second = items.next();
    (await until(2)).answer();
    await second;
    const third = await until(3);
    abort.abort();
    await expect(items.next()).rejects.toMatchObject({ code: 'aborted' });
    await third.closed;
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(asked).toHaveLength(3);
  });

  describe('where the server names the next token ahead of the page', () => {
    /** Four pages. Of the second the headers come, and its body once the request that they lead to is there. */
    const serve = (named: string) => {
      let finish = () => {};
      return scripted(
        page([session('a')], 't1'),
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'x-continuation-token': named });
          response.flushHeaders();
          finish = () => response.end(JSON.stringify(page([session('b')], 't2').body));
        },
        ({ headers }, response) => {
          const token = headers['x-continuation-token'];
          finish();
          if (token === 't2') response.end(JSON.stringify(page([session('c')], 't3').body));
        },
        ({ headers }, response) => {
          const token = headers['x-continuation-token'];
          response.end(
            JSON.stringify((token === 't2' ? page([session('c')], null) : page([session('d')], null)).body),
          );
        },
      );
    };

    test('asks for it before the page is there', async () => {
      const { url, seen } = await serve('t2');
      expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a', 'b', 'c', 'd']);
      expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual(['""', 't1', 't2', 't3']);
    });

    test('believes the page when it names another', async () => {
      const { url, seen } = await serve('wrong');
      expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a', 'b', 'c']);
      expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual(['""', 't1', 'wrong', 't2']);
    });

    test.each([[''], ['null'], ['"null"'], ['t1']])('takes no notice of %j', async (named) => {
      const { url, seen } = await scripted(
        page([session('a')], 't1'),
        { ...page([session('b')], 't2'), headers: { 'x-continuation-token': named } },
        page([session('c')], null),
      );
      expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a', 'b', 'c']);
      expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual(['""', 't1', 't2']);
    });
  });

  test('does not change what comes of asking for several items at once', async () => {
    const { url } = await scripted(
      page([session('a'), session('b')], 't1'),
      page([], 't2'),
      page([session('c')], 't3'),
      page([session('d'), session('e')], null),
    );
    const items = impatient(url).client.sessions.list()[Symbol.asyncIterator]();
    const found = await Promise.all(Array.from({ length: 7 }, () => items.next()));
    expect(found.map(({ value }) => value?.['Session ID'])).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      undefined,
      undefined,
    ]);
  });
});

test('whoever reads on gets the largest pages, from a server that is known to take a limit', async () => {
  const pages = () => [page([session('a')], 't1'), page([session('b')], 't2'), page([session('c')], null)];
  const ours = await scripted(...pages());
  expect(await idsOf(impatient(ours.url).client.sessions.list({ name: '' }))).toEqual(['a', 'b', 'c']);
  expect(ours.seen.map(({ path }) => path)).toEqual([
    '/sessions',
    '/sessions?limit=5000',
    '/sessions?limit=5000',
  ]);
  const other = await scripted(...pages().map((step) => ({ ...step, bare: true as const })));
  expect(await idsOf(impatient(other.url).client.sessions.list())).toEqual(['a', 'b', 'c']);
  expect(other.seen.map(({ path }) => path)).toEqual(['/sessions', '/sessions', '/sessions']);
});
