import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/contract/sessions.ts';
import { SLICE } from '../../../src/server/export/sessions.ts';
import type { Db } from '../../../src/store/db.ts';
import { createOrganization } from '../../../src/store/organizations.ts';
import { changeSession, deleteSession, insertSessions } from '../../../src/store/sessions.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { ENGINES, type Place, watched } from '../../store/engines.ts';
import { furnish, session } from '../../store/records.ts';

const ORGANIZATION = 'exported';
/** More than two slices. */
const COUNT = 2345;
const name = (index: number) => ['Squat', 'Say "go" \\ now', 'Bücken 🏋', 'two\nlines'][index % 4]!;
const all = Array.from({ length: COUNT }, (_, index) =>
  session(`R${String(index).padStart(5, '0')}`, {
    recordedAt_us: 1_777_000_000_000_000 + ((index * 7919) % COUNT) * 60e6,
    name: name(index),
    athleteId: index % 3 === 0 ? 'A2' : 'A1',
    assessmentId: index % 5 === 0 ? 'S1' : null,
    kind: index % 5 === 0 ? 'assessment' : index % 7 === 0 ? 'free' : 'exercise',
  }),
);
const listed = all.filter(({ kind }) => kind !== 'free').map(({ sessionId }) => sessionId);

for (const engine of ENGINES.filter(({ name }) => name === 'SQLite' || name === 'PostgreSQL')) {
  describe.skipIf(!engine.available)(`all sessions in one answer (${engine.name})`, () => {
    let place: Place;
    let server: TestServer;
    let db: Db;
    let token: string;
    beforeAll(async () => {
      place = await engine.place();
      server = await startServer({ DATABASE_URL: place.url });
      db = server.deps.db;
      const { organization, username, password, clientId } = server.firstAdministrator!;
      token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
      expect(organization).not.toBe(ORGANIZATION);
      await furnish(db, organization);
      await insertSessions(db, organization, all, 1);
      await createOrganization(db, ORGANIZATION, 'Another', 0);
      await furnish(db, ORGANIZATION);
      await insertSessions(db, ORGANIZATION, [session('ZZZ')], 1);
    });
    afterEach(() => {
      server.deps.db = db;
    });
    afterAll(async () => {
      await server?.end();
      await place?.remove();
    });

    const own = () => server.firstAdministrator!.organization;
    const ask = (path = '/export', headers: Record<string, string> = {}) =>
      fetch(server.url + path, {
        headers: { authorization: token, 'accept-encoding': 'identity', ...headers },
      });
    const linesOf = async (path?: string): Promise<Session[]> => {
      const text = await (await ask(path)).text();
      expect(text === '' || text.endsWith('\n')).toBe(true);
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Session);
    };
    const idsOf = async (path?: string) => (await linesOf(path)).map((one) => one['Session ID']);
    /** Counts the slices that are asked for; `before` runs ahead of each. */
    const slices = (before: (count: number) => Promise<void> | void = () => {}) => {
      const counted = { slices: 0 };
      server.deps.db = watched(db, async (sql) => {
        if (sql.includes('max(session_id)')) await before(++counted.slices);
      });
      return counted;
    };
    const slicesOf = (sessions: number) => Math.floor(sessions / SLICE[db.dialect]) + 1;
    const roundTrips = async () => {
      for (let i = 0; i < 20; i++) await (await fetch(`${server.url}/health`)).text();
    };
    const open = async (): Promise<IncomingMessage> => {
      const asked = request(`${server.url}/export`, { headers: { authorization: token } }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.on('error', () => {});
      return answer;
    };

    test('each comes once, in the order of the ids, exactly as it is answered alone; free ones never', async () => {
      const response = await ask();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      expect(response.headers.get('content-length')).toBe(null);
      expect(response.headers.get('content-encoding')).toBe(null);
      const lines = (await response.text()).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => (JSON.parse(line) as Session)['Session ID'])).toEqual(listed);
      for (const place of [0, 1, 2, 3, lines.length - 1]) {
        const alone = await (await ask(`/sessions/${listed[place]}`, { prefer: 'body=json' })).text();
        expect(alone).toBe(`{"statusCode":200,"body":${lines[place]}}`);
      }
    });

    test.each([
      'athleteID=A2',
      'athleteID=A1,A2&exerciseID=E1',
      'assessmentID=S1',
      'assessmentID=singleExercise&athleteID=A1',
      `name=${encodeURIComponent(name(1))}`,
      'from=2026-04-24&to=2026-04-24',
      'exerciseID=none',
    ])('filters choose what the list chooses: %s', async (query) => {
      const listed: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page = (await (
          await ask(`/sessions?${query}`, { prefer: 'body=json', 'X-Continuation-Token': next })
        ).json()) as { body: Session[]; 'X-Continuation-Token': string | null };
        listed.push(...page.body.map((one) => one['Session ID']));
        next = page['X-Continuation-Token'];
      }
      expect(await idsOf(`/export?${query}`)).toEqual(listed.sort());
    });

    test('order and limit are refused, and so is an unknown filter value', async () => {
      for (const query of ['limit=5', 'order=oldest', 'from=yesterday'])
        expect((await ask(`/export?${query}`)).status).toBe(400);
      expect((await fetch(`${server.url}/export`)).status).toBe(401);
    });

    test('it is compressed only when that is asked for', async () => {
      const plain = await (await ask()).text();
      const asked = request(`${server.url}/export`, {
        headers: { authorization: token, 'accept-encoding': 'gzip' },
      }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect(answer.headers['content-encoding']).toBe('gzip');
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe(plain);
    });

    test('what is there all the while comes once, whatever is recorded, changed and removed meanwhile', async () => {
      const added = ['R00000.5', 'R01500.5', 'X'].map((id) => session(id));
      const moved = listed[1]!;
      const removed = ['R00003', 'R01501'];
      const counted = slices(async (count) => {
        if (count !== 2) return;
        await insertSessions(db, own(), added, 2);
        await changeSession(db, own(), moved, (one) => ({ ...one, recordedAt_us: 9e14 }), 2);
        for (const id of removed) await deleteSession(db, own(), id, 2);
      });
      const ids = await idsOf();
      expect(counted.slices).toBe(slicesOf(COUNT + added.length - removed.length));
      expect(ids.filter((id) => listed.includes(id) && !removed.includes(id))).toEqual(
        listed.filter((id) => !removed.includes(id)),
      );
      expect(new Set(ids).size).toBe(ids.length);
      for (const { sessionId } of added) await deleteSession(db, own(), sessionId, 3);
      await insertSessions(
        db,
        own(),
        all.filter(({ sessionId }) => removed.includes(sessionId)),
        3,
      );
    });

    test('a failure before the first line is answered in full, one after it ends the connection', async () => {
      slices(() => {
        throw new Error('the store fails');
      });
      const refused = await ask();
      expect([refused.status, await refused.json()]).toMatchObject([500, { code: 'internal' }]);

      slices((count) => {
        if (count === 3) throw new Error('the store fails');
      });
      const broken = await ask();
      expect(broken.status).toBe(200);
      await expect(broken.text()).rejects.toThrow();

      slices((count) => {
        if (count === 2) throw new Error('the store fails');
      });
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(`GET /export HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n\r\n`);
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
      });
      await once(socket, 'close');
      expect(received).toContain('"Session ID"');
      expect(received.endsWith('0\r\n\r\n')).toBe(false);
    });

    test('whoever asks for the head alone has nothing read', async () => {
      const counted = slices();
      const response = await fetch(`${server.url}/export`, {
        method: 'HEAD',
        headers: { authorization: token },
      });
      expect([response.status, await response.text()]).toEqual([200, '']);
      await roundTrips();
      expect(counted.slices).toBeLessThanOrEqual(2);
    });

    test('a client that takes nothing is not read ahead for, and one that is gone not at all', async () => {
      // Long names: more than the network holds on its way.
      const long = Array.from({ length: 4000 }, (_, index) =>
        session(`T${String(index).padStart(5, '0')}`, { name: 'ä'.repeat(2000) }),
      );
      for (let first = 0; first < long.length; first += 1000)
        await insertSessions(db, own(), long.slice(first, first + 1000), 1);
      const total = slicesOf(COUNT + long.length);

      const patient = slices();
      const slow = await open();
      await roundTrips();
      expect(patient.slices).toBeLessThan(total);
      let ends = 0;
      for await (const chunk of slow) for (const byte of chunk as Buffer) if (byte === 10) ends++;
      expect(ends).toBe(listed.length + long.length);
      expect(patient.slices).toBe(total);

      const counted = slices();
      const gone = await open();
      gone.destroy();
      await roundTrips();
      const asked = counted.slices;
      expect(asked).toBeLessThan(total);
      await roundTrips();
      expect(counted.slices).toBe(asked);
    });

    test.skipIf(engine.name !== 'PostgreSQL')(
      'a client that goes while a slice is read leaves no statement and no connection behind',
      async () => {
        const [person, onlooker] = [place, place].map(({ url }) => new pg.Client({ connectionString: url }));
        await Promise.all([person!.connect(), onlooker!.connect()]);
        /** Who waits for a lock, once somebody does: nothing else of the server touches the table that is locked. */
        const waiting = async (): Promise<number> => {
          for (;;) {
            const { rows } = await onlooker!.query<{ pid: number }>(
              `select pid from pg_locks where relation = 'sessions'::regclass and not granted
                 and database = (select oid from pg_database where datname = current_database())`,
            );
            if (rows[0] !== undefined) return rows[0].pid;
          }
        };
        /** Until a connection is closed or in the pool again, outside any transaction. */
        const free = async (pid: number): Promise<void> => {
          for (;;) {
            const { rows } = await onlooker!.query<{ state: string }>(
              'select state from pg_stat_activity where pid = $1',
              [pid],
            );
            if (rows.every(({ state }) => state === 'idle')) return;
          }
        };
        const counted = slices();
        await person!.query('begin');
        await person!.query('lock table sessions in access exclusive mode');
        const asked = request(`${server.url}/export`, { headers: { authorization: token } }).end();
        asked.on('error', () => {});
        const reading = await waiting();
        asked.destroy();
        await roundTrips();
        await person!.query('commit');
        await free(reading);
        await roundTrips();
        expect(counted.slices).toBeLessThanOrEqual(2);
        await Promise.all([person!.end(), onlooker!.end()]);
      },
    );
  });
}
