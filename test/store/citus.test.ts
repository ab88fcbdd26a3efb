import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { citusStatements, distribute } from '../../src/store/citus.ts';
import type { Db, StoreError } from '../../src/store/db.ts';
import { describeTables } from '../../src/store/move/catalogue.ts';
import { openDb } from '../../src/store/open.ts';
import { ENGINES, type Place } from './engines.ts';

const POSTGRES = ENGINES[1]!;
const GOLDEN = new URL('./citus.golden.sql', import.meta.url);

describe.skipIf(!POSTGRES.available)('on Citus', () => {
  let place: Place;
  let db: Db;
  beforeAll(async () => {
    place = await POSTGRES.place();
    db = await openDb(place.url);
  });
  afterAll(async () => {
    await db.close();
    await place.remove();
  });

  test('every table of an organization lies beside it, every other one on each node', async () => {
    const statements = citusStatements('kinebase', await describeTables(db), new Map());
    const text = `${statements.join(';\n')};\n`;
    expect(text, 'after a new migration: read the difference, then copy it into citus.golden.sql').toBe(
      readFileSync(GOLDEN, 'utf8'),
    );
  });

  test('what is distributed already is left alone, and a new table is taken in', async () => {
    const tables = await describeTables(db);
    const kept = new Map(
      tables.map(({ name, tenant }) => [
        name,
        tenant || name === 'organizations' ? ('distributed' as const) : ('reference' as const),
      ]),
    );
    const dropped = tables.map((table) => (table.tenant ? table : { ...table, foreignKeys: [] }));
    expect(citusStatements('kinebase', dropped, kept)).toEqual([
      `alter role current_user in database "kinebase" set citus.propagate_set_commands = 'local'`,
    ]);
    kept.delete('channels');
    expect(citusStatements('kinebase', dropped, kept).slice(1)).toEqual([
      `select create_distributed_table('channels', 'org_id', colocate_with => 'organizations')`,
    ]);
  });

  test('a database of an odd name is quoted', async () => {
    expect(citusStatements('my "own"; db', [], new Map())[0]).toContain('in database "my ""own""; db" set');
  });

  test('a PostgreSQL without it, and SQLite, are refused in one line', async () => {
    const refusal = (db: Db) =>
      distribute(db).then(
        () => '',
        (error: StoreError) => error.message,
      );
    expect(await refusal(db)).toMatch(
      /^the database t_\w+ has no Citus: run "create extension citus" in it, on every node$/,
    );
    const folder = await ENGINES[0]!.place();
    const sqlite = await openDb(folder.url);
    expect(await refusal(sqlite)).toBe('--citus needs PostgreSQL, not SQLite');
    await sqlite.close();
    await folder.remove();
  });

  // Citus is not to be had here. What stands in for it keeps its catalogue and obeys its two rules about foreign keys, so
  // that PostgreSQL itself reads the statements, drops the foreign keys and sets the role; it distributes nothing.
  describe('with a stand-in for its catalogue', () => {
    beforeAll(async () => {
      // The real one lets every role set it.
      const admin = new pg.Client({ connectionString: inject('postgresAdminUrl')! });
      await admin.connect();
      await admin.query('grant set on parameter citus.propagate_set_commands to kinebase');
      await admin.end();
      for (const statement of STAND_IN) await db.query(statement);
      const [{ name }] = (await db.query('select current_database() as name')) as [{ name: string }];
      await db.query(`alter database ${name} set search_path = public, stand_in`);
      await db.close();
      db = await openDb(place.url);
    });

    test('the statements run, in an order that its rules allow, and a second time only what is new', async () => {
      const first = await distribute(db);
      expect(first.distributed).toContain('organizations');
      expect(first.distributed).toContain('sessions');
      expect(first.reference).toEqual(expect.arrayContaining(['users', 'sign_ins', 'secrets', 'migrations']));
      expect(first.distributed.length + first.reference.length).toBe((await describeTables(db)).length);
      expect((await distribute(db)).statements).toHaveLength(1);

      await db.query(
        'create table cameras (org_id text not null references organizations (org_id), camera_id text not null, primary key (org_id, camera_id))',
      );
      await db.query('create table makers (name text not null primary key)');
      const third = await distribute(db);
      expect(third.statements.slice(1)).toEqual([
        `select create_reference_table('makers')`,
        `select create_distributed_table('cameras', 'org_id', colocate_with => 'organizations')`,
      ]);
    });

    test('a table that Citus keeps in another way is named', async () => {
      const keep = (partmethod: string) =>
        db.query(
          `update stand_in.pg_dist_partition set partmethod = '${partmethod}' where logicalrelid = 'secrets'::regclass`,
        );
      await keep('h');
      await expect(distribute(db)).rejects.toThrow('Citus keeps secrets in another way (distributed)');
      await keep('n');
    });

    test('new sessions of the role hand `set local` on', async () => {
      const again = await openDb(place.url);
      expect(await again.query('show citus.propagate_set_commands')).toEqual([
        { 'citus.propagate_set_commands': 'local' },
      ]);
      await again.close();
    });
  });
});

const STAND_IN = [
  'create schema stand_in',
  `create table stand_in.pg_dist_partition (logicalrelid regclass not null primary key, partmethod "char" not null,
    repmodel "char" not null)`,
  `create function stand_in.create_reference_table(table_name regclass) returns void language plpgsql as $$
    begin
      if exists (select 1 from pg_constraint where contype = 'f' and conrelid = table_name
          and confrelid not in (select logicalrelid from pg_dist_partition where repmodel = 't')) then
        raise 'a reference table refers to one that is none: %', table_name;
      end if;
      insert into pg_dist_partition values (table_name, 'n', 't');
    end $$`,
  `create function stand_in.create_distributed_table(table_name regclass, distribution_column text,
      colocate_with text default 'default') returns void language plpgsql as $$
    begin
      if exists (select 1 from pg_constraint where contype = 'f' and conrelid = table_name
          and confrelid not in (select logicalrelid from pg_dist_partition)) then
        raise 'a distributed table refers to one that is not distributed yet: %', table_name;
      end if;
      if exists (select 1 from pg_index i where indrelid = table_name and indisunique
          and not exists (select 1 from pg_attribute a where a.attrelid = table_name and a.attnum = any (i.indkey)
            and a.attname = distribution_column)) then
        raise 'a unique key without the column it is distributed by: %', table_name;
      end if;
      if colocate_with <> 'none' then perform 1 from pg_dist_partition where logicalrelid = colocate_with::regclass and partmethod = 'h';
        if not found then raise 'nothing to lie beside: %', colocate_with; end if;
      end if;
      insert into pg_dist_partition values (table_name, 'h', 's');
    end $$`,
];
