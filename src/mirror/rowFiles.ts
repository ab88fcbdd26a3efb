import type { ReportRow } from '../contract/reportRows.ts';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { assessmentsTable } from '../tables/assessments.ts';
import { athletesTable } from '../tables/athletes.ts';
import { exercisesTable } from '../tables/exercises.ts';
import { flatRows } from '../tables/flatReport.ts';
import { reportsTable } from '../tables/reports.ts';
import { sessionsTable } from '../tables/sessions.ts';
import type { TableOf } from '../tables/table.ts';
import { tableWriter } from '../tables/writer.ts';
import { pathWithin, readIfThere } from './disk.ts';
import type { RowFormat } from './formats.ts';
import { monthOf, tablePath } from './layout.ts';
import { RecordError, tableSession } from './records.ts';
import { LIST_KINDS, type MirroredSession, type MirrorState, reportsTableOf } from './state.ts';

/** The files of rows: one for each list, and one a month for the lines of reports. */

/** Tables that a mirror of this state has, in the order in which they are written. */
export function tablesOf(state: MirrorState): string[] {
  const months = new Set<string>();
  for (const { record, parts } of state.sessions.values())
    if (parts.report?.files.length) months.add(monthOf(record));
  return [...LIST_KINDS, 'sessions', ...[...months].sort().map(reportsTableOf)];
}

/** The bytes of a table's file, made as they are taken. */
export async function* rowsOf(
  folder: string,
  state: MirrorState,
  table: string,
  format: RowFormat,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (table === 'sessions') {
    yield* written(
      sessionsTable,
      format,
      inOrder(state).map(({ record }) => record),
      tableSession,
    );
  } else if (table.startsWith('reports/')) {
    const month = table.slice('reports/'.length);
    const sessions = inOrder(state).filter(({ record }) => monthOf(record) === month);
    yield* writtenAsTheyCome(reportsTable, format, reportRowsOf(folder, sessions));
  } else {
    const kind = table as (typeof LIST_KINDS)[number];
    yield* written(LISTS[kind] as TableOf<object>, format, [...state[kind].values()]);
  }
}

const LISTS = { athletes: athletesTable, assessments: assessmentsTable, exercises: exercisesTable };

/** By time of recording, then by id. */
function inOrder({ sessions }: MirrorState): MirroredSession[] {
  const key = ({ record }: MirroredSession) => `${record.Date} ${record['Session ID']}`;
  return [...sessions.values()]
    .map((session) => ({ session, key: key(session) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ session }) => session);
}

async function* reportRowsOf(folder: string, sessions: readonly MirroredSession[]) {
  for (const { record, parts } of sessions) {
    const [file] = parts.report?.files ?? [];
    if (file === undefined) continue;
    const bytes = await readIfThere(pathWithin(folder, file.path));
    if (bytes === null) throw new RecordError(`${file.path} is gone: run the same command again`);
    yield reportLines(tableSession(record), JSON.parse(bytes.toString('utf8')) as Report);
  }
}

/** As `GET /reports` answers them. */
function reportLines(session: Session, report: Report): ReportRow[] {
  const head = {
    'Session ID': session['Session ID'],
    Date: session.Date,
    'Athlete ID': session['Athlete ID'],
    'Exercise ID': session['Exercise ID'],
    'Session Name': session['Session Name'],
  };
  const Version = report.Provenance?.ReportVersion as number;
  return flatRows(report).map((row) => ({ ...head, ...row, Version }));
}

/** Rows at a time. */
const SLICE = 2000;

async function* written<Item>(
  table: TableOf<Item>,
  format: RowFormat,
  items: readonly Item[],
  toRow: (item: Item) => Item = (item) => item,
): AsyncGenerator<Uint8Array, void, undefined> {
  async function* slices() {
    for (let from = 0; from < items.length; from += SLICE) yield items.slice(from, from + SLICE);
  }
  yield* writtenAsTheyCome(table, format, slices(), toRow);
}

async function* writtenAsTheyCome<Item>(
  table: TableOf<Item>,
  format: RowFormat,
  slices: AsyncIterable<readonly Item[]>,
  toRow: (item: Item) => Item = (item) => item,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (format === 'json') return yield* jsonOf(slices);
  const writer = tableWriter(format, table.columns, { table: table.name });
  for await (const items of slices) yield* writer.write(table.rows(items.map(toRow)));
  yield* writer.end();
}

/** A list of records as the server answers them, one a line. */
async function* jsonOf(
  slices: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let before = '[\n';
  for await (const items of slices) {
    if (items.length === 0) continue;
    yield Buffer.from(before + items.map((item) => JSON.stringify(item)).join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

/** Paths that the tables of these formats have. */
export const tablePaths = (tables: readonly string[], formats: readonly RowFormat[]): Set<string> =>
  new Set(tables.flatMap((table) => formats.map((format) => tablePath(table, format))));
