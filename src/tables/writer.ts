import { arrowWriter } from './arrow.ts';
import { checkBatch, checkColumns } from './check.ts';
import { csvWriter } from './csv.ts';
import { ndjsonWriter } from './ndjson.ts';
import { parquetWriter } from './parquet.ts';
import type { TableColumn, TableFormat, TableMetadata, TableWriter } from './table.ts';

const WRITERS: Readonly<
  Record<TableFormat, (columns: readonly TableColumn[], metadata: TableMetadata) => TableWriter>
> = { csv: csvWriter, ndjson: ndjsonWriter, parquet: parquetWriter, arrow: arrowWriter };

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
  const writer = WRITERS[format](columns, metadata);
  return {
    write(batch) {
      checkBatch(columns, batch);
      return writer.write(batch);
    },
    end: writer.end,
  };
}
