import { type Command, InvalidArgumentError } from 'commander';
import { MIRROR_FORMATS, type MirrorFormat } from '../mirror/formats.ts';
import { FEW } from '../mirror/guard.ts';
import { COUNTED, type CountedKind } from '../mirror/outcome.ts';
import { syncMirror } from '../mirror/sync.ts';
import { type Connection, connectNamed, withConnection } from './connect.ts';
import { exitAs, readParallel, untilInterrupted } from './longRun.ts';
import { openSyncReport } from './syncReport.ts';

/** `kinebase sync DIR`: a mirror of everything that an account sees. */
export function define(command: Command): void {
  withConnection(command.argument('<dir>', 'folder of the mirror; made when it is not there'))
    .option('--sign-in-url <url>', 'where to sign in, when not at the server: the endpoint of a user pool')
    .option(
      '--format <formats>',
      `${MIRROR_FORMATS.join(', ')}, or several; those of the mirror when absent, parquet for a new one`,
      listOf(MIRROR_FORMATS),
    )
    .option('--only <kinds>', `only some of ${COUNTED.join(', ')}`, listOf(COUNTED))
    .option('--no-originals', 'leave out the recorded files')
    .option('--parallel <n>', 'sessions fetched at a time', readParallel, 8)
    .option(
      '--verify',
      'read every file again, and fetch those that are not what they were; with --dry-run only name them',
    )
    .option('--refresh', 'fetch series and reports that are there already, too')
    .option(
      '--follow-deletions',
      `remove also where more than ${FEW} records and more than half of a list are gone from the server; without it nothing of that list is removed, and the sync ends with 1`,
    )
    .option('--moved', 'the server of this mirror is at another URL now')
    .option('--dry-run', 'say what there is to do, and do nothing')
    .addHelpText(
      'after',
      '\nRun it again to follow what was changed; a sync that was killed goes on where it was. Ends with 1 when anything failed, with 130 when it was interrupted.',
    )
    .action(run);
}

interface Options extends Connection {
  format?: MirrorFormat[];
  only?: CountedKind[];
  originals: boolean;
  parallel: number;
  verify?: true;
  refresh?: true;
  followDeletions?: true;
  moved?: true;
  dryRun?: true;
}

/** A nightly sync outlives a restart of the server. */
const PATIENCE = 5;

async function run(folder: string, options: Options): Promise<void> {
  const { format, only, originals, parallel, verify, refresh, followDeletions, moved, dryRun } = options;
  const { client, url, account } = await connectNamed(options, { retries: PATIENCE });
  const kinds = (only ?? COUNTED).filter((kind) => originals || kind !== 'originals');
  const report = openSyncReport(folder, only && kinds);
  const { signal, release } = untilInterrupted();
  try {
    const summary = await syncMirror({
      client,
      url,
      account,
      folder,
      formats: format,
      only: new Set(kinds),
      parallel,
      verify,
      refresh,
      followDeletions,
      moved,
      dryRun,
      signal,
      ...report.listeners,
    });
    report.end(summary);
    exitAs(summary);
  } finally {
    report.close();
    release();
  }
}

function listOf<Word extends string>(known: readonly Word[]) {
  return (text: string): Word[] => {
    const words = text.split(',').map((word) => word.trim());
    for (const word of words)
      if (!(known as readonly string[]).includes(word))
        throw new InvalidArgumentError(`Known are ${known.join(', ')}; several are separated by commas.`);
    return [...new Set(words)] as Word[];
  };
}
