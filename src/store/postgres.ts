import pg from 'pg';
import { type Db, StoreError, type Value } from './db.ts';

// 64-bit integers as numbers: all of ours (microseconds, versions, sizes) stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Serialisation failure, deadlock: the transaction may simply run again. */
const RETRY = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** PostgreSQL 15 or newer. Statements are never named, so that a pooler in transaction mode may sit in between. */
export async function openPostgres(url: string): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  });
  // A connection that dies while idle is replaced by the pool; without a listener the event would end the process.
  pool.on('error', () => {});
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new StoreError('store_unreachable', `the database does not answer: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const outside: Db = {
    dialect: 'postgres',
    query: async (sql, values = []) => (await pool.query(sql, values as Value[])).rows as never,
    transaction: async (work) => {
      for (let attempt = 1; ; attempt++) {
        const client = await pool.connect();
        let broken: Error | undefined;
        // A connection that dies between two statements says so by an event, which would end the process unheard.
        const lost = (error: Error) => {
          broken = error;
        };
        client.on('error', lost);
        try {
          await client.query('begin');
          const result = await work(inside(client));
          await client.query('commit');
          return result;
        } catch (error) {
          await client.query('rollback').catch(lost);
          if (attempt >= ATTEMPTS || !RETRY.has((error as { code?: string }).code ?? '')) throw error;
        } finally {
          client.off('error', lost);
          client.release(broken);
        }
      }
    },
    within: () => outside,
    close: () => pool.end(),
  };
  return outside;
}

function inside(client: pg.PoolClient): Db {
  const db: Db = {
    dialect: 'postgres',
    query: async (sql, values = []) => (await client.query(sql, values as Value[])).rows as never,
    transaction: (work) => work(db),
    within: () => db,
    close: async () => {},
  };
  return db;
}
