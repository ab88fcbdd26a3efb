import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { MAX_LIMIT, type Quantity, type ReportRow, type SessionFilters } from '../sdk/index.ts';
import { reportsTable } from '../tables/reports.ts';
import { tableWriter } from '../tables/writer.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { type Column, note, out, tableLines } from './print.ts';
import { nameOf } from './resolve.ts';
import { type FilterFlags, readFilters, withFilters } from './sessionFilters.ts';
import { readLimit } from './sessions.ts';

/** `kinebase reports`: lines of the current reports, those of the newest session first. */
export function define(command: Command): void {
  withFilters(withConnection(command))
    .addOption(
      new Option(
        '--quantity <quantity>',
        'only angles (Ang), velocities (Vel), accelerations (Acc) or decelerations (Dec)',
      ).choices(['Ang', 'Vel', 'Acc', 'Dec']),
    )
    .option('--oldest-first', 'oldest session first')
    .option('--limit <n>', 'of at most so many sessions; all when absent', readLimit)
    .addOption(new Option('--json', 'the lines as JSON, one a line').conflicts('csv'))
    .option('--csv', 'the lines as CSV')
    .action(run);
}

interface ReportsOptions extends Connection, FilterFlags {
  quantity?: Quantity;
  oldestFirst?: true;
  limit?: number;
  json?: true;
  csv?: true;
}

async function run(options: ReportsOptions): Promise<void> {
  const client = await connect(options);
  const { quantity, oldestFirst, limit = Number.POSITIVE_INFINITY, json, csv } = options;
  const filters: SessionFilters = {
    ...(await readFilters(client, options)),
    ...(oldestFirst ? { order: 'oldest' } : {}),
    // A page of lines is read more slowly than one of sessions.
    limit: Math.min(limit, json || csv ? MAX_LIMIT : SHOWN_TOGETHER),
  };
  const names =
    json || csv
      ? new Map<string, string>()
      : new Map((await client.athletes.list().all()).map((each) => [each.ValorID, nameOf(each)]));
  const columns = columnsOf(names);
  const writer = csv ? tableWriter('csv', reportsTable.columns) : null;
  let printed = 0;
  for await (const rows of pagesOf(client.reports.list(filters).pages(), limit)) {
    const wanted = rows.filter(({ Quantity }) => quantity === undefined || Quantity === quantity);
    if (writer !== null) await print(writer.write(reportsTable.rows(wanted)));
    else if (json) await print(wanted.map((row) => `${JSON.stringify(row)}\n`));
    else if (wanted.length > 0) out(tableLines(columns, wanted, printed === 0).join('\n'));
    printed += wanted.length;
  }
  if (writer !== null) await print(writer.end());
  else if (printed === 0) note('No lines of reports');
}

const SHOWN_TOGETHER = 100;

/** Rows page by page, of no more sessions than wanted. */
async function* pagesOf(
  pages: AsyncIterable<{ items: readonly ReportRow[] }>,
  limit: number,
): AsyncGenerator<ReportRow[]> {
  const sessions = new Set<string>();
  for await (const { items } of pages) {
    const rows = items.filter((row) => {
      if (sessions.size < limit) sessions.add(row['Session ID']);
      return sessions.has(row['Session ID']);
    });
    yield rows;
    if (rows.length < items.length || sessions.size >= limit) return;
  }
}

/** As fast as they are taken: standard output may be a pipe to something slow. */
async function print(pieces: readonly (string | Uint8Array)[]): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

const number = (value: number | null): string => (value === null ? '' : value.toFixed(1));

const columnsOf = (names: ReadonlyMap<string, string>): Column<ReportRow>[] => [
  { head: 'Date (UTC)', cell: (row) => row.Date.slice(0, 16).replace('T', ' ') },
  { head: 'Athlete', cell: (row) => names.get(row['Athlete ID']) ?? row['Athlete ID'] },
  { head: 'Session', cell: (row) => row['Session Name'] },
  { head: '', cell: ({ Quantity }) => Quantity },
  { head: 'Metric', cell: ({ Metric }) => Metric },
  { head: 'Side', cell: ({ Side }) => Side },
  { head: 'AvgMax', cell: ({ AvgMax }) => number(AvgMax), right: true },
  { head: 'FullMax', cell: ({ FullMax }) => number(FullMax), right: true },
  { head: 'Avg', cell: ({ Avg }) => number(Avg), right: true },
  { head: 'Unit', cell: ({ Unit }) => Unit },
  { head: 'Score', cell: ({ Score }) => (Score === null ? '' : String(Score)), right: true },
  { head: 'Range', cell: ({ Min, Max }) => (Min === null ? '' : `${Min} to ${Max}`) },
];
