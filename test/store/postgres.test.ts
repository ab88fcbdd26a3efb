import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Db, StoreError } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import type { PostgresOptions } from '../../src/store/postgres.ts';
import { startPostgres, startStandby } from '../setup/postgres.ts';
import { databasePlace, type Place, POOLED, postgresUrl } from './engines.ts';

const opened: Db[] = [];
async function open(url: string, options: PostgresOptions = {}): Promise<Db> {
  const db = await openDb(url, 'test', options);
  opened.push(db);
  return db;
}
afterAll(() => Promise.all(opened.map((db) => db.close())));

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Asks again until it holds; the test's own time limit ends it. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await pause();
}

function gate(): { opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe.skipIf(postgresUrl === null)('PostgreSQL', () => {
  let place: Place;
  /** A person at the database itself. */
  let person: pg.Client;
  beforeAll(async () => {
    place = await databasePlace();
    person = new pg.Client({ connectionString: place.url });
    await person.connect();
    await person.query('create table things (name text primary key, number bigint not null)');
    await person.query(`insert into things values ('one', 0), ('two', 0)`);
  });
  afterAll(async () => {
    await person?.end();
    await place?.remove();
  });

  test('a statement that failed leaves its connection as it was', async () => {
    const db = await open(place.url, { connections: 1 });
    for (const asked of [db, db.within('somebody')]) {
      await expect(asked.query('select nothing')).rejects.toMatchObject({ code: '42703' });
      expect(await asked.query('select 1 as one')).toEqual([{ one: 1 }]);
      await expect(asked.query('select $1::bigint as one', ['x'])).rejects.toMatchObject({ code: '22P02' });
      expect(await asked.query('select $1::bigint as one', [3])).toEqual([{ one: 3 }]);
    }
  });

  test('a transaction in which a failure was overlooked is not taken for committed', async () => {
    const db = await open(place.url);
    const overlooking = db.transaction(async (db) => {
      await db.query(`update things set number = 5 where name = 'one'`);
      await db.query('select nothing').catch(() => {});
    });
    await expect(overlooking).rejects.toThrow('nothing was committed');
    expect(await db.query(`select number from things where name = 'one'`)).toEqual([{ number: 0 }]);
  });

  test('of two transactions that wait for each other both succeed', async () => {
    const db = await open(place.url);
    const locked = [gate(), gate()];
    let tries = 0;
    const move = (mine: number, names: readonly string[]) =>
      db.transaction(async (db) => {
        tries++;
        await db.query('update things set number = number + 1 where name = $1', [names[0]!]);
        locked[mine]!.open();
        await Promise.all(locked.map(({ opened }) => opened));
        await db.query('update things set number = number + 1 where name = $1', [names[1]!]);
      });
    await Promise.all([move(0, ['one', 'two']), move(1, ['two', 'one'])]);
    expect(tries).toBeGreaterThan(2);
    expect(await db.query('select number from things order by name')).toEqual([{ number: 2 }, { number: 2 }]);
    await db.query('update things set number = 0');
  });

  const terminate = `select pg_terminate_backend(pid, 20000) from pg_stat_activity
    where datname = current_database() and application_name = 'kinebase'`;

  test('connections that ended are replaced: what reads, and what was not committed yet, runs once more', async () => {
    const db = await open(place.url, { connections: 2 });
    await db.query('select 1 as one');
    await person.query(terminate);
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
    let tries = 0;
    await db.transaction(async (db) => {
      await db.query(`update things set number = number + 1 where name = 'one'`);
      if (++tries === 1) await person.query(terminate);
      await db.query(`update things set number = number + 1 where name = 'two'`);
    });
    expect(tries).toBe(2);
    expect(await db.query('select number from things order by name')).toEqual([{ number: 1 }, { number: 1 }]);
    await db.query('update things set number = 0');
  });

  test('a write whose connection ends is not repeated: nobody knows whether it was done', async () => {
    const db = await open(place.url, { connections: 1 });
    await person.query('begin');
    await person.query('lock table things in access exclusive mode');
    const write = refusal(db.query(`update things set number = 7 where name = 'one'`));
    await eventually(async () => (await waiting()) > 0);
    await person.query(terminate);
    expect((await write).code).toBe('store_unreachable');
    await person.query('rollback');
  });

  const waiting = async () =>
    (
      await person.query(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rows.length;

  test('what is not answered in time is given up, here and in the database', async () => {
    const db = await open(place.url, { connections: 1, patience_ms: 1_000 });
    await eventually(async () => (await db.query('select 1 as one')).length === 1);
    await person.query('begin');
    await person.query('lock table things in access exclusive mode');
    expect(await refusal(db.query('select name from things'))).toMatchObject({
      code: 'store_unreachable',
      message: expect.stringContaining('did not answer'),
    });
    await eventually(async () => (await waiting()) === 0);
    await eventually(async () => (await db.query('select 1 as one')).length === 1);
    await person.query('rollback');
    const patient = await open(place.url);
    expect(await patient.query('select 1 as one from pg_sleep(1.1)')).toEqual([{ one: 1 }]);
  });

  test('when every connection is taken, some wait for a while and the rest is refused at once', async () => {
    const db = await open(place.url, { connections: 1, patience_ms: 1_000 });
    const [begun, done] = [gate(), gate()];
    await eventually(async () => (await db.query('select 1 as one')).length === 1);
    const long = db.transaction(async (db) => {
      await db.query('select 1 as one');
      begun.open();
      await done.opened;
    });
    await begun.opened;
    const refused = await Promise.all(
      Array.from({ length: 150 }, () => refusal(db.query('select 1 as one'))),
    );
    expect(refused.map((error) => error.code)).toEqual(refused.map(() => 'store_busy'));
    expect(refused.filter((error) => error.message.includes('100 requests wait')).length).toBe(50);
    const waits = db.query('select 1 as one');
    done.open();
    await long;
    expect(await waits).toEqual([{ one: 1 }]);
  });

  test('closing waits for what is under way, refuses what waits, and leaves no connection', async () => {
    const db = await openDb(place.url, 'test', { connections: 1 });
    const slow = db.query('select 1 as one from pg_sleep(0.2)');
    const late = expect(db.query('select 1 as one')).rejects.toThrow('the store is closed');
    await db.close();
    expect(await slow).toEqual([{ one: 1 }]);
    await late;
    await expect(db.query('select 1 as one')).rejects.toThrow('the store is closed');
  });

  test('of several hosts the one that takes writes is found, also after another took over', async () => {
    const primary = (await startPostgres())!;
    const standby = await startStandby(primary);
    try {
      const url = `postgres://kinebase@127.0.0.1:${standby.port},127.0.0.1:${primary.port},127.0.0.1:1/postgres`;
      const admin = new pg.Client({ connectionString: primary.adminUrl });
      await admin.connect();
      await admin.query('create schema authorization kinebase');
      const db = await open(url, { connections: 3, patience_ms: 1_800 });
      await db.query('create table written (number bigint)');
      await db.query('insert into written values (1)');
      const { rows } = await admin.query<{ at: string }>('select pg_current_wal_lsn() as at');
      await admin.end();
      const successor = new pg.Client({ connectionString: standby.adminUrl });
      await successor.connect();
      await eventually(
        async () =>
          (await successor.query('select pg_last_wal_replay_lsn() >= $1::pg_lsn as there', [rows[0]!.at]))
            .rows[0].there,
      );
      await primary.halt();
      expect((await refusal(db.query('insert into written values (2)'))).code).toBe('store_unreachable');
      await successor.query('select pg_promote()');
      await successor.end();
      await eventually(
        async () => (await db.query('insert into written values (3) returning number')).length === 1,
      );
      expect(await db.query('select number from written order by number')).toEqual([
        { number: 1 },
        { number: 3 },
      ]);
    } finally {
      await standby.stop();
      await primary.stop();
    }
  });

  test('a server that was made read-only is left, and written to again when it takes writes', async () => {
    const db = await open(place.url, { connections: 2 });
    const { pathname } = new URL(place.url);
    const name = pathname.slice(1);
    const write = () => db.query(`update things set number = 0 where name = 'one'`);
    await write();
    await person.query(`alter database ${name} set default_transaction_read_only = on`);
    await person.query(terminate);
    await eventually(async () => (await refusal(write())).message.includes('read-only'));
    await person.query('set transaction_read_only = off');
    await person.query('begin read write');
    await person.query(`alter database ${name} reset default_transaction_read_only`);
    await person.query('commit');
    await write();
  });
});

describe.skipIf(!POOLED.available)('behind PgBouncer', () => {
  test('600 transactions over 4 connections, of two organizations in turn, never see each other', async () => {
    const place = await POOLED.place();
    const db = await open(place.url, { connections: 40 });
    const organizations = ['left', 'right'];
    for (const id of organizations) {
      await db.query('insert into organizations (org_id, name, version, created_at) values ($1, $1, 0, 0)', [
        id,
      ]);
      await db.within(id).query(
        `insert into athletes (org_id, athlete_id, first_name, last_name, version, created_at, updated_at)
         values ($1, 'A', $1, '', 0, 0, 0)`,
        [id],
      );
    }
    const all = 'select org_id from athletes order by org_id';
    const turns = Array.from({ length: 600 }, async (_, turn) => {
      const id = organizations[turn % 2]!;
      const mine = [{ org_id: id }];
      if (turn % 3 === 0) {
        expect(await db.within(id).query(all)).toEqual(mine);
      } else if (turn % 3 === 1) {
        await db.within(id).transaction(async (db) => {
          expect(await db.query(all)).toEqual(mine);
          expect(await db.query('update athletes set version = version + 1 returning org_id')).toEqual(mine);
        });
      } else {
        await expect(db.within(id).query('select nothing')).rejects.toThrow('nothing');
        expect(await db.query(all)).toEqual([]);
      }
    });
    await Promise.all(turns);
    const backends = new pg.Client({ connectionString: inject('postgresAdminUrl')! });
    await backends.connect();
    const { rows } = await backends.query('select 1 from pg_stat_activity where datname = $1', [
      new URL(place.url).pathname.slice(1),
    ]);
    expect(rows.length).toBeLessThanOrEqual(4);
    await backends.end();
    await opened.splice(opened.indexOf(db), 1)[0]!.close();
    await place.remove();
  });
});
