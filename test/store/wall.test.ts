import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createAthlete } from '../../src/store/athletes.ts';
import type { Db } from '../../src/store/db.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { insertSessions } from '../../src/store/sessions.ts';
import { databasePlace, type Place, postgresUrl } from './engines.ts';
import { athlete, furnish, session } from './records.ts';

/** Row security on PostgreSQL, with the first wall, `org_id` in the statement, taken away. */
describe.skipIf(postgresUrl === null)('behind the second wall', () => {
  let place: Place;
  let db: Db;
  beforeAll(async () => {
    place = await databasePlace();
    db = await openDb(place.url);
    for (const organization of ['ours', 'theirs']) {
      await createOrganization(db, organization, organization, 0);
      await furnish(db, organization);
      await insertSessions(db, organization, [session(`${organization}-1`), session(`${organization}-2`)], 1);
    }
  });
  afterAll(async () => {
    await db?.close();
    await place?.remove();
  });

  const TABLES = [
    'athletes',
    'assessments',
    'exercises',
    'sessions',
    'moves',
    'tombstones',
    'loose_objects',
    'reports',
    'channels',
    'jobs',
    'webhooks',
    'webhook_deliveries',
  ];

  test('every table whose key begins with the organization is walled, and no other', async () => {
    const rows = await db.query<{ name: string; walled: number; forced: number; policies: number }>(
      `select c.relname as name, c.relrowsecurity as walled, c.relforcerowsecurity as forced,
         (select count(*) from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
            and pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)) as policies
       from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where c.relnamespace = 'public'::regnamespace and a.attname = 'org_id' and c.relname <> 'organizations'
       order by c.relname`,
    );
    expect(rows).toEqual([...TABLES].sort().map((name) => ({ name, walled: 1, forced: 1, policies: 1 })));
    const others = await db.query(
      'select relname from pg_class where relrowsecurity and relname <> all($1) order by relname',
      [`{${TABLES}}`],
    );
    expect(others).toEqual([]);
  });

  test('a statement that names no organization sees that of its transaction alone', async () => {
    const all = 'select session_id from sessions order by session_id';
    expect(await db.within('ours').query(all)).toEqual([{ session_id: 'ours-1' }, { session_id: 'ours-2' }]);
    expect(await db.within('theirs').query(all)).toEqual([
      { session_id: 'theirs-1' },
      { session_id: 'theirs-2' },
    ]);
    const inside = await db.within('ours').transaction(async (db) => {
      await db.query('select 1 as one');
      return db.query(all);
    });
    expect(inside.length).toBe(2);
    expect(await db.within('nobody').query(all)).toEqual([]);
    expect(await db.within('').query(all)).toEqual([]);
  });

  test('outside of every organization there is nothing, before and after others asked on the same connection', async () => {
    const one = await openDb(place.url, 'test', { connections: 1 });
    for (const table of TABLES) {
      await one.within('ours').query(`select count(*) from ${table}`);
      expect(await one.query(`select 1 as one from ${table} limit 1`), table).toEqual([]);
    }
    await one.within('ours').transaction((db) => db.query('select 1 as one'));
    await expect(one.within('ours').query('select nothing')).rejects.toThrow(/nothing/);
    expect(await one.query('select 1 as one from sessions limit 1')).toEqual([]);
    await one.close();
  });

  test('what belongs to another organization is neither written nor changed nor deleted', async () => {
    const ours = db.within('ours');
    const insert = `insert into athletes (org_id, athlete_id, first_name, last_name, version, created_at, updated_at)
      values ($1, 'smuggled', '', '', 1, 1, 1)`;
    const refused = { code: '42501' };
    await expect(ours.query(insert, ['theirs'])).rejects.toMatchObject(refused);
    await expect(db.query(insert, ['theirs'])).rejects.toMatchObject(refused);
    await expect(ours.query(`update athletes set org_id = 'theirs'`)).rejects.toMatchObject(refused);
    const before = await db.within('theirs').query('select * from athletes order by athlete_id');
    await ours.query(`update athletes set first_name = 'Changed'`);
    await db.query(`update athletes set first_name = 'Changed'`);
    await db.query('delete from sessions');
    await ours.query(`delete from reports where org_id = 'theirs'`);
    expect(await db.within('theirs').query('select * from athletes order by athlete_id')).toEqual(before);
    expect((await db.within('theirs').query('select 1 as one from reports')).length).toBe(2);
    expect((await db.within('ours').query('select 1 as one from sessions')).length).toBe(2);
    const taken = `insert into athletes (org_id, athlete_id, first_name, last_name, version, created_at, updated_at)
      values ('theirs', 'A1', '', '', 1, 1, 1) on conflict (org_id, athlete_id) do update set first_name = 'Taken'`;
    await expect(ours.query(taken)).rejects.toMatchObject(refused);
  });

  test('a transaction belongs to one organization, and refuses to work for another', async () => {
    const ours = db.within('ours');
    await expect(ours.transaction((db) => createAthlete(db, 'theirs', athlete('X1'), 1))).rejects.toThrow(
      'a transaction of ours cannot see the rows of theirs',
    );
    await expect(db.transaction((db) => createAthlete(db, 'theirs', athlete('X1'), 1))).rejects.toThrow(
      'begin it within(theirs)',
    );
    await ours.transaction((db) => createAthlete(db, 'ours', athlete('X1'), 1));
    expect(
      await ours.within('theirs').query(`select 1 as one from athletes where athlete_id = 'X1'`),
    ).toEqual([]);
  });

  test('an id is only ever an id, whatever it is made of', async () => {
    for (const id of [`'; select 1; --`, `\\'`, `a'b"c\\`, '$1', 'Süd', ' '.repeat(3)]) {
      const rows = await db.within(id).query<{ id: string }>(`select current_setting('app.org_id') as id`);
      expect(rows).toEqual([{ id }]);
    }
    await expect(async () => db.within('a\0b').query('select 1')).rejects.toThrow('zero byte');
  });

  test('a migration sees the rows of all organizations, and leaves the wall as it was', async () => {
    const id = readMigrations().at(-1)!.id + 1;
    const sql = `alter table athletes add column nickname text; update athletes set nickname = first_name`;
    await migrate(db, [...readMigrations(), { id, name: 'nicknames', sql }]);
    for (const organization of ['ours', 'theirs']) {
      const rows = await db
        .within(organization)
        .query('select 1 as one from athletes where nickname is null limit 1');
      expect(rows).toEqual([]);
    }
    expect(await db.query('select 1 as one from athletes limit 1')).toEqual([]);
    await db.query('alter table athletes drop column nickname');
    await db.query('delete from migrations where id = $1', [id]);
  });

  test('a role that the wall does not hold for is named at the start', async () => {
    const warnings: string[] = [];
    const plain = await openDb(place.url, 'test', { warn: (message) => warnings.push(message) });
    await plain.close();
    expect(warnings).toEqual([]);
    const admin = new URL(place.url);
    admin.username = new URL(inject('postgresAdminUrl')!).username;
    const high = await openDb(admin.href, 'test', { warn: (message) => warnings.push(message) });
    await high.close();
    expect(warnings).toEqual([
      expect.stringMatching(/role postgres is a superuser or bypasses row security/),
    ]);
  });

  test('who forgets the wall in a program of his own sees nothing either', async () => {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    expect((await client.query('select * from sessions')).rows).toEqual([]);
    expect((await client.query(`select * from sessions where org_id = 'ours'`)).rows).toEqual([]);
    await client.end();
  });
});
