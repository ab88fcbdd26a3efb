import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Channel } from '../../motion/recording.ts';

/** Rows of one group: as many as a long recording has, so that a column lies in one piece. */
const GROUP_ROWS = 1_000_000;

/**
 * Time and channels → Parquet: doubles, null where a value is missing; a column that has none missing is required. What
 * the columns mean stands in the metadata of the file.
 */
export function writeParquet(
  time: Float64Array,
  channels: readonly Channel[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const columns = [{ name: 'time', values: time }, ...channels].map(({ name, values }) => {
    const gaps = values.some(Number.isNaN);
    const data = gaps ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
    return { name, data, gaps };
  });
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'series', num_children: columns.length },
      ...columns.map(({ name, gaps }) => ({
        name,
        type: 'DOUBLE' as const,
        repetition_type: gaps ? ('OPTIONAL' as const) : ('REQUIRED' as const),
      })),
    ],
    // Nine digits in eight bytes: compression by repetition finds next to nothing in them.
    codec: 'UNCOMPRESSED',
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'kinebase',
  });
  void file.write({
    columnData: columns.map(({ name, data }) => ({ name, data, encoding: 'PLAIN' })),
    rowGroupSize: GROUP_ROWS,
  });
  // Without rows the writer makes no group, and of the empty list a type that readers refuse: so one without rows.
  if (time.length === 0) file.row_groups.push(emptyGroup(columns.map(({ name }) => name)));
  void file.finish();
  return writer.getBytes();
}

const emptyGroup = (names: readonly string[]): ParquetWriter['row_groups'][number] => ({
  columns: names.map((name) => ({
    file_offset: 0n,
    meta_data: {
      type: 'DOUBLE',
      encodings: ['PLAIN'],
      path_in_schema: [name],
      codec: 'UNCOMPRESSED',
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
