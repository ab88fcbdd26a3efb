import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { ENGINES } from './engines.ts';

// The whole schema as it is after all migrations, for people to read and for reviews to show. `node scripts/dump-schema.mjs`
// runs this file with WRITE_SCHEMA=1, which writes what is compared otherwise.

const HEADER = (engine: string) =>
  `-- The schema on ${engine} after all migrations. Written by: node scripts/dump-schema.mjs\n\n`;

async function dumpSqlite(db: Db): Promise<string> {
  const rows = await db.query<{ sql: string }>(
    `select sql from sqlite_schema where sql is not null and name not like 'sqlite_%'
     order by tbl_name, case type when 'table' then 0 else 1 end, name limit 10000`,
  );
  return `${HEADER('SQLite')}${rows.map((row) => `${row.sql.replace(/[ \t]+$/gm, '')};\n`).join('\n')}`;
}

async function dumpPostgres(db: Db): Promise<string> {
  const columns = await db.query<{ table: string; line: string }>(
    `select c.relname as "table", a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attcollation <> t.typcollation then ' collate "' || l.collname || '"' else '' end
        || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_type t on t.oid = a.atttypid left join pg_collation l on l.oid = a.attcollation
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     order by c.relname collate "C", a.attnum`,
  );
  const constraints = await db.query<{ table: string; line: string }>(
    `select c.relname as "table", 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' order by c.relname collate "C", k.contype = 'f', k.conname collate "C"`,
  );
  const indexes = await db.query<{ table: string; line: string }>(
    `select tablename as "table", indexdef as line from pg_indexes
     where schemaname = 'public' and indexname not in (select conname from pg_constraint) order by tablename collate "C", indexname collate "C"`,
  );
  const walls = await db.query<{ table: string; line: string }>(
    `select c.relname as "table", 'alter table ' || c.relname || ' enable row level security;' || chr(10)
        || case when c.relforcerowsecurity then 'alter table ' || c.relname || ' force row level security;' || chr(10) else '' end
        || 'create policy ' || p.polname || ' on ' || c.relname || ' using ' || pg_get_expr(p.polqual, p.polrelid)
        || ' with check ' || pg_get_expr(p.polwithcheck, p.polrelid) as line
     from pg_class c left join pg_policy p on p.polrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relrowsecurity order by c.relname collate "C", p.polname`,
  );
  const of = (rows: { table: string; line: string }[], table: string) =>
    rows.filter((row) => row.table === table).map((row) => row.line);
  const tables = [...new Set(columns.map((row) => row.table))];
  const text = tables.map((table) => {
    const lines = [...of(columns, table), ...of(constraints, table)].map((line) => `  ${line}`);
    return [
      `create table ${table} (\n${lines.join(',\n')}\n);\n`,
      ...of(indexes, table).map((line) => `${line.replace(/ public\./, ' ')};\n`),
      ...of(walls, table).map((line) => `${line};\n`),
    ].join('\n');
  });
  return `${HEADER('PostgreSQL')}${text.join('\n')}`;
}

for (const [engine, dump, file] of [
  [ENGINES[0]!, dumpSqlite, 'schema.sqlite.sql'],
  [ENGINES[1]!, dumpPostgres, 'schema.postgres.sql'],
] as const) {
  test.skipIf(!engine.available)(`src/store/${file} shows what the migrations make`, async () => {
    const place = await engine.place();
    const db = await openDb(place.url);
    const fresh = await dump(db);
    await db.close();
    await place.remove();
    const path = new URL(`../../src/store/${file}`, import.meta.url);
    if (process.env.WRITE_SCHEMA === '1') writeFileSync(path, fresh);
    const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
    expect(
      committed,
      `src/store/${file} is out of date: run node scripts/dump-schema.mjs and commit what it writes`,
    ).toBe(fresh);
  });
}
