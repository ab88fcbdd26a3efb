import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { gatherRows } from './gather.ts';
import {
  isMissing,
  type TableBatch,
  type TableColumn,
  type TableMetadata,
  type TableWriter,
} from './table.ts';

type SchemaElement = ParquetWriter['schema'][number];
type ColumnSource = Parameters<ParquetWriter['write']>[0]['columnData'][number];

export interface ParquetOptions {
  /** Rows of one group, which lie in memory together; 50,000 when absent. */
  groupRows?: number;
  /** Write values one behind the other as they are: right for measured numbers, in which next to nothing repeats. */
  plain?: boolean;
  /** Name of the table inside the file. */
  name?: string;
}

const GROUP_ROWS = 50_000;

/**
 * Parquet, a row group at a time. A column that cannot miss a value is required. What the columns mean stands in the file's
 * key-value metadata: `units` and `descriptions`, each JSON of column → text, beside what `metadata` holds.
 */
export function parquetWriter(
  columns: readonly TableColumn[],
  metadata: TableMetadata,
  { groupRows = GROUP_ROWS, plain = false, name = 'table' }: ParquetOptions = {},
): TableWriter {
  const codec = plain ? 'UNCOMPRESSED' : 'SNAPPY';
  const said = Object.entries({ ...meaningOf(columns), ...metadata });
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [{ name, num_children: columns.length }, ...columns.map(elementOf)],
    codec,
    // Of an empty list the writer makes one of a type that readers refuse.
    ...(said.length === 0 ? {} : { kvMetadata: said.map(([key, value]) => ({ key, value })) }),
    createdBy: 'kinebase',
  });
  const gathered = gatherRows(groupRows);
  const group = (batch: TableBatch): Uint8Array => {
    const columnData = columns.map((column, place) => ({
      ...sourceOf(column, batch.columns[place]!),
      ...(plain ? { encoding: 'PLAIN' as const } : {}),
    }));
    void file.write({ columnData, rowGroupSize: groupRows });
    return taken(writer);
  };
  return {
    write: (batch) => gathered.add(batch).map(group),
    end() {
      const rest = gathered.rest();
      const last = rest === null ? [] : [group(rest)];
      // Without rows the writer makes no group, and again an empty list: so one without rows.
      if (file.row_groups.length === 0) file.row_groups.push(emptyGroup(file.schema.slice(1), codec));
      void file.finish();
      return [...last, taken(writer)];
    },
  };
}

/** Hands out what was written, and keeps none of it; offsets go on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/** What is said of the columns that have something to say. */
function meaningOf(columns: readonly TableColumn[]): Record<string, string> {
  const said = (member: 'unit' | 'description') => {
    const entries = columns.flatMap(({ name, [member]: text }) => (text === undefined ? [] : [[name, text]]));
    return entries.length === 0 ? undefined : JSON.stringify(Object.fromEntries(entries));
  };
  const units = said('unit');
  const descriptions = said('description');
  return { ...(units && { units }), ...(descriptions && { descriptions }) };
}

/** Old readers go by the converted type, new ones by the logical one. */
function elementOf({ name, type, nullable }: TableColumn): SchemaElement {
  const repetition_type = nullable ? 'OPTIONAL' : 'REQUIRED';
  switch (type) {
    case 'string':
      return {
        name,
        type: 'BYTE_ARRAY',
        repetition_type,
        converted_type: 'UTF8',
        logical_type: { type: 'STRING' },
      };
    case 'double':
      return { name, type: 'DOUBLE', repetition_type };
    case 'int':
      return { name, type: 'INT64', repetition_type };
    case 'timestamp':
      return {
        name,
        type: 'INT64',
        repetition_type,
        converted_type: 'TIMESTAMP_MICROS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      };
    case 'boolean':
      return { name, type: 'BOOLEAN', repetition_type };
  }
}

function sourceOf({ name, type, nullable }: TableColumn, values: ArrayLike<unknown>): ColumnSource {
  const wide = type === 'int' || type === 'timestamp';
  if (!nullable && !wide) return { name, data: values as ColumnSource['data'] };
  const data = Array.from(values, (value) =>
    isMissing(value) ? null : wide ? BigInt(value as number) : value,
  );
  return { name, data };
}

const emptyGroup = (
  elements: readonly SchemaElement[],
  codec: 'UNCOMPRESSED' | 'SNAPPY',
): ParquetWriter['row_groups'][number] => ({
  columns: elements.map(({ name, type }) => ({
    file_offset: 0n,
    meta_data: {
      type: type!,
      encodings: ['PLAIN'],
      path_in_schema: [name],
      codec,
      num_values: 0n,
      total_uncompressed_size: 0n,
      total_compressed_size: 0n,
      // Behind the four bytes at the start of the file: no page lies there.
      data_page_offset: 4n,
    },
  })),
  total_byte_size: 0n,
  num_rows: 0n,
});
