import { arrowEncoding } from './arrow.ts';
import { checkBatch, checkColumns } from './check.ts';
import { csvEncoding } from './csv.ts';
import { gatherRows } from './gather.ts';
import { ndjsonEncoding } from './ndjson.ts';
import { parquetEncoding } from './parquet.ts';
import type {
  TableBatch,
  TableColumn,
  TableEncoding,
  TableFormat,
  TableMetadata,
  TableWriter,
} from './table.ts';

const ENCODINGS: Readonly<Record<TableFormat, (columns: readonly TableColumn[]) => TableEncoding>> = {
  csv: csvEncoding,
  ndjson: ndjsonEncoding,
  parquet: parquetEncoding,
  arrow: arrowEncoding,
};

/** For pieces made elsewhere. Throws TableError for columns that no file could hold, and in `encode` for such values. */
export function tableEncoding(format: TableFormat, columns: readonly TableColumn[]): TableEncoding {
  checkColumns(columns);
  const encoding = ENCODINGS[format](columns);
  return {
    ...encoding,
    encode(batch) {
      checkBatch(columns, batch);
      return encoding.encode(batch);
    },
  };
}

/**
 * A file of any length in constant memory. Throws TableError, here or in `write`, for what no format could hold.
 *
 * @example
 * const writer = tableWriter('parquet', sessionsTable.columns, { table: 'sessions' });
 * for await (const { items } of client.sessions.list().pages())
 *   for (const bytes of writer.write(sessionsTable.rows(items))) file.write(bytes);
 * for (const bytes of writer.end()) file.write(bytes);
 */
export function tableWriter(
  format: TableFormat,
  columns: readonly TableColumn[],
  metadata: TableMetadata = {},
): TableWriter {
  checkColumns(columns);
  const { write, end } = fileWriter(ENCODINGS[format](columns), metadata);
  return {
    write(batch) {
      checkBatch(columns, batch);
      return write(batch);
    },
    end,
  };
}

/** Rows are gathered into pieces, and pieces into a file. */
export function fileWriter(
  { encode, pieceRows, assemble }: TableEncoding,
  metadata: TableMetadata,
): TableWriter {
  const gathered = gatherRows(pieceRows);
  const file = assemble(metadata);
  const add = (batch: TableBatch) => file.add(encode(batch));
  return {
    write: (batch) => gathered.add(batch).flatMap(add),
    end() {
      const rest = gathered.rest();
      return [...(rest === null ? [] : add(rest)), ...file.end()];
    },
  };
}
