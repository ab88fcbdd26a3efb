import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place } from '../store/engines.ts';
import { createShell } from './kinebase.ts';

const postgresUrl = inject('postgresUrl');
const shell = createShell();
const folder = mkdtempSync(join(tmpdir(), 'kinebase-move-'));
const data = join(folder, 'data');
const migrate = (...args: string[]) => shell.run(['migrate', ...args]);
const [demo] = DEMO;
const account = { username: demo!.username, password: demo!.password, clientId: demo!.clientId };

/** What people see of an archive: every page of sessions, reports in all their versions, channels, the state of its jobs. */
async function seen(url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const { username, password, clientId } of DEMO) {
    const client = createClient({ url, username, password, clientId });
    const sessions = await client.sessions.list({ limit: 50 }).all();
    answers.push(sessions, await client.athletes.list().all(), await client.assessments.list().all());
    answers.push(await client.exercises.list().all(), await client.channels.list().all());
    for (const session of sessions.filter((_, place) => place % 9 === 0 || place < 3)) {
      const id = session['Session ID'];
      for (const { Version } of await client.sessions.reports(id).all())
        answers.push(await client.reportData(session.s3Key, { version: Version }));
      answers.push(await client.ikData(session.s3Key, { points: 20 }));
    }
  }
  return answers;
}

let before: unknown[];
let refreshToken: string;
let keySecret: string;
let server: TestServer | null;
beforeAll(async () => {
  server = await startServer({ DATA: data, DEMO: 'true' });
  const client = createClient({ url: server.url, ...account });
  const { items: first } = await client.sessions.list({ limit: 3 });
  const id = first[0]!['Session ID'];
  const signIn = ['--url', server.url, '--username', account.username, '--client', account.clientId];
  const again = await shell.run(['recompute', '--session', id, ...signIn], {
    env: { KINEBASE_PASSWORD: account.password },
  });
  expect(again.stdout).toContain('All reports are computed');
  await client.sessions.delete(first[1]!['Session ID']);
  const words = { Joint: 'knee', Kind: 'flexion', Positive: 'flexion', Negative: 'extension' } as const;
  await client.channels.put({ Channel: 'Kniewinkel', ...words });
  keySecret = (await client.keys.create({ Name: 'export', Scopes: ['read'] })).Key;
  refreshToken = (await server.signIn(account.username, account.password, account.clientId)).RefreshToken;
  before = await seen(server.url);
}, 180_000);
afterAll(async () => {
  await server?.stop();
  shell.end();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(postgresUrl === null)('a demo archive with a past', () => {
  let place: Place;
  const objectsOf = (name: string) => join(folder, name);
  beforeAll(async () => {
    place = await databasePlace();
  });
  afterAll(() => place.remove());

  const move = (...more: string[]) =>
    migrate(
      ...['--from', `sqlite:${data}`, '--to', place.url],
      ...['--objects-from', `file:${data}/objects`, '--objects-to', `file:${objectsOf('moved')}`],
      ...more,
    );

  test('is not moved while its server runs', async () => {
    const { code, stderr } = await move();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: the data folder .+ is in use by kinebase serve \(process \d+.+\n$/),
    ]);
    await server!.stop();
    server = null;
  });

  test('is moved to PostgreSQL with its objects, and compared', async () => {
    const { code, stdout, stderr } = await move();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Source\nThe schema is up to date \(\d+\)\nTarget\nApplied schema 1 \(start\)\n/);
    expect(stdout).toMatch(/^sessions +239$/m);
    expect(stdout).toMatch(/^All \d+ rows are equal on both sides$/m);
    expect(stdout).toMatch(/^(\d+) objects \(\d+ bytes\) are equal on both sides; \1 were copied now$/m);
  });

  test('is served from there as before: pages, reports, series, sign-ins, tokens and keys', async () => {
    const moved = await startServer({ DATA: objectsOf('elsewhere'), DATABASE_URL: place.url }, (config) => ({
      ...config,
      objectsUrl: `file:${objectsOf('moved')}`,
    }));
    try {
      expect(await seen(moved.url)).toEqual(before);
      const old = createClient({ url: moved.url, refreshToken, clientId: account.clientId });
      expect((await old.organization()).OrganizationID).toBe('riverside');
      const reader = createClient({ url: moved.url, apiKey: keySecret });
      expect((await reader.organization()).OrganizationID).toBe('riverside');
    } finally {
      await moved.stop();
    }
  });

  test('is not moved into what is no longer empty, nor from where nothing is', async () => {
    const full = await move();
    expect([full.code, full.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^error: the target is not empty: it has organizations; move into a new database/,
      ),
    ]);
    const nothing = await migrate('--from', `sqlite:${folder}/nothing`, '--to', place.url);
    expect([nothing.code, nothing.stderr]).toEqual([1, `error: there is no store in ${folder}/nothing\n`]);
    expect(readdirSync(folder)).not.toContain('nothing');
  });

  test('is moved back into a data folder', async () => {
    const back = objectsOf('back');
    const objects = ['--objects-from', `file:${objectsOf('moved')}`, '--objects-to', `file:${back}/objects`];
    const ran = await migrate('--from', place.url, '--data', back, ...objects);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const returned = await startServer({ DATA: back });
    try {
      expect(await seen(returned.url)).toEqual(before);
    } finally {
      await returned.stop();
    }
  });

  test('without the recordings of a session, says which object is missing', async () => {
    const lost = objectsOf('lost');
    const prefix = join(objectsOf('moved'), 'org/riverside');
    rmSync(join(prefix, readdirSync(prefix)[0]!, 'original'));
    const objects = ['--objects-from', `file:${objectsOf('moved')}`, '--objects-to', `file:${lost}/objects`];
    const { code, stderr } = await migrate('--from', place.url, '--data', lost, ...objects);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^error: the source lacks 1 objects that sessions name, the first is org\/riverside\/.+\/original\n$/,
      ),
    ]);
  });
});

describe('without an archive to move', () => {
  test('the schema of the configured store is brought up to date', async () => {
    const fresh = join(folder, 'fresh');
    const first = await migrate('--data', fresh);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^(Applied schema \d+ \(\w+\)\n)+$/);
    const second = await migrate('--data', fresh);
    expect(second.stdout).toMatch(/^The schema is up to date \(\d+\)\n$/);
  });

  test.each([
    [['--to', 'sqlite:x'], '--to says nothing without --from, the store to move'],
    [['--resume'], '--resume says nothing without --from, the store to move'],
    [['--from', 'sqlite:x', '--objects-to', 'file:y'], '--objects-from and --objects-to belong together'],
    [['--from', 'sqlite:x', '--to', 'sqlite:x'], '--from and --to are the same store'],
    [['--citus', '--data', 'x'], '--citus needs PostgreSQL, not SQLite (store_unusable)'],
    [
      ['--citus', '--from', 'sqlite:x'],
      '--citus goes before a move: distribute the empty store, then move into it',
    ],
  ])('%j is refused in one line', async (args, message) => {
    const { code, stderr } = await migrate(...args);
    expect([code, stderr]).toEqual([1, `error: ${message}\n`]);
  });
});
