import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMigrations, statementsFor } from '../../src/store/migrate.ts';
import { lintSchema, lintSource, lintStatement, tenantTables, writtenStatements } from './portable.ts';

const FOLDER = new URL('../../src/store/', import.meta.url);
const SOURCES = (readdirSync(FOLDER, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .sort();
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const schema = (dialect: 'sqlite' | 'postgres') =>
  readMigrations().flatMap((migration) => statementsFor(migration.sql, dialect));
const TENANTS = tenantTables(schema('postgres'));

describe('the store keeps to the portable subset', () => {
  test.each(['sqlite', 'postgres'] as const)('in its migrations on %s', (dialect) => {
    expect(tenantTables(schema(dialect))).toEqual(TENANTS);
    expect(TENANTS).toEqual(
      expect.arrayContaining(['athletes', 'sessions', 'reports', 'jobs', 'tombstones']),
    );
    expect(lintSchema(schema(dialect))).toEqual([]);
  });

  test.each(SOURCES)('in src/store/%s', (file) => {
    const statements = writtenStatements(read(file));
    expect(statements.flatMap((sql) => lintStatement(sql, TENANTS))).toEqual([]);
    expect(lintSource(read(file))).toEqual([]);
  });

  test('the statements that are looked at are there', () => {
    const count = SOURCES.flatMap((file) => writtenStatements(read(file))).length;
    expect(count).toBeGreaterThan(80);
  });
});

const OURS =
  'create table films (org_id text not null references organizations (org_id), film_id text not null';

describe('a schema is refused', () => {
  test.each([
    ['create table films (film_id text not null primary key, org_id text not null)', 'first column'],
    [
      'create table films (film_id text not null, org_id text not null, primary key (org_id, film_id))',
      'first column',
    ],
    [`${OURS})`, 'no primary key'],
    [`${OURS}, primary key (film_id))`, 'its primary key does not begin with org_id'],
    [`${OURS}, primary key (org_id, film_id), unique (film_id))`, 'its unique does not begin with org_id'],
    [`${OURS} unique, primary key (org_id, film_id))`, 'a key of one column'],
    [`${OURS}, primary key (org_id, film_id), hash text references objects (hash))`, 'a key of one column'],
    [
      `${OURS}, primary key (org_id, film_id), foreign key (film_id) references sessions (session_id))`,
      'its foreign key does not begin with org_id',
    ],
    [
      `${OURS}, primary key (org_id, film_id), foreign key (org_id, film_id) references sessions (session_id, org_id))`,
      'what it refers to does not begin with org_id',
    ],
    ['create index films_by_name on films (name, org_id)', 'its index does not begin with org_id'],
    ['create unique index one on sessions (lower(s3_key))', 'its index does not begin with org_id'],
    ['alter table sessions add column film text unique', 'a key of one column'],
    ['alter table sessions add constraint once unique (s3_key)', 'its unique does not begin with org_id'],
    [
      'create table numbers (org_id text not null, n bigserial, primary key (org_id, n))',
      'numbers that the engine draws',
    ],
    ['create sequence versions', 'numbers that the engine draws'],
    [
      'create table users (id bigint generated always as identity primary key)',
      'numbers that the engine draws',
    ],
    ['create trigger t after insert on sessions begin select 1', 'a trigger'],
    ['create temporary table s (a text)', 'a temporary table'],
    ['create unlogged table users (a text)', 'a temporary table'],
    [
      `${OURS}, primary key (org_id, film_id), foreign key (org_id, film_id) references sessions (org_id, session_id) deferrable initially deferred)`,
      'a constraint that is checked later',
    ],
  ])('%s', (sql, what) => {
    const offences = lintSchema([sql]);
    expect(offences.join('\n')).toContain(what);
    expect(offences.join('\n')).toContain(sql);
  });
});

test('a schema that keeps to it passes', () => {
  expect(
    lintSchema([
      `${OURS}, primary key (org_id, film_id), unique (org_id, film_id),
        constraint seen foreign key (org_id, film_id) references sessions (org_id, session_id))`,
      'create unique index films_by_name on films (org_id, name) include (wire)',
      "alter table films add column note text not null default 'no trigger, no sequence'",
      'create table secrets (name text not null primary key)',
    ]),
  ).toEqual([]);
});

describe('a statement is refused', () => {
  test.each([
    ['select wire from sessions order by recorded_at limit 1', 'does not name its organization'],
    ['select 1 from sessions where session_id = $1', 'does not name its organization'],
    [
      'select 1 from sessions where org_id = $1 union all select 1 from reports where session_id = $2',
      'does not name its organization',
    ],
    ['update jobs set state = $1 where job_id = $2', 'does not name its organization'],
    ['delete from tombstones where version < $1', 'does not name its organization'],
    ["select 1 from sessions where name = 'org_id = $1'", 'does not name its organization'],
    ['insert into athletes (athlete_id, org_id) values ($1, $2)', 'does not name its organization'],
    ['select 1 from users where user_id = $1 for update', 'a row lock without its mark'],
    [
      'select 1 from jobs where org_id = $1 limit 1 for no key update skip locked',
      'a row lock without its mark',
    ],
    ['select pg_advisory_xact_lock($1)', 'an advisory lock'],
    ['select pg_try_advisory_lock($1)', 'an advisory lock'],
    ['listen sessions', 'messages between connections'],
    ["select pg_notify('sessions', $1)", 'messages between connections'],
    ['prepare page as select 1', 'a named prepared statement'],
    ['savepoint before', 'a savepoint'],
    ['create temp table copied (a text)', 'a temporary table'],
    ['lock table organizations', 'a lock on a table'],
    ['insert into secrets (name, value) values ($1, now())', 'a value that differs'],
    ["select nextval('versions')", 'numbers that the engine draws'],
  ])('%s', (sql, what) => {
    expect(lintStatement(sql, TENANTS).join('\n')).toContain(what);
  });

  test('also in the middle of a source file', () => {
    const source =
      "const a = 1;\nawait db.query('listen sessions');\nawait db.query(`savepoint s`); // it's so\n/* await db.query('prepare x as select 1') */";
    expect(writtenStatements(source)).toEqual(['listen sessions', 'savepoint s']);
    expect(lintSource("client.query({ name: 'page', text: sql, values })")).toHaveLength(1);
    expect(lintSource("client.query({ text: sql, values }); const person = { name: 'Ann' };")).toEqual([]);
  });
});

test('a statement that keeps to it passes', () => {
  const fine = [
    'select wire from sessions where org_id = $1 and listed = 1 order by recorded_at limit $2',
    'insert into jobs (org_id, job_id) select org_id, session_id from sessions where org_id = $1 on conflict (org_id, job_id) do update set state = excluded.state returning job_id',
    'update organizations set version = version + $2 where org_id = $1 returning version',
    'select 1 from jobs where org_id = $1 limit 1 for update skip locked /* one shard */',
    "select 1 from users where username = 'listen'",
  ];
  expect(fine.flatMap((sql) => lintStatement(sql, TENANTS))).toEqual([]);
});
