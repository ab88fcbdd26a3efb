import type { Command } from 'commander';
import type { Counted } from '../server/compareObjects.ts';
import { note, out } from './print.ts';
import { refuseMissingStore } from './storeFolder.ts';

/**
 * `kinebase sweep`: for whoever owns the stores, without a server. A data folder must not be in use by one; PostgreSQL and
 * a bucket may be.
 */
export function define(command: Command): void {
  command
    .option('--data <folder>', 'folder of the embedded store and of the objects (default ./kinebase-data)')
    .option('--delete', 'remove the objects that no row names')
    .option('--list', 'name each of them')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Objects that no row names are left by crashes that nothing else has cleaned up, and by restored backups. Only those
that have lain there for a day count. Ends with exit code 1 when a session lacks an object.`;

interface SweepOptions {
  data?: string;
  delete?: true;
  list?: true;
}

async function run(options: SweepOptions): Promise<void> {
  const { readConfig } = await import('../server/config.ts');
  const { openObjects } = await import('../objects/open.ts');
  const { openDb } = await import('../store/open.ts');
  const { compareObjects } = await import('../server/compareObjects.ts');
  const { databaseUrl, objectsUrl, s3 } = readConfig(process.env, { DATA: options.data });
  refuseMissingStore(databaseUrl);
  const db = await openDb(databaseUrl, 'kinebase sweep');
  try {
    const objects = await openObjects(objectsUrl, s3);
    const remove = options.delete === true;
    const { sessions, stored, strays, foreign, missing, unfinished } = await compareObjects(
      { db, objects, now: Date.now },
      {
        remove,
        findings: {
          stray: (key) => {
            if (options.list) out(key);
          },
          missing: (organization, session, key) =>
            note(`session ${session} of organization ${organization} lacks ${key}`),
        },
      },
    );
    out(`${counted(stored)}, ${sessions} sessions`);
    out(
      strays.objects === 0
        ? 'A row names every object that is older than a day'
        : `No row names ${counted(strays)} of them${remove ? ': removed' : '; --delete removes them'}`,
    );
    if (foreign.objects > 0)
      note(
        `${counted(foreign)} belong to organizations that this store does not know, and are left alone: are they of another database?`,
      );
    if (unfinished > 0)
      out(`${unfinished} uploads in parts never ended${remove ? ': removed' : '; --delete removes them'}`);
    if (missing === 0) return;
    note(`${missing} objects that rows name are missing: take them from a backup`);
    process.exitCode = 1;
  } finally {
    await db.close();
  }
}

const counted = ({ objects, bytes }: Counted): string => `${objects} objects (${bytes} bytes)`;
