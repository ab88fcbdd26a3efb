import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { isMissing, type TableColumn, type TableEncoding } from './table.ts';

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
 *
 * A group is written as a file of its own without its end; in the whole file it lies further back.
 */
export function parquetEncoding(
  columns: readonly TableColumn[],
  { groupRows = GROUP_ROWS, plain = false, name = 'table' }: ParquetOptions = {},
): TableEncoding {
  const schema = [{ name, num_children: columns.length }, ...columns.map(elementOf)];
  const codec = plain ? 'UNCOMPRESSED' : 'SNAPPY';
  return {
    pieceRows: groupRows,
    encode(batch) {
      const writer = new ByteWriter();
      const file = new ParquetWriter({ writer, schema, codec });
      const columnData = columns.map((column, place) => ({
        ...sourceOf(column, batch.columns[place]!),
        // Of use only beside an index of values, which is not written.
        offsetIndex: false,
        ...(plain ? { encoding: 'PLAIN' as const } : {}),
      }));
      void file.write({ columnData, rowGroupSize: batch.rows });
      return { bytes: [writer.getBytes().slice(START)], entry: file.row_groups[0] };
    },
    assemble(metadata) {
      const said = Object.entries({ ...meaningOf(columns), ...metadata });
      const writer = new ByteWriter();
      const file = new ParquetWriter({
        writer,
        schema,
        codec,
        // Of an empty list the library makes one of a type that readers refuse.
        ...(said.length === 0 ? {} : { kvMetadata: said.map(([key, value]) => ({ key, value })) }),
        createdBy: 'kinebase',
      });
      const written = (): Uint8Array[] => {
        const bytes = writer.getBytes().slice();
        writer.index = 0;
        return bytes.length === 0 ? [] : [bytes];
      };
      return {
        add({ bytes, entry }) {
          const group = movedBy(entry as RowGroup, BigInt(writer.offset - START));
          file.row_groups.push(group);
          file.num_rows += group.num_rows;
          writer.offset += bytes.reduce((sum, { length }) => sum + length, 0);
          return [...written(), ...bytes];
        },
        end() {
          // Without rows there is no group, and again an empty list: so one without rows.
          if (file.row_groups.length === 0) file.row_groups.push(emptyGroup(schema.slice(1), codec));
          void file.finish();
          return written();
        },
      };
    },
  };
}

/** Bytes at the start of every file. */
const START = 4;

type RowGroup = ParquetWriter['row_groups'][number];

/** A group that lies so many bytes further back. */
const movedBy = (group: RowGroup, bytes: bigint): RowGroup => ({
  ...group,
  columns: group.columns.map((column) => {
    const { data_page_offset, dictionary_page_offset, ...data } = column.meta_data!;
    return {
      ...column,
      file_offset: column.file_offset + bytes,
      meta_data: {
        ...data,
        data_page_offset: data_page_offset + bytes,
        ...(dictionary_page_offset === undefined
          ? {}
          : { dictionary_page_offset: dictionary_page_offset + bytes }),
      },
    };
  }),
});

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

const emptyGroup = (elements: readonly SchemaElement[], codec: 'UNCOMPRESSED' | 'SNAPPY'): RowGroup => ({
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
      // No page lies there.
      data_page_offset: BigInt(START),
    },
  })),
  total_byte_size: 0n,
  num_rows: 0n,
});
