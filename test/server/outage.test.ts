import { connect, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place, postgresUrl } from '../store/engines.ts';
import { type Caller, createCaller, filesBelow, motionFile, sendRaw } from './uploading.ts';

/** What lies between server and database: passes bytes on, and resets all connections when told. */
interface Line {
  port: number;
  reset(): void;
  end(): Promise<void>;
}

function lineTo(target: number): Promise<Line> {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as { port: number }).port,
        reset: () => {
          for (const socket of open) socket.resetAndDestroy();
        },
        end: () => new Promise((ended) => server.close(() => ended())),
      });
    });
  });
}

describe.skipIf(postgresUrl === null)('while PostgreSQL goes away', () => {
  let place: Place;
  let line: Line;
  let server: TestServer;
  let token: string;
  let caller: Caller;
  let athleteID: string;
  /** A person at the database itself, not through the line. */
  let person: pg.Client;

  beforeAll(async () => {
    place = await databasePlace();
    const through = new URL(place.url);
    line = await lineTo(Number(through.port));
    through.port = String(line.port);
    server = await startServer({ DATABASE_URL: through.href });
    const { username, password, clientId } = server.firstAdministrator!;
    token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
    caller = createCaller(server.url, token);
    athleteID = await caller.athlete();
    person = new pg.Client({ connectionString: place.url });
    await person.connect();
  });
  afterAll(async () => {
    await person?.end();
    await server?.end();
    await line?.end();
    await place?.remove();
  });

  /** Statements of the server that wait for the table that is locked here. */
  async function waiting(): Promise<number[]> {
    for (;;) {
      const { rows } = await person.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows.length > 0) return rows.map(({ pid }) => pid);
    }
  }

  /** Has the store go away while it works on what `ask` asks for. */
  async function during<T>(
    ask: (goAway: () => Promise<void>) => Promise<T>,
    goAway: () => Promise<void>,
  ): Promise<T> {
    await person.query('begin');
    await person.query('lock table athletes in access exclusive mode');
    try {
      return await ask(goAway);
    } finally {
      await person.query('rollback');
    }
  }

  const WAYS: [string, () => Promise<void>][] = [
    [
      'is reset',
      async () => {
        await waiting();
        line.reset();
      },
    ],
    [
      'is ended by its administrator',
      async () => {
        for (const pid of await waiting()) await person.query('select pg_terminate_backend($1)', [pid]);
      },
    ],
  ];

  const REQUESTS: [string, () => Promise<{ status: number; body: { code: string }; headers: Headers }>][] = [
    ['a list', () => caller.call('GET', '/athletes')],
    ['a new record', () => caller.call('POST', '/athletes', { FirstName: 'Ann', LastName: 'Lee' })],
    ['a recording', () => caller.upload({ fileName: 'a.mot', athleteID }, motionFile())],
  ];

  for (const [way, goAway] of WAYS) {
    test.each(REQUESTS)(
      `a connection to it that ${way} is no fault of whoever asked: %s`,
      async (_, request) => {
        const answer = await during(async (leave) => (await Promise.all([request(), leave()]))[0], goAway);
        expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
        expect(answer.headers.get('retry-after')).toBe('5');
        expect((await caller.call('GET', '/athletes')).body).toHaveLength(1);
      },
    );

    test(`a connection to it that ${way} is no fault of who is still sending`, async () => {
      const query = new URLSearchParams({ fileName: 'a.mot', athleteID });
      const file = motionFile();
      const answer = await during(
        (leave) =>
          sendRaw(server.url, `/sessions?${query}`, { authorization: token }, async (send) => {
            await send(file.slice(0, 1000));
            await leave();
            await send(file.slice(1000));
          }),
        goAway,
      );
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([503, 'unavailable']);
      expect(await caller.sessions()).toEqual([]);
      expect(filesBelow(server.data).filter((path) => path.includes('objects'))).toEqual([]);
    });
  }
});
