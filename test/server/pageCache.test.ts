import { afterAll, beforeAll, expect, test } from 'vitest';
import { PIPELINE_VERSION } from '../../src/motion/process.ts';
import { insertSessions } from '../../src/store/sessions.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import { startServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
let headers: Record<string, string>;
let athlete: string;
let exercise: string;

beforeAll(async () => {
  server = await startServer();
  const account = server.firstAdministrator!;
  const { IdToken } = await server.signIn(account.username, account.password, account.clientId);
  headers = { authorization: `Bearer ${IdToken}`, prefer: 'body=json' };
  athlete = (await post('/athletes', { FirstName: 'Ada', LastName: 'Brook' })).ValorID;
  exercise = (await get('/exercises')).body[0]['Exercise ID'];
});
afterAll(() => server.end());

const get = async (path: string, more: Record<string, string> = {}) =>
  (await (await fetch(server.url + path, { headers: { ...headers, ...more } })).json()) as any;
const post = async (path: string, body: unknown) =>
  (
    (await (
      await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as any
  ).body;

const session = (id: string, minute: number): StoredSession => ({
  sessionId: id,
  recordedAt_us: Date.UTC(2026, 0, 1, 0, minute) * 1000,
  athleteId: athlete,
  assessmentId: null,
  exerciseId: exercise,
  name: id,
  kind: 'exercise',
  duration_s: 1,
  s3Key: `ik-${id}`,
  sourceName: 'a.mot',
  sourceSha256: '0'.repeat(64),
  sourceBytes: 1,
  sourceRate_hz: null,
  objects: `${id}.test`,
  seriesVersion: 1,
  reportVersion: 1,
  processing: null,
  repetitions: null,
  pipelineVersion: PIPELINE_VERSION,
});
const add = (id: string, minute: number) => insertSessions(server.deps.db, 'main', [session(id, minute)], 0);
const names = (page: any) => page.body.map((found: any) => found['Session Name']);

test('a page that was asked for again and again shows an acknowledged change at the next asking', async () => {
  await add('one', 1);
  for (let time = 0; time < 4; time++) expect(names(await get('/sessions'))).toEqual(['one']);
  await add('two', 2);
  expect(names(await get('/sessions'))).toEqual(['two', 'one']);
  for (let time = 0; time < 3; time++) expect(names(await get('/sessions'))).toEqual(['two', 'one']);
  const patched = await fetch(`${server.url}/sessions/one`, {
    method: 'PATCH',
    headers,
    body: '{"Session Name":"uno"}',
  });
  expect(patched.status).toBe(200);
  expect(names(await get('/sessions'))).toEqual(['two', 'uno']);
  expect((await fetch(`${server.url}/sessions/two`, { method: 'DELETE', headers })).status).toBe(204);
  expect(names(await get('/sessions'))).toEqual(['uno']);
});

test('what is kept for one form, coding, filter or limit is not given for another', async () => {
  for (let minute = 10; minute < 40; minute++) await add(`s${minute}`, minute);
  const asked = [
    ['/sessions', {}],
    ['/sessions', { prefer: 'body=string' }],
    ['/sessions', { 'accept-encoding': 'identity' }],
    ['/sessions?limit=3', {}],
    ['/sessions?limit=3&order=oldest', {}],
    ['/sessions?name=s12', {}],
  ] as const;
  const first = await Promise.all(asked.map(([path, more]) => get(path, more)));
  for (let time = 0; time < 3; time++) {
    for (const [place, [path, more]] of asked.entries()) expect(await get(path, more)).toEqual(first[place]);
  }
  expect(names(first[3])).toEqual(['s39', 's38', 's37']);
  expect(names(first[5])).toEqual(['s12']);
  expect(typeof first[1].body).toBe('string');
});

test('another organization never gets a kept page', async () => {
  const other = await post('/organizations', { Name: 'Other', Admin: 'a@other.example' });
  const { IdToken } = await server.signIn('a@other.example', other.Admin.Password, 'kinebase');
  for (let time = 0; time < 3; time++) {
    expect(names(await get('/sessions')).length).toBeGreaterThan(10);
    expect(names(await get('/sessions', { authorization: `Bearer ${IdToken}` }))).toEqual([]);
  }
});
