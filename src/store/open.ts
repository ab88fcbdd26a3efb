import { type Db, StoreError } from './db.ts';

/** Opens `sqlite:FOLDER` (a data folder) or `postgres://…`, and brings its schema up to date. */
export async function openDb(url: string, command = 'kinebase'): Promise<Db> {
  const { migrate } = await import('./migrate.ts');
  const db = await connect(url, command);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Opens the store as it is. */
export async function connect(url: string, command: string): Promise<Db> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(url.slice('sqlite:'.length), command);
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url);
  }
  throw new StoreError(
    'store_unusable',
    `the database URL must start with sqlite: or postgres://, not ${url.split(':')[0]}:`,
  );
}
