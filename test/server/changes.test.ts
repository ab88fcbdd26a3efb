import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Changes } from '../../src/contract/changes.ts';
import { CHANGE_KINDS, createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { writeChangeToken } from '../../src/server/changeToken.ts';
import { wholeVersion } from '../../src/store/changes.ts';
import {
  addAthlete,
  created,
  type Installation,
  type Organization,
  openInstallation,
  recordMovement,
} from '../conformance/setup/installation.ts';
import { startNodes } from '../nodes/nodes.ts';
import { postgresUrl } from '../store/engines.ts';

let installation: Installation;
let ours: Organization;
let theirs: Organization;
let client: KinebaseClient;
beforeAll(async () => {
  installation = await openInstallation();
  ours = await installation.organization('ours');
  theirs = await installation.organization('theirs');
  client = createClient({ url: installation.url, token: ours.token });
});
afterAll(() => installation.end());

async function ask(query: string, organization = ours): Promise<Changes> {
  const { status, text, json } = await organization.call(`/changes${query}`);
  expect(status, text).toBe(200);
  return JSON.parse(json.body);
}

const refusal = async (query: string, organization = ours) => {
  const { status, json } = await organization.call(`/changes${query}`);
  return { status, code: json.code, message: json.message };
};

test('the feed brings everything that the lists hold, as they hold it, and then what is changed', async () => {
  const athlete = await addAthlete(ours, 'Ada', 'Brook');
  const assessment = await created(
    ours.call('/assessments', { method: 'POST', body: { 'Assessment Name': 'Return' } }),
  );
  const session = await recordMovement(ours, 'Squat', { athleteID: athlete.ValorID });
  await recordMovement(ours, 'Squat', { athleteID: athlete.ValorID, kind: 'free' });
  const { changes, token, hasMore } = await ask('');
  expect(hasMore).toBe(false);
  const of = (kind: string) => changes.filter((change) => change.kind === kind).map(({ record }) => record);
  const list = async (path: string) => JSON.parse((await ours.call(path)).json.body);
  expect(of('athlete')).toEqual([athlete]);
  expect(of('assessment')).toEqual([assessment]);
  expect(of('session')).toEqual([session]);
  const byName = (one: any, other: any) => (one['Exercise Name'] < other['Exercise Name'] ? -1 : 1);
  expect(of('exercise').sort(byName)).toEqual((await list('/exercises')).sort(byName));
  const [current] = await list(`/sessions/${session['Session ID']}/reports`);
  const { Current, ...report } = current;
  expect(Current).toBe(true);
  expect(of('report')).toEqual([{ 'Session ID': session['Session ID'], s3Key: session.s3Key, ...report }]);
  expect(changes.every(({ deleted }) => !deleted)).toBe(true);
  const versions = changes.map(({ version }) => version);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));

  expect(await ask(`?since=${token}`)).toEqual({ changes: [], token, hasMore: false });
  expect(await ask('?since=&kinds=&limit=')).toEqual({ changes, token, hasMore });
  await ours.call(`/athletes/${athlete.ValorID}`, { method: 'PATCH', body: { FirstName: 'Bea' } });
  await ours.call(`/sessions/${session['Session ID']}`, { method: 'DELETE' });
  const next = await ask(`?since=${token}`);
  expect(next.changes).toEqual([
    {
      kind: 'athlete',
      id: athlete.ValorID,
      version: versions.at(-1)! + 2,
      deleted: false,
      record: { ...athlete, FirstName: 'Bea' },
    },
    ...(['session', 'report'] as const).map((kind) => ({
      kind,
      id: session['Session ID'],
      version: versions.at(-1)! + 3,
      deleted: true,
      record: null,
    })),
  ]);
  expect((await ask(`?since=${token}&kinds=report`)).changes).toEqual([next.changes[2]]);
  expect((await ask(`?since=${token}&kinds=athlete, session`)).changes).toEqual(next.changes.slice(0, 2));
});

test('who asks from now on gets a token and nothing that was before', async () => {
  const { changes, token, hasMore } = await ask('?since=now&kinds=athlete');
  expect({ changes, hasMore }).toEqual({ changes: [], hasMore: false });
  const athlete = await addAthlete(ours, 'Grace', 'Now');
  const next = await ask(`?since=${token}`);
  expect(next.changes).toMatchObject([{ kind: 'athlete', id: athlete.ValorID, record: athlete }]);
  expect((await ask('?since=now')).token).toBe(next.token);
});

test('limit cuts it into answers, and hasMore says whether to go on at once', async () => {
  const { changes, token } = await ask('');
  const one = await ask('?limit=1');
  expect(one).toMatchObject({ changes: changes.slice(0, 1), hasMore: true });
  const all = [...one.changes];
  for (let page = one; page.hasMore; all.push(...page.changes))
    page = await ask(`?since=${page.token}&limit=7`);
  expect(all).toEqual(changes);
  expect((await ask('?limit=99999')).token).toBe(token);
});

test('what is asked wrongly is named', async () => {
  expect(await refusal('?kinds=athlete,film')).toEqual({
    status: 400,
    code: 'invalid_parameter',
    message:
      'Query parameter kinds must be some of athlete, assessment, exercise, session, report, separated by commas, not "film".',
  });
  for (const limit of ['0', '-1', '1.5', 'x'])
    expect(await refusal(`?limit=${limit}`)).toMatchObject({ status: 400, code: 'invalid_parameter' });
  expect(await refusal('?from=2026-01-01')).toMatchObject({ status: 400, code: 'unknown_parameter' });
  expect(await refusal('?since=a&since=b')).toMatchObject({ status: 400, code: 'invalid_parameter' });
});

describe('a token', () => {
  test('that is damaged, made up, of a page or of another organization is refused', async () => {
    const { token } = await ask('');
    const invalid = { status: 400, code: 'invalid_continuation_token' };
    expect(await refusal(`?since=${token.slice(1)}`)).toMatchObject(invalid);
    expect(await refusal('?since=%00')).toMatchObject({ status: 400 });
    expect(await refusal('?since=0')).toMatchObject(invalid);
    expect(await refusal(`?since=${token}`, theirs)).toMatchObject(invalid);
    expect((await ask('', theirs)).token).not.toBe(token);
  });

  test('that is ahead of the store says that changes are lost', async () => {
    const { cursorSecret, db } = installation.server.deps;
    const head = (await ours.call('/organization')).json.body;
    const { Version } = JSON.parse(head);
    const ahead = writeChangeToken(cursorSecret, ours.id, wholeVersion(Version + 1));
    const answer = await refusal(`?since=${ahead}`);
    expect(answer).toMatchObject({ status: 410, code: 'changes_lost' });
    expect(answer.message).toContain(`version ${Version + 1}`);
    await expect(client.changes({ since: ahead })).rejects.toMatchObject({ code: 'changes_lost' });
    // The way there: a backup is put back.
    const { token } = await ask('');
    await db.query('update organizations set version = version - 1 where org_id = $1', [ours.id]);
    try {
      expect(await refusal(`?since=${token}`)).toMatchObject({ status: 410 });
    } finally {
      await db.query('update organizations set version = version + 1 where org_id = $1', [ours.id]);
    }
  });
});

test('who has the answer already is told so, until something changes', async () => {
  const { token } = await ask('');
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${installation.url}/changes${query}`, {
      headers: { authorization: `Bearer ${ours.token}`, ...headers },
    });
  const first = await get(`?since=${token}`);
  const etag = first.headers.get('etag')!;
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  const again = await get(`?since=${token}`, { 'if-none-match': etag });
  expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
  expect((await get(`?since=${token}`, { 'if-none-match': etag, prefer: 'body=json' })).status).toBe(200);
  expect((await get('', { 'if-none-match': etag })).status).toBe(200);
  await addAthlete(ours, 'Cy', 'Dale');
  const changed = await get(`?since=${token}`, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(((await changed.json()) as { body: string }).body).toContain('Cy');
});

describe('the client', () => {
  test('iterates every change over all answers, and gives each answer with its token', async () => {
    const whole = await client.changes();
    expect(whole).toEqual(await ask(''));
    const seen = [];
    for await (const change of client.changes({ limit: 10 })) seen.push(change);
    expect(seen).toEqual(whole.changes);
    const pages = [];
    for await (const page of client.changes({ limit: 10, kinds: ['athlete', 'exercise'] }).pages())
      pages.push(page);
    expect(pages.flatMap(({ changes }) => changes)).toEqual(
      whole.changes.filter(({ kind }) => kind === 'athlete' || kind === 'exercise'),
    );
    expect(pages.map(({ hasMore }) => hasMore)).toEqual([...pages.slice(1).map(() => true), false]);
    expect(pages.at(-1)!.token).toBe(whole.token);
    expect(await client.changes({ since: whole.token })).toEqual({
      changes: [],
      token: whole.token,
      hasMore: false,
    });
    expect([...CHANGE_KINDS]).toContain(whole.changes[0]!.kind);
  });
});

test.skipIf(postgresUrl === null)(
  'a token of one server is good at another, and both know what either committed',
  async () => {
    const { nodes, administrator, end } = await startNodes(2);
    try {
      const [one, two] = nodes.map(({ url }) => createClient({ url, ...administrator }));
      const { token } = await one!.changes();
      for (let round = 0, since = token; round < 10; round++) {
        const [from, to] = round % 2 === 0 ? [one!, two!] : [two!, one!];
        const { ValorID } = await from.athletes.create({ FirstName: 'Ann', LastName: String(round) });
        const next = await to.changes({ since });
        expect(next.changes.map(({ id }) => id)).toEqual([ValorID]);
        since = next.token;
      }
    } finally {
      await end();
    }
  },
  60_000,
);
