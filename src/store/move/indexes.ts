import type { Db } from '../db.ts';

/** An index that is no key, and the statement that makes it. */
export interface Index {
  name: string;
  sql: string;
}

const INDEXES = {
  sqlite: `select name, sql from sqlite_schema where type = 'index' and sql is not null order by name limit 10000`,
  postgres: `select c.relname as name, pg_get_indexdef(i.indexrelid) as sql
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relname limit 10000`,
} as const;

export const describeIndexes = (db: Db): Promise<Index[]> => db.query<Index>(INDEXES[db.dialect]);

/** Making an index once is cheaper than finding the place of every row that is copied. */
export async function dropIndexes(db: Db, indexes: readonly Index[]): Promise<void> {
  for (const { name } of indexes) await db.query(`drop index if exists ${name}`);
}

/** Makes those that are not there. PostgreSQL is told at once how much there is now: else it reads whole tables meanwhile. */
export async function makeIndexes(db: Db, indexes: readonly Index[]): Promise<void> {
  const there = new Set((await describeIndexes(db)).map(({ name }) => name));
  for (const { name, sql } of indexes) if (!there.has(name)) await db.query(sql);
  if (db.dialect === 'postgres') await db.query('analyze');
}
