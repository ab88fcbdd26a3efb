import { expect, test } from 'vitest';
import { impatient, scripted } from './scripted.ts';

const answer = (changes: unknown[], token: string, hasMore: boolean) => ({
  body: { statusCode: 200, body: { changes, token, hasMore } },
});
const change = (id: string) => ({ kind: 'athlete', id, version: 1, deleted: true, record: null });

async function idsOf(changes: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of changes) ids.push(id);
  return ids;
}

test('changes are followed while there are more, through an answer without any', async () => {
  const { url, seen } = await scripted(
    answer([change('a')], 't1', true),
    answer([], 't2', true),
    answer([change('b')], 't3', false),
  );
  expect(
    await idsOf(impatient(url).client.changes({ since: 't0', limit: 5, kinds: ['athlete', 'report'] })),
  ).toEqual(['a', 'b']);
  expect(seen.map(({ path }) => path)).toEqual([
    '/changes?since=t0&kinds=athlete%2Creport&limit=5',
    '/changes?since=t1&kinds=athlete%2Creport&limit=5',
    '/changes?since=t2&kinds=athlete%2Creport&limit=5',
  ]);
});

test.each([[undefined], [null], ['']])('since %j is the beginning', async (since) => {
  const { url, seen } = await scripted(answer([], 't1', false));
  expect(await impatient(url).client.changes({ since })).toEqual({
    changes: [],
    token: 't1',
    hasMore: false,
  });
  expect(seen[0]!.path).toBe('/changes');
});

test('a token that comes again with more behind it is an error, and one without more is the end', async () => {
  const { url } = await scripted(answer([change('a')], 't1', true), answer([], 't1', true));
  await expect(idsOf(impatient(url).client.changes())).rejects.toMatchObject({ code: 'repeated_token' });
  const quiet = await scripted(answer([], 't1', false));
  expect(await idsOf(impatient(quiet.url).client.changes({ since: 't1' }))).toEqual([]);
});

test.each([
  [{ changes: [], token: 't' }],
  [{ changes: [], hasMore: false }],
  [{ changes: {}, token: 't', hasMore: false }],
  [[]],
  [null],
])('the answer %j is none of the feed', async (body) => {
  const { url } = await scripted({ body: { statusCode: 200, body } });
  await expect(impatient(url).client.changes()).rejects.toMatchObject({ code: 'bad_answer' });
});

test('a server without a feed says that it has none', async () => {
  const { url } = await scripted({ status: 404, body: { message: 'There is no "/changes" here.' } });
  await expect(impatient(url).client.changes()).rejects.toMatchObject({ code: 'not_offered', status: 404 });
});
