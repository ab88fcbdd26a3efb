import type { Session } from '../../contract/sessions.ts';
import type { TableFormat, TableName } from '../../contract/tables.ts';
import { unescapeJson } from '../../contract/wire.ts';
import { readFlatReport } from '../../tables/flatReport.ts';
import { type LineFilter, lineChooser } from '../../tables/lineFilter.ts';
import { addNames, type Names, withNames } from '../../tables/names.ts';
import { flatReportRows, reportsTable, type SessionReport } from '../../tables/reports.ts';
import { sessionsTable } from '../../tables/sessions.ts';
import type { TableBatch, TableEncoding, TablePiece } from '../../tables/table.ts';
import { tableEncoding } from '../../tables/writer.ts';

/** Sessions as the store answers them, with the lines of their reports where those are wanted. */
export interface SessionTexts {
  /** Wire texts, escaped, with an escaped end of line between. */
  sessions: string;
  /** For each of them the version of its report, a blank, and its lines as text, with an end of line between; null: not wanted. */
  reports: string | null;
  /** Of the ids in them; absent: not wanted. */
  names?: Names | undefined;
}

/** What a thread makes a piece of a file of. */
export interface PieceInput {
  table: TableName;
  format: TableFormat;
  /** Of reports: which of their lines. */
  lines: LineFilter;
  /** Whether names stand behind the ids; each text has them then. */
  named: boolean;
  texts: readonly SessionTexts[];
}

/** Lines of text keep the names that members have on the wire; columns have names that need no quotes in SQL. */
export function encodingOf({ table, format, named }: Omit<PieceInput, 'lines' | 'texts'>): TableEncoding {
  const { columns, wireColumns } = named ? withNames(tableOf(table)) : tableOf(table);
  return tableEncoding(format, format === 'ndjson' ? wireColumns : columns);
}

const tableOf = (table: TableName) => (table === 'sessions' ? sessionsTable : reportsTable);

/** No bytes where the reports have no lines. */
export function encodePiece({ lines, texts, ...input }: PieceInput): TablePiece {
  const { table, named } = input;
  const rows = (some: readonly SessionTexts[]): TableBatch =>
    table === 'sessions'
      ? sessionsTable.rows(some.flatMap(readSessions))
      : flatReportRows(some.flatMap((text) => [...readReports(text, lines)].flat()));
  const batch = named
    ? oneBatch(texts.map((text) => addNames(rows([text]), tableOf(table), text.names!)))
    : rows(texts);
  return batch.rows === 0 ? { bytes: [] } : encodingOf(input).encode(batch);
}

const oneBatch = (batches: readonly TableBatch[]): TableBatch => ({
  rows: batches.reduce((sum, { rows }) => sum + rows, 0),
  columns: (batches[0]?.columns ?? []).map((_, at) =>
    batches.flatMap(({ columns }) => columns[at] as unknown[]),
  ),
});

const readSessions = ({ sessions }: Pick<SessionTexts, 'sessions'>): Session[] =>
  JSON.parse(`[${unescapeJson(sessions).replaceAll('\n', ',')}]`) as Session[];

/** The sessions of a text, each with those lines of its report, so many at a time. */
export function* readReports(
  { sessions, reports }: SessionTexts,
  filter: LineFilter,
  together = Number.POSITIVE_INFINITY,
): Generator<SessionReport[]> {
  const texts = sessions === '' ? [] : unescapeJson(sessions).split('\n');
  const lines = (reports ?? '').split('\n');
  const choose = lineChooser(filter);
  for (let first = 0; first < texts.length; first += together)
    yield texts
      .slice(first, first + together)
      .map((text, at) => readReport(text, lines[first + at]!, choose));
}

function readReport(session: string, line: string, choose: ReturnType<typeof lineChooser>): SessionReport {
  const blank = line.indexOf(' ');
  return {
    session: JSON.parse(session) as Session,
    version: Number(line.slice(0, blank)),
    flat: choose(readFlatReport(line.slice(blank + 1))),
  };
}
