import type { Command } from 'commander';
import type { ObjectsPlace } from '../server/moveObjects.ts';
import type { Db } from '../store/db.ts';
import type { MovedTable } from '../store/move/move.ts';
import { UsageError } from './explain.ts';
import { note, out, outTable } from './print.ts';
import { openCount } from './progress.ts';
import { refuseMissingStore } from './storeFolder.ts';

/** `kinebase migrate`: for whoever owns the stores, without a server. A data folder must not be in use by one. */
export function define(command: Command): void {
  command
    .option('--data <folder>', 'folder of the embedded store and of the objects (default ./kinebase-data)')
    .option('--from <url>', 'move the archive in this store, sqlite:FOLDER or postgres://…')
    .option('--to <url>', 'into this empty one; the configured store when absent')
    .option(
      '--objects-from <url>',
      'copy its recordings, series and reports from here, file:FOLDER or s3:https://HOST/BUCKET',
    )
    .option('--objects-to <url>', 'to here')
    .option('--resume', 'go on with a move that was interrupted')
    .option('--citus', 'distribute the tables of the configured store over a Citus cluster')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Without --from it brings the schema of the configured store (KINEBASE_DATABASE_URL, or --data) up to date.
A move reads every row again at the end and compares it; only then does a server start on the new store.
Stop the server of the old store first.`;

const COMMAND = 'kinebase migrate';

interface MigrateOptions {
  data?: string;
  from?: string;
  to?: string;
  objectsFrom?: string;
  objectsTo?: string;
  resume?: true;
  citus?: true;
}

async function run(options: MigrateOptions): Promise<void> {
  const { from, to, objectsFrom, objectsTo } = options;
  if ((objectsFrom === undefined) !== (objectsTo === undefined))
    throw new UsageError('--objects-from and --objects-to belong together');
  if (from === undefined) {
    const alone = Object.entries({
      '--to': to,
      '--objects-from': objectsFrom,
      '--resume': options.resume,
    }).find(([, value]) => value !== undefined);
    if (alone !== undefined)
      throw new UsageError(`${alone[0]} says nothing without --from, the store to move`);
    return updateSchema(options);
  }
  if (options.citus)
    throw new UsageError('--citus goes before a move: distribute the empty store, then move into it');
  const target = to ?? (await configuredUrl(options));
  if (from === target) throw new UsageError('--from and --to are the same store');
  await moveArchive(from, target, options);
}

async function configuredUrl({ data }: MigrateOptions): Promise<string> {
  const { readConfig } = await import('../server/config.ts');
  return readConfig(process.env, { DATA: data }).databaseUrl;
}

async function updateSchema(options: MigrateOptions): Promise<void> {
  const { connect } = await import('../store/open.ts');
  const db = await connect(await configuredUrl(options), COMMAND);
  try {
    await bringUpToDate(db);
    if (options.citus) await distributeTables(db);
  } finally {
    await db.close();
  }
}

async function bringUpToDate(db: Db, { moving = false } = {}): Promise<void> {
  const { migrate, readMigrations } = await import('../store/migrate.ts');
  const migrations = readMigrations();
  const applied = await migrate(db, migrations, { moving });
  for (const { id, name } of applied) out(`Applied schema ${id} (${name})`);
  if (applied.length === 0) out(`The schema is up to date (${migrations.at(-1)!.id})`);
}

async function distributeTables(db: Db): Promise<void> {
  const { distribute } = await import('../store/citus.ts');
  const { statements, distributed, reference } = await distribute(db);
  for (const statement of statements) out(statement);
  out(
    `${distributed.length} tables are distributed by org_id, ${reference.length} are reference tables (${reference.join(', ')})`,
  );
}

async function moveArchive(from: string, to: string, options: MigrateOptions): Promise<void> {
  const { connect } = await import('../store/open.ts');
  refuseMissingStore(from);
  const source = await connect(from, COMMAND);
  try {
    out('Source');
    await bringUpToDate(source);
    const target = await connect(to, COMMAND);
    try {
      out('Target');
      await bringUpToDate(target, { moving: true });
      await moveRows(source, target, options);
      if (options.objectsFrom !== undefined && options.objectsTo !== undefined)
        await moveFiles(target, options.objectsFrom, options.objectsTo);
      else note('Objects were not copied: give the new server the same ones, or copy them yourself');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function moveRows(source: Db, target: Db, { resume = false }: { resume?: boolean }): Promise<void> {
  const { move } = await import('../store/move/move.ts');
  const copying = await openCount('rows copied');
  const comparing = await openCount('rows compared');
  let moved: MovedTable[];
  try {
    moved = await move(
      source,
      target,
      { resume },
      {
        copied: (done, total) => copying.at(done, total),
        compared: (done, total) => comparing.at(done, total),
      },
    );
  } finally {
    copying.end();
    comparing.end();
  }
  outTable(
    [
      { head: 'Table', cell: ({ table }: MovedTable) => table },
      { head: 'Rows', cell: ({ rows }: MovedTable) => String(rows), right: true },
    ],
    moved,
    '',
  );
  out(`All ${moved.reduce((sum, { rows }) => sum + rows, 0)} rows are equal on both sides`);
}

async function moveFiles(db: Db, from: string, to: string): Promise<void> {
  const { moveObjects } = await import('../server/moveObjects.ts');
  const { readConfig } = await import('../server/config.ts');
  // The settings hold the keys of a bucket, which say nothing where there is none.
  const place = (url: string): ObjectsPlace =>
    url.startsWith('s3:') ? readConfig(process.env, { OBJECTS_URL: url }) : { objectsUrl: url, s3: null };
  const progress = await openCount('sessions with their objects copied');
  try {
    const moved = await moveObjects(db, place(from), place(to), (done, total) => progress.at(done, total));
    const { objects, bytes, copied, missing } = moved;
    out(`${objects} objects (${bytes} bytes) are equal on both sides; ${copied} were copied now`);
    if (missing.length > 0)
      throw new UsageError(
        `the source lacks ${missing.length} objects that sessions name, the first is ${missing[0]}`,
      );
  } finally {
    progress.end();
  }
}
