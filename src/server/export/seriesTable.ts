import type { Channel } from '../../motion/recording.ts';
import { arrowEncoding } from '../../tables/arrow.ts';
import { parquetEncoding } from '../../tables/parquet.ts';
import type { TableColumn, TableEncoding, TableMetadata } from '../../tables/table.ts';
import { fileWriter } from '../../tables/writer.ts';

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
  const writer = fileWriter(ENCODINGS[format](columns), metadata);
  const pieces = [
    ...writer.write({ rows: time.length, columns: series.map(({ values }) => values) }),
    ...writer.end(),
  ];
  return Buffer.concat(pieces);
}

const ENCODINGS: Record<'parquet' | 'arrow', (columns: readonly TableColumn[]) => TableEncoding> = {
  // Nine digits in eight bytes: compression by repetition finds next to nothing in them.
  parquet: (columns) => parquetEncoding(columns, { groupRows: ALL_ROWS, plain: true, name: 'series' }),
  arrow: (columns) => arrowEncoding(columns, { batchRows: ALL_ROWS }),
};
