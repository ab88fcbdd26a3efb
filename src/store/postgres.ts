import type { Db, Row, Value } from './db.ts';
import { Batch, BEGIN, beginWithin, COMMIT, ROLLBACK, RUN, RUN_AND_COMMIT } from './postgresBatch.ts';
import { asStoreError, isConflict, isLost } from './postgresErrors.ts';
import { connector } from './postgresHosts.ts';
import { createPool, type Line, type Pool, send } from './postgresPool.ts';
import { examine } from './postgresStart.ts';

export interface PostgresOptions {
  /** Connections at most. */
  connections?: number;
  /**
   * For a server that must answer: how long a statement, the wait for a connection included, may take before it is given
   * up. Absent: as long as it takes, for migrations, copies and whoever sits before the terminal.
   */
  patience_ms?: number;
  /** Hears what the operator should know although the store works. */
  warn?: (message: string) => void;
}

const CONNECTIONS = 10;
/** Of the patience, what may be spent waiting for a connection. */
const WAIT_SHARE = 0.8;
/** A conflict may come again; a connection that was lost is tried once more, on a new one. */
const CONFLICTS = 5;
const LOSSES = 2;

/** PostgreSQL 15 or newer, also behind PgBouncer in transaction mode: see postgresBatch.ts. */
export async function openPostgres(
  url: string,
  { connections = CONNECTIONS, patience_ms, warn = () => {} }: PostgresOptions = {},
): Promise<Db> {
  const connect = connector(url);
  await examine(connect, warn);
  const patience = patience_ms ?? null;
  const pool = createPool(connect, {
    size: connections,
    wait_ms: patience === null ? null : patience * WAIT_SHARE,
  });
  const walls = new Map<string, Buffer>();
  const outside: Db = {
    dialect: 'postgres',
    query: (sql, values = []) => ask(pool, patience, null, sql, values) as never,
    transaction: (work) => transaction(pool, patience, null, BEGIN, work),
    within(organization) {
      const begin = beginWithin(organization, walls);
      const db: Db = {
        dialect: 'postgres',
        query: (sql, values = []) => ask(pool, patience, begin, sql, values) as never,
        transaction: (work) => transaction(pool, patience, organization, begin, work),
        within: (other) => (other === organization ? db : outside.within(other)),
        close: () => pool.close(),
      };
      return db;
    },
    close: () => pool.close(),
  };
  return outside;
}

/** One statement in one round trip; `begin` not null: in a transaction of its own that begins so. */
function ask(
  pool: Pool,
  patience: number | null,
  begin: Buffer | null,
  sql: string,
  values: readonly Value[],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const until = patience === null ? null : performance.now() + patience;
    const after = begin === null ? RUN : RUN_AND_COMMIT;
    let tries = 0;
    const on = (line: Line): void => {
      tries++;
      const batch = new Batch(begin, sql, values, after, (error) => {
        if (error === null) {
          pool.giveBack(line);
          resolve(batch.rows);
          return;
        }
        heed(pool, line, error);
        void recover(pool, line, begin !== null, patience).then(() => {
          // Whether a write that was under way was committed is unknown; a read changes nothing.
          const again = isConflict(error)
            ? tries < CONFLICTS
            : isLost(error) && READS.test(sql) && tries < LOSSES;
          if (again && hasTime(until)) pool.wait().then(on, reject);
          else reject(asStoreError(error));
        });
      });
      send(line, batch, left(until));
    };
    const line = pool.take();
    if (line !== undefined) on(line);
    else pool.wait().then(on, reject);
  });
}

const READS = /^\s*select\b/i;

/** Milliseconds that are left, at least one. */
const left = (until: number | null): number | null =>
  until === null ? null : Math.max(1, until - performance.now());
const hasTime = (until: number | null): boolean => until === null || performance.now() < until;

/** A connection that an error says is of no use any more is dropped when it is given back. */
function heed(pool: Pool, line: Line, error: Error): void {
  if (!isLost(error)) return;
  line.broken = true;
  if ((error as { code?: string }).code === READ_ONLY) pool.forsake();
}

/** The server was demoted: another one takes writes now. */
const READ_ONLY = '25006';

/** After an error: takes back what was begun, and gives the connection back. */
async function recover(pool: Pool, line: Line, begun: boolean, patience: number | null): Promise<void> {
  if (begun && !line.broken) await lone(line, ROLLBACK, patience).catch((error) => heed(pool, line, error));
  pool.giveBack(line);
}

/** A batch of its own; answers what its last statement did. */
const lone = (line: Line, bytes: Buffer, patience: number | null): Promise<string> =>
  new Promise((resolve, reject) => {
    const batch = new Batch(bytes, null, [], null, (error) =>
      error === null ? resolve(batch.tag) : reject(error),
    );
    send(line, batch, patience);
  });

/** The first statement takes `begin` along. */
async function transaction<T>(
  pool: Pool,
  patience: number | null,
  organization: string | null,
  begin: Buffer,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const until = patience === null ? null : performance.now() + patience;
  for (let tries = 1; ; tries++) {
    const line = pool.take() ?? (await pool.wait());
    let begun = false;
    let committing = false;
    const db: Db = {
      dialect: 'postgres',
      query: (sql, values = []) =>
        new Promise((resolve, reject) => {
          const first = !begun;
          begun = true;
          const batch = new Batch(first ? begin : null, sql, values, RUN, (error) => {
            if (error === null) return resolve(batch.rows as never);
            heed(pool, line, error);
            reject(asStoreError(error));
          });
          send(line, batch, first ? left(until) : patience);
        }),
      transaction: (work) => work(db),
      within(other) {
        if (other === organization) return db;
        throw new Error(
          organization === null
            ? `a transaction without an organization cannot see the rows of ${other}; begin it within(${other})`
            : `a transaction of ${organization} cannot see the rows of ${other}`,
        );
      },
      close: async () => {},
    };
    try {
      const result = await work(db);
      if (begun) {
        committing = true;
        const done = await lone(line, COMMIT, patience);
        // PostgreSQL answers so when a statement had failed and nobody heeded it.
        if (done !== 'COMMIT') throw new Error('nothing was committed, because a statement had failed');
      }
      pool.giveBack(line);
      return result;
    } catch (error) {
      const lost = line.broken;
      await recover(pool, line, begun, patience);
      const again = isConflict(error) ? tries < CONFLICTS : lost && !committing && tries < LOSSES;
      if (!again || !hasTime(until)) throw asStoreError(error);
    }
  }
}
