import { type Command, Option } from 'commander';
import { type LineFilters, MAX_LIMIT, type ReportFilters, type ReportRow } from '../sdk/index.ts';
import { reportsTable } from '../tables/reports.ts';
import { tableWriter } from '../tables/writer.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { readLineFilters, withLineFilters } from './lineFilters.ts';
import { type Column, note, out, outPieces, tableLines } from './print.ts';
import { nameOf } from './resolve.ts';
import { type FilterFlags, readFilters, withFilters } from './sessionFilters.ts';
import { readLimit } from './sessions.ts';

/** `kinebase reports`: lines of the current reports, those of the newest session first. */
export function define(command: Command): void {
  withLineFilters(withFilters(withConnection(command)))
    .option('--oldest-first', 'oldest session first')
    .option('--limit <n>', 'of at most so many sessions that have such lines; all when absent', readLimit)
    .addOption(new Option('--json', 'the lines as JSON, one a line').conflicts('csv'))
    .option('--csv', 'the lines as CSV')
    .action(run);
}

interface ReportsOptions extends Connection, FilterFlags, LineFilters {
  oldestFirst?: true;
  limit?: number;
  json?: true;
  csv?: true;
}

async function run(options: ReportsOptions): Promise<void> {
  const client = await connect(options);
  const { oldestFirst, limit = Number.POSITIVE_INFINITY, json, csv } = options;
  const filters: ReportFilters = {
    ...(await readFilters(client, options)),
    ...readLineFilters(options),
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
    if (writer !== null) await outPieces(writer.write(reportsTable.rows(rows)));
    else if (json) await outPieces(rows.map((row) => `${JSON.stringify(row)}\n`));
    else if (rows.length > 0) out(tableLines(columns, rows, printed === 0).join('\n'));
    printed += rows.length;
  }
  if (writer !== null) await outPieces(writer.end());
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
