import { expect, test } from 'vitest';
import { idsOf, impatient, page, scripted, session } from './scripted.ts';

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
  const { url, seen } = await scripted();
  impatient(url).client.sessions.list();
  await impatient(url)
    .client.health()
    .catch(() => {});
  expect(seen.map(({ path }) => path)).toEqual(['/health']);
});

test('an empty page with a token is not the end', async () => {
  const { url } = await scripted(page([], 't1'), page([], 't2'), page([session('a')], null));
  expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a']);
});

test.each([[null], ['null'], ['']])('the token %j is the end', async (end) => {
  const { url, seen } = await scripted(page([session('a')], end));
  expect(await idsOf(impatient(url).client.sessions.list())).toEqual(['a']);
  expect(seen).toHaveLength(1);
});

test('a repeated token is an error, and what came before it has been seen', async () => {
  const { url } = await scripted(
    page([session('a')], 't1'),
    page([session('b')], 't2'),
    page([session('c')], 't1'),
  );
  const ids: string[] = [];
  const iteration = (async () => {
    for await (const each of impatient(url).client.sessions.list()) ids.push(each['Session ID']);
  })();
  await expect(iteration).rejects.toMatchObject({ code: 'repeated_token' });
  expect(ids).toEqual(['a', 'b', 'c']);
});

test('a page without the token member is an error, awaited or iterated', async () => {
  const { url } = await scripted(
    { body: { statusCode: 200, body: [] } },
    { body: { statusCode: 200, body: [] } },
  );
  const { client } = impatient(url);
  await expect(client.sessions.list()).rejects.toMatchObject({ code: 'missing_token' });
  await expect(client.exercises.list().all()).rejects.toMatchObject({ code: 'missing_token' });
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
  const list = impatient(url).client.sessions.list();
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
