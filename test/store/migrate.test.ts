import { describe, expect, test } from 'vitest';
import { type Db, StoreError } from '../../src/store/db.ts';
import { migrate, readMigrations, statementsFor } from '../../src/store/migrate.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization, getOrganization } from '../../src/store/organizations.ts';
import { databasePlace, describeEngines, postgresUrl } from './engines.ts';

const applied = (db: Db) =>
  db.query<{ id: number; name: string }>('select id, name from migrations order by id limit 1000');
const newest = readMigrations().at(-1)!.id;

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

describeEngines('migrating', (store) => {
  test('a second time changes nothing', async () => {
    const { db } = store;
    const before = await applied(db);
    expect(before.map((row) => row.id)).toEqual(readMigrations().map((migration) => migration.id));
    await createOrganization(db, 'kept', 'Kept', 0);
    await migrate(db);
    await migrate(db);
    expect(await applied(db)).toEqual(before);
    expect(await getOrganization(db, 'kept')).toMatchObject({ Name: 'Kept' });
  });

  test('applies what is missing, in order, and keeps what is there', async () => {
    const { db } = store;
    const more = [
      ...readMigrations(),
      {
        id: newest + 1,
        name: 'fruit',
        sql: `create table fruit (name text not null primary key); insert into fruit values ('apple');`,
      },
      {
        id: newest + 2,
        name: 'pear',
        sql: `-- a comment; with a semicolon\ninsert into fruit values ('pear');`,
      },
    ];
    await migrate(db, more.slice(0, -1));
    await migrate(db, more);
    await migrate(db, more);
    expect(await db.query('select name from fruit order by name limit 10')).toEqual([
      { name: 'apple' },
      { name: 'pear' },
    ]);
    await db.query('drop table fruit');
    await db.query('delete from migrations where id > $1', [newest]);
  });

  test('a migration that fails leaves nothing of itself, and what came before it', async () => {
    const { db } = store;
    const broken = [
      ...readMigrations(),
      { id: newest + 1, name: 'good', sql: 'create table good (a text)' },
      { id: newest + 2, name: 'bad', sql: 'create table half (a text); insert into nowhere values (1)' },
    ];
    await expect(migrate(db, broken)).rejects.toThrow(/nowhere/);
    expect((await applied(db)).map((row) => row.id)).toEqual([
      ...readMigrations().map((each) => each.id),
      newest + 1,
    ]);
    await expect(db.query('select a from half')).rejects.toThrow();
    await db.query('drop table good');
    await db.query('delete from migrations where id > $1', [newest]);
  });

  test('a schema of a newer Kinebase is refused with both numbers, and not touched', async () => {
    const { db } = store;
    await db.query('insert into migrations (id, name, applied_at) values ($1, $2, $3)', [9998, 'later', 0]);
    await db.query('insert into migrations (id, name, applied_at) values ($1, $2, $3)', [9999, 'future', 0]);
    const before = await applied(db);
    const error = await refusal(migrate(db));
    expect(error.code).toBe('store_newer_schema');
    expect(error.message).toContain('9999 (future)');
    expect(error.message).toContain(`up to ${newest}`);
    expect(await applied(db)).toEqual(before);
    await db.query('delete from migrations where id > $1', [newest]);
  });
});

describe.skipIf(postgresUrl === null)('on PostgreSQL', () => {
  test('twenty servers that start at once migrate once', async () => {
    const place = await databasePlace();
    const stores = await Promise.all(Array.from({ length: 20 }, () => openDb(place.url)));
    expect((await applied(stores[0]!)).map((row) => row.id)).toEqual(
      readMigrations().map((migration) => migration.id),
    );
    const created = await Promise.all(stores.map((db) => createOrganization(db, 'one', 'One', 0)));
    expect(created.filter(Boolean).length).toBe(1);
    await Promise.all(stores.map((db) => db.close()));
    await place.remove();
  });

  test('a newer schema is refused at opening, and the connections are let go', async () => {
    const place = await databasePlace();
    const db = await openDb(place.url);
    await db.query('insert into migrations (id, name, applied_at) values ($1, $2, $3)', [9999, 'future', 0]);
    expect((await refusal(openDb(place.url))).code).toBe('store_newer_schema');
    await db.close();
    await place.remove();
  });
});

test('a database that does not answer, and a URL of another kind, are refused by name', async () => {
  expect(await refusal(openDb('postgres://nobody@127.0.0.1:1/none'))).toMatchObject({
    code: 'store_unreachable',
  });
  const error = await refusal(openDb('mysql://root:secret@localhost/db'));
  expect(error.code).toBe('store_unusable');
  expect(error.message).toContain('mysql:');
  expect(error.message).not.toContain('secret');
});

test('a marked line belongs to one engine, other comments are dropped', () => {
  const sql = `-- what this is; and why
create table a (
  x text, -- sqlite
  x text collate "C", -- postgres
  y text -- of both
);
create index i on a (x) include (y); -- postgres
create index i on a (x, y); -- sqlite
`;
  const plain = (statements: string[]) => statements.map((statement) => statement.replace(/\s+/g, ' '));
  expect(plain(statementsFor(sql, 'sqlite'))).toEqual([
    'create table a ( x text, y text )',
    'create index i on a (x, y)',
  ]);
  expect(plain(statementsFor(sql, 'postgres'))).toEqual([
    'create table a ( x text collate "C", y text )',
    'create index i on a (x) include (y)',
  ]);
});
