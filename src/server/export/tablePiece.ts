import type { Session } from '../../contract/sessions.ts';
import type { TableFormat, TableName } from '../../contract/tables.ts';
import { unescapeJson } from '../../contract/wire.ts';
import { readFlatReport } from '../../tables/flatReport.ts';
import { type LineFilter, lineChooser } from '../../tables/lineFilter.ts';
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
}

/** What a thread makes a piece of a file of. */
export interface PieceInput {
  table: TableName;
  format: TableFormat;
  /** Of reports: which of their lines. */
  lines: LineFilter;
  texts: readonly SessionTexts[];
}

/** Lines of text keep the names that members have on the wire; columns have names that need no quotes in SQL. */
export function encodingOf(table: TableName, format: TableFormat): TableEncoding {
  const { columns, wireColumns } = table === 'sessions' ? sessionsTable : reportsTable;
  return tableEncoding(format, format === 'ndjson' ? wireColumns : columns);
}

/** No bytes where the reports have no lines. */
export function encodePiece({ table, format, lines, texts }: PieceInput): TablePiece {
  const batch: TableBatch =
    table === 'sessions'
      ? sessionsTable.rows(texts.flatMap(readSessions))
      : flatReportRows(texts.flatMap((text) => [...readReports(text, lines)].flat()));
  return batch.rows === 0 ? { bytes: [] } : encodingOf(table, format).encode(batch);
}

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
