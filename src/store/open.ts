import { type Db, StoreError } from './db.ts';
import type { PostgresOptions } from './postgres.ts';

/** Opens `sqlite:FOLDER` (a data folder) or `postgres://…`, and brings its schema up to date, however long that takes. */
export async function openDb(
  url: string,
  command = 'kinebase',
  { patience_ms, ...options }: PostgresOptions = {},
): Promise<Db> {
  const { migrate } = await import('./migrate.ts');
  const db = await connect(url, command, options);
  try {
    await migrate(db);
    if (patience_ms === undefined || db.dialect === 'sqlite') return db;
  } catch (error) {
    await db.close();
    throw error;
  }
  await db.close();
  return connect(url, command, { ...options, warn: () => {}, patience_ms });
}

/** Opens the store as it is. */
export async function connect(url: string, command: string, options: PostgresOptions = {}): Promise<Db> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(url.slice('sqlite:'.length), command);
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url, options);
  }
  throw new StoreError(
    'store_unusable',
    `the database URL must start with sqlite: or postgres://, not ${url.split(':')[0]}:`,
  );
}
