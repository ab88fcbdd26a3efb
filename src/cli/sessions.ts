import { once } from 'node:events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAX_LIMIT, type Session, type SessionFilters } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { type Column, note, out, tableLines } from './print.ts';
import { nameOf } from './resolve.ts';
import { type FilterFlags, readFilters, withFilters } from './sessionFilters.ts';

/** `kinebase sessions`: what was recorded, newest first. */
export function define(command: Command): void {
  withFilters(withConnection(command))
    .option('--oldest-first', 'oldest first')
    .option('--limit <n>', 'at most so many; all when absent', readLimit)
    .option('--json', 'the sessions as JSON, one a line')
    .addOption(
      new Option(
        '--export',
        'as --json, in one answer and in the order of their ids: for very many',
      ).conflicts(['oldestFirst', 'limit', 'json']),
    )
    .action(run);
}

interface SessionsOptions extends Connection, FilterFlags {
  oldestFirst?: true;
  limit?: number;
  json?: true;
  export?: true;
}

async function run(options: SessionsOptions): Promise<void> {
  const client = await connect(options);
  const { oldestFirst, limit = Number.POSITIVE_INFINITY, json, export: whole } = options;
  const filters: SessionFilters = {
    ...(await readFilters(client, options)),
    ...(oldestFirst ? { order: 'oldest' } : {}),
    ...(limit <= MAX_LIMIT ? { limit } : {}),
  };
  if (whole) return printAll(client.sessions.export(filters));
  const names = json
    ? new Map<string, string>()
    : new Map((await client.athletes.list().all()).map((each) => [each.ValorID, nameOf(each)]));
  const columns = columnsOf(names);
  let printed = 0;
  for await (const { items } of client.sessions.list(filters).pages()) {
    const rows = items.slice(0, limit - printed);
    if (json) for (const session of rows) process.stdout.write(`${JSON.stringify(session)}\n`);
    else if (rows.length > 0) out(tableLines(columns, rows, printed === 0).join('\n'));
    printed += rows.length;
    if (printed >= limit) return;
  }
  if (printed === 0) note('No sessions');
}

/** As fast as they are taken: standard output may be a pipe to something slow. */
async function printAll(sessions: AsyncIterable<Session>): Promise<void> {
  for await (const session of sessions)
    if (!process.stdout.write(`${JSON.stringify(session)}\n`)) await once(process.stdout, 'drain');
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
