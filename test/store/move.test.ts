import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAthlete } from '../../src/store/athletes.ts';
import * as channels from '../../src/store/channels.ts';
import * as clients from '../../src/store/clients.ts';
import { type Db, StoreError } from '../../src/store/db.ts';
import { countFailure } from '../../src/store/failedSignIns.ts';
import { claimJob } from '../../src/store/jobs.ts';
import * as keys from '../../src/store/keys.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { migrate, UNFINISHED_MOVE } from '../../src/store/migrate.ts';
import { describeTables } from '../../src/store/move/catalogue.ts';
import { describeIndexes } from '../../src/store/move/indexes.ts';
import { move } from '../../src/store/move/move.ts';
import { connect, openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { queueSlice } from '../../src/store/recomputation.ts';
import { countRevocation } from '../../src/store/revocations.ts';
import { getOrCreateSecret } from '../../src/store/secrets.ts';
import * as sessions from '../../src/store/sessions.ts';
import * as signIns from '../../src/store/signIns.ts';
import { insertSigningKey } from '../../src/store/signingKeys.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import * as users from '../../src/store/users.ts';
import * as webhooks from '../../src/store/webhooks.ts';
import { ENGINES, type Engine, type Place, watched } from './engines.ts';
import { athlete, channel, furnish, record, session } from './records.ts';

const [SQLITE, POSTGRES, DICTIONARY] = ENGINES as [Engine, Engine, Engine];
/** More than two slices. */
const MANY = 2_500;

/** A store with rows in every table: two organizations of different size, one of them with a past. */
async function grow(db: Db): Promise<void> {
  await getOrCreateSecret(db, 'cursor');
  await countRevocation(db);
  await countFailure(db, 'ann', 5, 99);
  await insertSigningKey(db, { id: 'k', privateJwk: { d: 'x' }, publicJwk: { n: 'y' }, created_us: 1 });
  for (const [organization, many] of [
    ['zeta', 3],
    ['big-one', MANY],
    ['small', 40],
  ] as const) {
    await createOrganization(db, organization, `The ${organization}`, 7);
    await furnish(db, organization);
    for (const id of ['a1', 'b1', 'B1']) await createAthlete(db, organization, athlete(id), 1);
    const batch = Array.from({ length: many }, (_, index) =>
      session(`${index % 2 === 0 ? 'r' : 'R'}${index}`, {
        name: index % 3 === 0 ? 'Kniebeuge "tief" \\ 🦵' : 'Squat',
        recordedAt_us: 1_777_000_000_123_456 - index * 1_000_003,
        sourceRate_hz: index % 5 === 0 ? 99.9 : null,
        duration_s: index / 7,
        ...(index % 4 === 0 ? { assessmentId: 'S1' } : {}),
      }),
    );
    await sessions.insertSessions(db, organization, batch, 3);
    await record(db, organization, session('late'));
    const newer = (found: StoredSession) => ({
      ...found,
      reportVersion: 2,
      repetitions: [{ Start: 0.5, End: 1.25 }],
    });
    await markLoose(db, organization, 'late.9', 99);
    const renewed = { object: '9/report', reason: 'repetitions edited', loose: 'late.9' } as const;
    await sessions.replaceReport(db, organization, 'late', newer, renewed, 9);
    await sessions.deleteSession(db, organization, 'r0', 10);
    await channels.putChannel(db, organization, channel('Knie'), () => {}, 4);
    const order = { pipelineVersion: 2, anyway: true, again: false };
    await queueSlice(db, organization, {}, order, '', 20, 5);
    await claimJob(db, organization, 'claim', 6, 1000);
    const hook = { webhookId: 'W1', name: 'W', url: 'https://x.example/', secret: 'whsec_AAAA' };
    await webhooks.createWebhook(db, organization, { ...hook, kinds: ['session', 'report'] }, 50, 7);
    await webhooks.replaceSecret(db, organization, 'W1', 'whsec_BBBB', 99, 8);
    await webhooks.noteAttempt(db, organization, 'W1', {
      deliveryId: 'D1',
      started_us: 9,
      duration_ms: 10,
      status: null,
      error: 'the connection was refused',
      attempt: 1,
      changes: 2,
      test: false,
    });
    const user = { Role: 'admin', Enabled: true, Operator: false } as const;
    const credentials = { passwordHash: 'h', srpSalt: 's', srpVerifier: 'v' };
    const name = `ann@${organization}.example`;
    await users.createUser(
      db,
      organization,
      { ...user, UserID: `U-${organization}`, Username: name },
      credentials,
      1,
    );
    await clients.createClient(db, organization, { ClientID: organization, Name: 'C', BodyForm: 'json' }, 1);
    const key = { KeyID: `K-${organization}`, Name: 'K', BodyForm: 'json', Expires: null } as const;
    await keys.createKey(db, organization, { ...key, Scopes: ['read'] }, `kb_${organization}`, 1);
    const signIn = {
      origin: `o-${organization}`,
      userId: `U-${organization}`,
      clientId: organization,
      issued_us: 5,
      expires_us: 10,
    };
    await signIns.insertSignIn(db, signIn, `t-${organization}`, 'h');
  }
}

const quiet = { copied: () => {}, compared: () => {} };

/** Every row of every table but the list of migrations, sorted the same way wherever it came from. */
async function everything(db: Db): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const organizations = await db.query<{ org_id: string }>('select org_id from organizations');
  for (const { name, columns, tenant } of (await describeTables(db)).filter((t) => t.name !== 'migrations')) {
    const rows = tenant
      ? (
          await Promise.all(
            organizations.map(({ org_id }) =>
              db.within(org_id).query(`select * from ${name} where org_id = $1`, [org_id]),
            ),
          )
        ).flat()
      : await db.query(`select * from ${name}`);
    const ordered = columns.map((column) => column.name).sort();
    all[name] = rows.map((row) => JSON.stringify(ordered.map((column) => row[column]))).sort();
  }
  return all;
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreError);
  return (error as StoreError).message;
}

/** Opens a store that may hold a part of an archive. */
async function reopen(url: string): Promise<Db> {
  const db = await connect(url, 'test');
  await migrate(db, undefined, { moving: true });
  return db;
}

let source: Place;
let from: Db;
beforeAll(async () => {
  source = await SQLITE.place();
  from = await openDb(source.url);
  await grow(from);
});
afterAll(async () => {
  await from.close();
  await source.remove();
});

async function withTarget(
  engine: Engine,
  work: (to: Db, reopened: (open: (url: string) => Promise<Db>) => Promise<Db>) => Promise<void>,
): Promise<void> {
  const place = await engine.place();
  let db: Db | null = await openDb(place.url);
  try {
    const reopened = async (open: (url: string) => Promise<Db>) => {
      await db?.close();
      db = null;
      db = await open(place.url);
      return db;
    };
    await work(db, reopened);
  } finally {
    await (db as Db | null)?.close();
    await place.remove();
  }
}

test('a grown archive has rows in every table, so that none can be forgotten here', async () => {
  const empty = Object.entries(await everything(from)).filter(([, rows]) => rows.length === 0);
  expect(empty).toEqual([]);
});

for (const engine of ENGINES) {
  describe.skipIf(!engine.available)(`into ${engine.name}`, () => {
    test('a store is moved whole, and back, with its indexes', async () => {
      await withTarget(engine, async (to) => {
        const indexes = await describeIndexes(to);
        const seen: [number, number][] = [];
        const moved = await move(
          from,
          to,
          { resume: false },
          { copied: (done, total) => void seen.push([done, total]), compared: () => {} },
        );
        const all = await everything(from);
        expect(await everything(to)).toEqual(all);
        expect(Object.fromEntries(moved.map(({ table, rows }) => [table, rows]))).toEqual(
          Object.fromEntries(Object.entries(all).map(([table, rows]) => [table, rows.length])),
        );
        const total = Object.values(all).flat().length;
        expect(seen.at(-1)).toEqual([total, total]);
        expect(await describeIndexes(to)).toEqual(indexes);
        await withTarget(SQLITE, async (back) => {
          await move(to, back, { resume: false }, quiet);
          expect(await everything(back)).toEqual(all);
          expect(await describeIndexes(back)).toEqual(await describeIndexes(from));
        });
      });
    });

    test('a move that was interrupted goes on where it stopped', async () => {
      await withTarget(engine, async (to, reopened) => {
        const indexes = await describeIndexes(to);
        let inserts = 0;
        const breaking = watched(to, (sql) => {
          if (/^insert into sessions/.test(sql) && ++inserts === 4) throw new Error('pulled the plug');
        });
        expect(await refusal(move(from, breaking, { resume: false }, quiet))).toMatch(
          /^the target refuses a row between \(sessions, org_id "[^"]+", session_id "[^"]+"\) and .*pulled the plug$/,
        );
        expect(await refusal(move(from, to, { resume: false }, quiet))).toContain('go on with --resume');
        expect(await refusal(reopened(openDb))).toContain('a move into it was not finished');

        const again = await reopened(reopen);
        const written: string[] = [];
        const seen: number[] = [];
        await move(
          from,
          watched(again, (sql) => void written.push(sql)),
          { resume: true },
          { copied: (done) => void seen.push(done), compared: () => {} },
        );
        expect(written.some((sql) => sql.startsWith('insert into athletes'))).toBe(false);
        expect(written.some((sql) => sql.startsWith('insert into sessions'))).toBe(true);
        const all = await everything(from);
        expect(await everything(again)).toEqual(all);
        expect(seen.at(-1)).toBe(Object.values(all).flat().length);
        expect(await describeIndexes(again)).toEqual(indexes);
        await migrate(again);
      });
    });

    test('a row that differs, is missing, or is not of the source is named, and no server starts on it', async () => {
      await withTarget(engine, async (to, reopened) => {
        const tables = await describeTables(to);
        expect(tables.length).toBeGreaterThan(10);
        const stopped = watched(to, (sql) => {
          if (/^select count\(\*\) as rows from reports/.test(sql)) throw new Error('stop before the end');
        });
        await expect(move(from, stopped, { resume: false }, quiet)).rejects.toThrow('stop before');
        const inside = to.within('big-one');
        const set = (name: string) =>
          inside.query('update sessions set session_name = $3 where org_id = $1 and session_id = $2', [
            'big-one',
            'R77',
            name,
          ]);
        await set('Other');
        const differs = await refusal(move(from, to, { resume: true }, quiet));
        expect(differs).toBe(
          'the copy differs: sessions, org_id "big-one", session_id "R77": session_name is "Squat" in the source, "Other" in the target',
        );
        expect(await refusal(migrate(to))).toContain('a move into it was not finished');
        await set('Squat');

        await inside.query('delete from reports where org_id = $1 and session_id = $2', ['big-one', 'R77']);
        expect(await refusal(move(from, to, { resume: true }, quiet))).toBe(
          'the copy differs: reports, org_id "big-one", session_id "R77", report_version 1: the target does not have it',
        );
        const [report] = await from.query(
          'select * from reports where org_id = $1 and session_id = $2 limit 1',
          ['big-one', 'R77'],
        );
        const names = Object.keys(report!);
        await inside.query(
          `insert into reports (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')})`,
          Object.values(report!),
        );

        await createAthlete(to, 'small', athlete('stranger'), 1);
        expect(await refusal(move(from, to, { resume: true }, quiet))).toMatch(
          /^the copy differs: organizations, org_id "small": version is \d+ in the source, \d+ in the target$/,
        );
        await to.query('update organizations set version = version - 1 where org_id = $1', ['small']);
        expect(await refusal(move(from, to, { resume: true }, quiet))).toBe(
          'the copy differs: athletes, org_id "small", athlete_id "stranger": the source does not have it',
        );
        await to
          .within('small')
          .query('delete from athletes where org_id = $1 and athlete_id = $2', ['small', 'stranger']);
        await move(from, to, { resume: true }, quiet);
        const done = await reopened(openDb);
        expect(await everything(done)).toEqual(await everything(from));
      });
    });

    test('only an empty store is moved into, only a store that holds something is moved', async () => {
      await withTarget(engine, async (to) => {
        expect(await refusal(move(to, from, { resume: false }, quiet))).toContain('there is nothing to move');
        await getOrCreateSecret(to, 'cursor');
        expect(await refusal(move(from, to, { resume: false }, quiet))).toBe(
          'the target is not empty: it has secrets; move into a new database, which no server was started on',
        );
        expect(await to.query('select 1 from migrations where id = $1', [UNFINISHED_MOVE])).toEqual([]);
      });
    });

    test('a move is not gone on with from another source', async () => {
      await withTarget(engine, async (to) => {
        const stopped = watched(to, (sql) => {
          if (/^insert into exercises/.test(sql)) throw new Error('stop');
        });
        await expect(move(from, stopped, { resume: false }, quiet)).rejects.toThrow('stop');
        await withTarget(SQLITE, async (other) => {
          await createOrganization(other, 'small', 'Another', 8);
          expect(await refusal(move(other, to, { resume: true }, quiet))).toContain('of another source');
        });
      });
    });

    test('stores with different tables or columns are refused', async () => {
      await withTarget(engine, async (to) => {
        await to.query('alter table athletes add column nickname text');
        expect(await refusal(move(from, to, { resume: false }, quiet))).toBe(
          'source and target do not have the same table athletes',
        );
      });
    });
  });
}

describe.skipIf(!POSTGRES.available)('PostgreSQL to PostgreSQL', () => {
  test('that sorts otherwise', async () => {
    await withTarget(POSTGRES, async (first) => {
      await move(from, first, { resume: false }, quiet);
      await withTarget(DICTIONARY, async (second) => {
        await move(first, second, { resume: false }, quiet);
        expect(await everything(second)).toEqual(await everything(from));
      });
    });
  });

  /** That an organization exists follows from whatever else of it a row refers to; SQLite checks it all the same. */
  const firstHand = (references: readonly string[]): string[] => {
    const others = references.filter((each) => each !== 'organizations');
    return others.length > 0 ? others.sort() : [...references];
  };

  test('both engines describe the same tables in an order of their references', async () => {
    await withTarget(POSTGRES, async (to) => {
      const shape = async (db: Db) =>
        (await describeTables(db))
          .map(({ name, columns, key, foreignKeys, tenant }) => ({
            name,
            columns: [...columns].sort((a, b) => (a.name < b.name ? -1 : 1)),
            key,
            references: firstHand(foreignKeys.map((each) => each.references)),
            tenant,
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(await shape(to)).toEqual(await shape(from));
      const names = (await describeTables(to)).map(({ name }) => name);
      for (const { name, foreignKeys } of await describeTables(to))
        for (const { references } of foreignKeys)
          expect(names.indexOf(references), `${name} after ${references}`).toBeLessThan(names.indexOf(name));
    });
  });
});
