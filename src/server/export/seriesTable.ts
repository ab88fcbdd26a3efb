import type { Channel } from '../../motion/recording.ts';
import { arrowWriter } from '../../tables/arrow.ts';
import { parquetWriter } from '../../tables/parquet.ts';
import type { TableColumn, TableMetadata, TableWriter } from '../../tables/table.ts';

/** Rows of one group: as many as a long recording has, so that a column lies in one piece. */
const ALL_ROWS = 1_000_000;

/**
 * Time and channels → Parquet or Arrow: doubles, missing where no sample was usable; a Parquet column that has none missing
 * is required. What the columns mean stands in the metadata.
 */
export function writeSeriesTable(
  format: 'parquet' | 'arrow',
  time: Float64Array,
  channels: readonly Channel[],
  metadata: TableMetadata,
): Uint8Array {
  const series = [{ name: 'time', values: time }, ...channels];
  const columns = series.map(
    ({ name, values }): TableColumn => ({
      name,
      type: 'double',
      nullable: format === 'arrow' || values.some(Number.isNaN),
    }),
  );
  const writer = WRITERS[format](columns, metadata);
  const pieces = [
    ...writer.write({ rows: time.length, columns: series.map(({ values }) => values) }),
    ...writer.end(),
  ];
  return Buffer.concat(pieces);
}

const WRITERS: Record<'parquet' | 'arrow', (columns: TableColumn[], metadata: TableMetadata) => TableWriter> =
  {
    // Nine digits in eight bytes: compression by repetition finds next to nothing in them.
    parquet: (columns, metadata) =>
      parquetWriter(columns, metadata, { groupRows: ALL_ROWS, plain: true, name: 'series' }),
    arrow: (columns, metadata) => arrowWriter(columns, metadata, { batchRows: ALL_ROWS }),
  };
