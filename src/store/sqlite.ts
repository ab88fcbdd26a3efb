import { join } from 'node:path';
import Database from 'libsql';
import type { Db, Value } from './db.ts';
import { lockFolder } from './lock.ts';

type Connection = InstanceType<typeof Database>;
type Statement = ReturnType<Connection['prepare']>;

/**
 * SQLite in a data folder: WAL, every commit flushed to disk before it is acknowledged. Two connections: one writes,
 * one statement or transaction after the other; the other reads the last committed state meanwhile.
 */
export function openSqlite(folder: string, command: string): Db {
  const unlock = lockFolder(folder, command);
  const file = join(folder, 'kinebase.db');
  const writer = connection(file);
  const reader = connection(file);
  // Pages of the file come from its memory map without a copy; a whole export reads them all, and they count as memory held.
  reader.exec('pragma mmap_size = 67108864');
  reader.exec('pragma query_only = on');
  const write = statements(writer);
  const read = statements(reader);
  const inTurn = queue();
  let commits = 0;

  const inside: Db = {
    dialect: 'sqlite',
    query: async (sql, values = []) => write(sql, values) as never,
    transaction: (work) => work(inside),
    within: () => inside,
    close: async () => {},
  };

  const outside: Db = {
    dialect: 'sqlite',
    query: async (sql, values = []) => {
      if (READS.test(sql)) return read(sql, values) as never;
      return inTurn(async () => {
        const rows = write(sql, values);
        commits++;
        return rows;
      }) as never;
    },
    transaction: (work) =>
      inTurn(async () => {
        writer.exec('begin immediate');
        try {
          const result = await work(inside);
          writer.exec('commit');
          commits++;
          return result;
        } catch (error) {
          if (writer.inTransaction) writer.exec('rollback');
          throw error;
        }
      }),
    // The folder is one process's alone, and org_id in every statement is its only wall.
    within: () => outside,
    commits: () => commits,
    close: () =>
      inTurn(async () => {
        reader.close();
        writer.close();
        unlock();
      }),
  };
  return outside;
}

const READS = /^\s*(select|with)\b/i;

function connection(file: string): Connection {
  const db = new Database(file);
  // For a new file only: a page of sessions takes half as many reads as with the default of 4096.
  db.exec('pragma page_size = 8192');
  db.exec('pragma journal_mode = wal');
  db.exec('pragma synchronous = full');
  db.exec('pragma foreign_keys = on');
  db.exec('pragma busy_timeout = 5000');
  // 16 MiB: the hot part of an archive of some hundred thousand sessions, small beside the memory the server promises.
  db.exec('pragma cache_size = -16384');
  return db;
}

/** Runs statements on a connection, each prepared once per text. $1 is a named parameter to SQLite, ?1 a positional one. */
function statements(db: Connection): (sql: string, values: readonly Value[]) => unknown[] {
  const prepared = new Map<string, Statement>();
  return (sql, values) => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql.replace(/\$(\d+)/g, '?$1'));
      prepared.set(sql, statement);
    }
    if (statement.reader) return statement.all(values as never);
    statement.run(values as never);
    return [];
  };
}

/** Runs tasks one after the other, whatever becomes of each. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task, task);
    last = run.catch(() => {});
    return run;
  };
}
