import type { Command } from 'commander';
import { IMPORTED, type ImportSummary } from '../mirror/import/run.ts';
import { importFrom } from '../mirror/importFrom.ts';
import type { Happened } from '../mirror/outcome.ts';
import { type Connection, connectNamed } from './connect.ts';
import { UsageError } from './explain.ts';
import { underHeading } from './help.ts';
import { exitAs, readParallel, untilInterrupted } from './longRun.ts';
import { type Column, note, out, tableLines } from './print.ts';
import { openRunReport, tellEdits, tellFailures } from './syncReport.ts';

/** `kinebase import --from URL`: fills an organization from another server. */
export interface SourceOptions extends Connection {
  from?: string;
  fromUsername?: string;
  fromClient?: string;
  fromKey?: string;
  fromSignInUrl?: string;
  parallel?: number;
  refresh?: true;
  dryRun?: true;
}

export function withSource(command: Command): Command {
  return underHeading(command, 'From another server:', (headed) =>
    headed
      .option('--from <url>', 'import everything from this server instead of from files')
      .option(
        '--from-username <name>',
        'account there (KINEBASE_FROM_USERNAME), with its password in KINEBASE_FROM_PASSWORD',
      )
      .option('--from-client <id>', 'client id there (KINEBASE_FROM_CLIENT)')
      .option('--from-key <key>', 'API key there (better in KINEBASE_FROM_KEY)')
      .option(
        '--from-sign-in-url <url>',
        'where to sign in, when not at that server: the endpoint of a user pool',
      )
      .option('--parallel <n>', 'sessions at a time; 8 when absent', readParallel)
      .option('--refresh', 'compare recordings that are there already, too')
      .option('--dry-run', 'say what there is to do, and do nothing'),
  );
}

const OF_SOURCE = new Set([
  ...['from', 'fromUsername', 'fromClient', 'fromKey', 'fromSignInUrl', 'parallel', 'refresh', 'dryRun'],
  ...['url', 'username', 'client', 'key'],
]);

/** What says something of files says nothing of a server. */
export function refuseFiles(files: readonly string[], command: Command): void {
  const option = command.options.find(
    (each) =>
      !OF_SOURCE.has(each.attributeName()) && command.getOptionValueSource(each.attributeName()) === 'cli',
  );
  const given = files[0] ?? option?.long;
  if (given !== undefined)
    throw new UsageError(`${given} is for an import of files; with --from everything comes from the server`);
}

/** A migration outlives a restart of either server. */
const PATIENCE = 5;

export async function importFromServer(options: SourceOptions): Promise<void> {
  const { from: url, fromUsername, fromClient, fromKey, fromSignInUrl, parallel, refresh, dryRun } = options;
  const given = { url, username: fromUsername, client: fromClient, key: fromKey, signInUrl: fromSignInUrl };
  const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const source = await connectNamed(flags, { retries: PATIENCE, prefix: 'KINEBASE_FROM' });
  const destination = await connectNamed(options, { retries: PATIENCE });
  const report = openRunReport<ImportSummary>((summary, edits) =>
    tell(source.url, destination.url, summary, edits),
  );
  const { signal, release } = untilInterrupted();
  try {
    const summary = await importFrom({
      from: source.client,
      to: destination.client,
      fromUrl: source.url,
      toUrl: destination.url,
      parallel,
      refresh,
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

const HEADS = {
  new: 'new',
  changed: 'changed',
  unchanged: 'unchanged',
  failed: 'failed',
  onlyHere: 'only here',
} as const;
type Row = Record<keyof typeof HEADS | 'kind', string>;

const COLUMNS: readonly Column<Row>[] = [
  { head: '', cell: ({ kind }) => kind },
  ...Object.entries(HEADS).map(([name, head]) => ({
    head,
    cell: (row: Row) => row[name as keyof Row],
    right: true,
  })),
];

function tell(from: string, to: string, summary: ImportSummary, edits: readonly Happened[]): void {
  tellEdits(edits);
  const rows = IMPORTED.map((kind): Row => {
    const counts = Object.entries(summary.counts[kind]).map(([name, count]) => [name, String(count)]);
    return { kind, ...Object.fromEntries(counts) };
  });
  out(tableLines(COLUMNS, rows).join('\n'));
  for (const text of summary.notes) note(text);
  tellFailures(summary);
  const nothing = IMPORTED.every((kind) => summary.counts[kind].new + summary.counts[kind].changed === 0);
  if (summary.interrupted)
    out(`Interrupted: ${to} does not have everything of ${from}; the same command goes on`);
  else if (summary.dryRun) out(`Nothing was written: that is what an import from ${from} would do`);
  else if (!summary.complete) out(`${to} does not have everything of ${from}; the same command goes on`);
  else if (nothing) out(`${to} has everything of ${from} already: nothing was to be done`);
  else out(`${to} has everything of ${from}`);
}
