import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresFolder, startPostgres, type TestPostgres } from '../setup/postgres.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller, filesBelow, motionFile } from './uploading.ts';

/** A whole PostgreSQL that stops, freezes or is kept busy under a running server. */
describe.skipIf(postgresFolder() === null)('a server whose database', () => {
  let database: TestPostgres;
  let server: TestServer;
  let caller: Caller;
  let athleteID: string;

  beforeAll(async () => {
    database = (await startPostgres())!;
    const admin = await connect(database.adminUrl);
    await admin.query('create database kinebase owner kinebase');
    await admin.end();
    const url = new URL(database.url);
    url.pathname = '/kinebase';
    server = await startServer({ DATABASE_URL: url.href }, (config) => ({ ...config, databasePool: 4 }));
    const { username, password, clientId } = server.firstAdministrator!;
    caller = createCaller(
      server.url,
      `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`,
    );
    athleteID = await caller.athlete();
  });
  afterAll(async () => {
    await server?.end();
    await database?.stop();
  });

  async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  }

  const athletes = () => caller.call('GET', '/athletes');

  const REQUESTS: [string, () => Promise<{ status: number; headers: Headers; body: { code: string } }>][] = [
    ['a list', athletes],
    ['a page of sessions', () => caller.call('GET', '/sessions')],
    ['a new record', () => caller.call('POST', '/athletes', { FirstName: 'Ann', LastName: 'Lee' })],
    ['a recording', () => caller.upload({ fileName: 'a.mot', athleteID }, motionFile())],
    ['whether it is ready', () => caller.call('GET', '/ready')],
  ];

  /** All answers say the same, long before a client gives up. */
  async function expectUnavailable(): Promise<void> {
    const begun = performance.now();
    const answers = await Promise.all(
      REQUESTS.map(async ([what, request]) => {
        const { status, headers, body } = await request();
        return [what, status, body.code, headers.get('retry-after')];
      }),
    );
    expect(answers).toEqual(REQUESTS.map(([what]) => [what, 503, 'unavailable', '5']));
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await caller.call('GET', '/health')).status).toBe(200);
  }

  /** Everything works again by itself, and nothing of what was refused is there. */
  async function expectRecovery(): Promise<void> {
    while ((await athletes()).status !== 200);
    expect((await athletes()).body).toHaveLength(1);
    expect(await caller.sessions()).toEqual([]);
    expect(filesBelow(server.data).filter((path) => path.includes('objects'))).toEqual([]);
    const added = await caller.call('POST', '/athletes', { FirstName: 'Ann', LastName: 'Lee' });
    expect(added.status).toBe(201);
    expect((await caller.call('DELETE', `/athletes/${added.body.ValorID}`)).status).toBe(204);
  }

  test('is stopped answers 503, and works again when it is started', async () => {
    await database.halt();
    await expectUnavailable();
    await database.start();
    await expectRecovery();
  });

  test('freezes answers 503, and works again when it thaws', async () => {
    const admin = await connect(database.adminUrl);
    const { rows } = await admin.query<{ pid: number }>(
      'select pid from pg_stat_activity where pid <> pg_backend_pid()',
    );
    await admin.end();
    const frozen = [database.pid(), ...rows.map(({ pid }) => pid)];
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      await expectUnavailable();
    } finally {
      for (const pid of frozen.reverse()) process.kill(pid, 'SIGCONT');
    }
    await expectRecovery();
  });

  test('is kept busy sheds what it cannot serve, and lets nobody wait for ever', async () => {
    const url = new URL(database.url);
    url.pathname = '/kinebase';
    const person = await connect(url.href);
    await person.query('begin');
    await person.query('lock table athletes in access exclusive mode');
    const answers = await Promise.all(Array.from({ length: 600 }, athletes));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['503 unavailable']),
    );
    await person.query('rollback');
    await person.end();
    await expectRecovery();
  });
});
