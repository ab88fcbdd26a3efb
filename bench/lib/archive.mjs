// Archives that measurements read: built once for a schema, kept in the cache folder, used again by later runs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../load.mjs';

export const SESSIONS = 1_000_000;
export const ORGANIZATIONS = 50;
/** One organization in which page 10,000 is the last one. */
const DEEP = { sessions: 1_000_000, organizations: 1 };
/** The same, but no larger than the archive beside it, which is smaller where somebody only tries out. */
export const deepWithin = ({ sessions }) => ({ ...DEEP, sessions: Math.min(DEEP.sessions, sessions) });
/** Raise it when the generator changes. */
const GENERATION = 3;
/** On disk, with indexes, and with the log that PostgreSQL writes meanwhile. */
const BYTES_PER_SESSION = 2500;
const MIGRATIONS = new URL('../../dist/store/migrations/', import.meta.url);

/** The data folder of an embedded store. */
export async function sqliteArchive({ cache, log }, shape) {
  const folder = join(cache, `sqlite-${nameOf(shape)}`);
  const mark = join(folder, 'archive.json');
  const wanted = identity(shape);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  needSpace(cache, shape);
  mkdirSync(folder, { recursive: true });
  log(`building ${shape.sessions} sessions in an embedded store`);
  await load({ ...shape, databaseUrl: `sqlite:${folder}`, log: () => {} });
  writeFileSync(mark, wanted);
  return folder;
}

/** A database on that server. */
export async function postgresArchive({ cache, log }, postgres, shape) {
  const database = `archive_${nameOf(shape)}`;
  const wanted = identity(shape);
  await postgres.keep(database, wanted, async () => {
    needSpace(cache, shape);
    log(`building ${shape.sessions} sessions on PostgreSQL`);
    await load({ ...shape, databaseUrl: postgres.url(database), parallel: 4, log: () => {} });
  });
  return { database, identity: wanted };
}

const nameOf = ({ sessions, organizations }) => `${sessions}_${organizations}`;

/** An archive of another schema or generator is no longer the one that is asked for. */
function identity(shape) {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort())
    hash.update(file).update(readFileSync(new URL(file, MIGRATIONS)));
  return JSON.stringify({ ...shape, generation: GENERATION, schema: hash.digest('hex') });
}

function needSpace(folder, { sessions }) {
  const { bavail, bsize } = statfsSync(folder);
  const needed = sessions * BYTES_PER_SESSION;
  if (bavail * bsize < needed)
    throw new Error(
      `${sessions} sessions need some ${Math.ceil(needed / 1e9)} GB in ${folder}; choose another --cache`,
    );
}
