import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databasePlace, type Place, postgresUrl } from '../store/engines.ts';
import { createShell, until } from './kinebase.ts';

const shell = createShell();
afterAll(() => shell.end());

/** Standard error of a start that is refused: one line, without a stack. */
async function refusal(databaseUrl: string): Promise<string> {
  const ran = await shell.run(['serve', '--port', '0', '--data', shell.home], {
    env: { KINEBASE_DATABASE_URL: databaseUrl },
  });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^error: [^\n]+\n$/);
  return ran.stderr;
}

describe.skipIf(postgresUrl === null)('a start that the database does not allow says why in one line', () => {
  let place: Place;
  let admin: pg.Client;
  beforeAll(async () => {
    place = await databasePlace();
    const url = new URL(inject('postgresAdminUrl')!);
    url.pathname = new URL(place.url).pathname;
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.query('drop owned by guarded; drop role guarded');
    await admin?.end();
    await place?.remove();
  });

  const as = (user: string, change: (url: URL) => void = () => {}): string => {
    const url = new URL(place.url);
    url.username = user;
    change(url);
    return url.href;
  };

  test('no server there', async () => {
    expect(await refusal('postgres://kinebase@127.0.0.1:1/kinebase')).toMatch(
      /does not answer: .*ECONNREFUSED 127\.0\.0\.1:1.*\(store_unreachable\)/,
    );
    expect(await refusal('postgres://kinebase@nowhere.invalid/kinebase')).toMatch(
      /does not answer: .*nowhere\.invalid.*\(store_unreachable\)/,
    );
    expect(await refusal('postgres://kinebase@127.0.0.1:1,127.0.0.1:2/kinebase')).toMatch(
      /none of the database's hosts takes writes: .*:1; .*:2 \(store_unreachable\)/,
    );
  });

  test('a wrong password, an unknown role, an unknown database', async () => {
    await admin.query(`create role guarded login password 'right'`);
    const wrong = await refusal(as('guarded', (url) => (url.password = 'wrong')));
    expect(wrong).toMatch(
      /refuses: password authentication failed for user "guarded"; .*KINEBASE_DATABASE_URL/,
    );
    expect(wrong).not.toContain('wrong');
    expect(await refusal(as('nobody'))).toMatch(/refuses: role "nobody" does not exist \(store_unusable\)/);
    expect(await refusal(as('kinebase', (url) => (url.pathname = '/nothing')))).toMatch(
      /refuses: database "nothing" does not exist \(store_unusable\)/,
    );
  });

  test('a role that may not make tables', async () => {
    expect(await refusal(as('guarded', (url) => (url.password = 'right')))).toMatch(
      /the role guarded may not create tables in the schema public; .*grant create on schema public to guarded \(store_unusable\)/,
    );
  });

  test('a server that is too old', async () => {
    // A server that lies about its version in all that the role guarded asks of it.
    await admin.query(`create schema lies;
      create function lies.current_setting(text) returns text language sql return '14.9';
      grant usage on schema lies to guarded; alter role guarded set search_path = lies, pg_catalog, public`);
    expect(await refusal(as('guarded', (url) => (url.password = 'right')))).toMatch(
      /the database is PostgreSQL 14\.9; Kinebase needs 15 or newer \(store_unusable\)/,
    );
    await admin.query('alter role guarded reset search_path; drop schema lies cascade');
  });

  test('a schema that a newer Kinebase made', async () => {
    await admin.query(`create table migrations (id integer not null primary key, name text not null, applied_at bigint not null);
      insert into migrations values (9999, 'future', 0); alter table migrations owner to kinebase`);
    expect(await refusal(place.url)).toMatch(
      /schema 9999 \(future\).*start the newer version \(store_newer_schema\)/,
    );
    await admin.query('drop table migrations');
  });

  test('a role that bypasses row security is warned of, and serves', async () => {
    const url = new URL(place.url);
    url.username = 'postgres';
    const child = shell.start(['serve', '--port', '0', '--data', shell.home], {
      env: { KINEBASE_DATABASE_URL: url.href, KINEBASE_DRAIN_SECONDS: '0' },
    });
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until(child, /Kinebase is ready/);
    expect(said).toMatch(/the database role postgres is a superuser or bypasses row security/);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  });
});
