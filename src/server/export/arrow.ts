import { type Column, columnFromArray, float64, tableFromColumns, tableToIPC } from '@uwdata/flechette';
import type { Channel } from '../../motion/recording.ts';

/**
 * Time and channels → Arrow IPC file (Feather version 2): float64, null where a value is missing. What the columns mean
 * stands in the metadata of the schema.
 */
export function writeArrow(
  time: Float64Array,
  channels: readonly Channel[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const columns = [{ name: 'time', values: time }, ...channels].map(
    ({ name, values }): [string, Column<unknown>] => {
      const cells = values.some(Number.isNaN)
        ? Array.from(values, (value) => (Number.isNaN(value) ? null : value))
        : values;
      return [name, columnFromArray(cells, float64())];
    },
  );
  const table = tableFromColumns(columns);
  table.schema.metadata = new Map(Object.entries(metadata));
  return tableToIPC(table, { format: 'file' })!;
}
