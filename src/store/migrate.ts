import { readdirSync, readFileSync } from 'node:fs';
import { type Db, StoreError } from './db.ts';

/** Migrations lie beside this file as NNNN_what.sql: numbered, forward only, never edited after release. */
const FOLDER = new URL('./migrations/', import.meta.url);

export interface Migration {
  id: number;
  name: string;
  sql: string;
}

export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map((file) => ({
      id: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql: readFileSync(new URL(file, FOLDER), 'utf8'),
    }));
}

/** In the list of migrations of a store that is the target of an unfinished move: no number that a migration has. */
export const UNFINISHED_MOVE = 0;

/**
 * Applies what is missing, each migration in a transaction whose first statement records its number: of two servers that
 * start together one collides on the primary key, waits and carries on. Answers what it applied. A schema newer than this
 * program is refused, and so is a store that holds a part of an archive, unless it is opened to go on with the move.
 */
export async function migrate(
  db: Db,
  migrations = readMigrations(),
  { moving = false } = {},
): Promise<Migration[]> {
  await db
    .query(
      'create table if not exists migrations (id integer not null primary key, name text not null, applied_at bigint not null)',
    )
    .catch(async (error) => {
      // PostgreSQL lets two simultaneous "if not exists" collide; the table is there then.
      await db.query('select 1 from migrations limit 1').catch(() => Promise.reject(error));
    });
  const applied = new Map(
    (
      await db.query<{ id: number; name: string }>('select id, name from migrations order by id limit 10000')
    ).map((row) => [row.id, row.name]),
  );
  const newest = migrations.at(-1)?.id ?? 0;
  const beyond = [...applied.keys()].filter((id) => id > newest);
  if (beyond.length > 0) {
    throw new StoreError(
      'store_newer_schema',
      `the store has schema ${Math.max(...beyond)} (${applied.get(Math.max(...beyond))}), this Kinebase knows schemas up to ${newest}; start the newer version`,
    );
  }
  if (applied.has(UNFINISHED_MOVE) && !moving) {
    throw new StoreError(
      'store_unusable',
      'the store holds part of an archive: a move into it was not finished; go on with `kinebase migrate --from … --resume`',
    );
  }
  const done: Migration[] = [];
  for (const migration of migrations) {
    if (applied.has(migration.id)) continue;
    const ours = await db.transaction(async (db) => {
      const won = await db.query(
        'insert into migrations (id, name, applied_at) values ($1, $2, $3) on conflict do nothing returning id',
        [migration.id, migration.name, Date.now() * 1000],
      );
      if (won.length === 0) return false;
      const lowered = await lowerWall(db, migration.sql);
      for (const statement of statementsFor(migration.sql, db.dialect)) await db.query(statement);
      for (const table of lowered) await db.query(`alter table ${table} force row level security`);
      return true;
    });
    if (ours) done.push(migration);
  }
  return done;
}

/**
 * A migration changes rows of all organizations at once, which row security would hide from it: until it commits, the role
 * that owns the tables it names sees everything in them. Answers those tables.
 */
async function lowerWall(db: Db, sql: string): Promise<string[]> {
  if (db.dialect !== 'postgres') return [];
  const walled = await db.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relforcerowsecurity order by relname limit 10000`,
  );
  const named = walled.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(sql));
  for (const table of named) await db.query(`alter table ${table} no force row level security`);
  return named;
}

/**
 * The statements of a migration for one engine. A line that ends in `-- sqlite` or `-- postgres` belongs to that engine
 * alone; other comments are dropped. No statement holds a semicolon inside a literal.
 */
export function statementsFor(sql: string, dialect: Db['dialect']): string[] {
  const lines = sql.split('\n').filter((line) => {
    const mark = /-- (sqlite|postgres)\s*$/.exec(line);
    return mark === null || mark[1] === dialect;
  });
  return lines
    .map((line) => line.replace(/--.*$/, ''))
    .join('\n')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
