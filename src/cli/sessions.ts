import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAX_LIMIT, type Session, type SessionFilters } from '../sdk/index.ts';
import { sessionsTable } from '../tables/sessions.ts';
import { tableWriter } from '../tables/writer.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { type Column, note, out, outPieces, tableLines } from './print.ts';
import { nameOf } from './resolve.ts';
import { type FilterFlags, readFilters, withFilters } from './sessionFilters.ts';

/** `kinebase sessions`: what was recorded, newest first. */
export function define(command: Command): void {
  withFilters(withConnection(command))
    .option('--oldest-first', 'oldest first')
    .option('--limit <n>', 'at most so many; all when absent', readLimit)
    .addOption(new Option('--json', 'the sessions as JSON, one a line').conflicts('csv'))
    .option('--csv', 'the sessions as CSV')
    .addOption(
      new Option(
        '--export',
        'as --json, in one answer and in the order of their ids: for very many',
      ).conflicts(['oldestFirst', 'limit', 'json', 'csv']),
    )
    .action(run);
}

interface SessionsOptions extends Connection, FilterFlags {
  oldestFirst?: true;
  limit?: number;
  json?: true;
  csv?: true;
  export?: true;
}

async function run(options: SessionsOptions): Promise<void> {
  const client = await connect(options);
  const { oldestFirst, limit = Number.POSITIVE_INFINITY, json, csv, export: whole } = options;
  const filters: SessionFilters = {
    ...(await readFilters(client, options)),
    ...(oldestFirst ? { order: 'oldest' } : {}),
    ...(limit <= MAX_LIMIT ? { limit } : {}),
  };
  if (whole) return outPieces(linesOf(client.sessions.export(filters)));
  const names =
    json || csv
      ? new Map<string, string>()
      : new Map((await client.athletes.list().all()).map((each) => [each.ValorID, nameOf(each)]));
  const columns = columnsOf(names);
  const writer = csv ? tableWriter('csv', sessionsTable.columns) : null;
  let printed = 0;
  for await (const { items } of client.sessions.list(filters).pages()) {
    const rows = items.slice(0, limit - printed);
    if (writer !== null) await outPieces(writer.write(sessionsTable.rows(rows)));
    else if (json) await outPieces(rows.map(lineOf));
    else if (rows.length > 0) out(tableLines(columns, rows, printed === 0).join('\n'));
    printed += rows.length;
    if (printed >= limit) break;
  }
  if (writer !== null) await outPieces(writer.end());
  else if (printed === 0) note('No sessions');
}

const lineOf = (session: Session): string => `${JSON.stringify(session)}\n`;

async function* linesOf(sessions: AsyncIterable<Session>): AsyncGenerator<string> {
  for await (const session of sessions) yield lineOf(session);
}

const columnsOf = (names: ReadonlyMap<string, string>): Column<Session>[] => [
  { head: 'Date (UTC)', cell: (session) => session.Date.slice(0, 16).replace('T', ' ') },
  { head: 'Athlete', cell: (session) => names.get(session['Athlete ID']) ?? session['Athlete ID'] },
  { head: 'Session', cell: (session) => session['Session Name'] },
  { head: 'Seconds', cell: ({ Duration }) => Duration.toFixed(1), right: true },
  { head: 'Session ID', cell: (session) => session['Session ID'] },
];

export function readLimit(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
