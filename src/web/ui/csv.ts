import { csvEncoding } from '../../tables/csv.ts';

export interface CsvColumn<Row> {
  name: string;
  type: 'string' | 'int' | 'double';
  /** null or undefined: missing. */
  value: (row: Row) => string | number | null | undefined;
}

/** Rows that are shown, as the CSV that everything else here writes. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): Uint8Array[] {
  const encoding = csvEncoding(columns.map(({ name, type }) => ({ name, type, nullable: true })));
  const file = encoding.assemble({});
  const batch = { rows: rows.length, columns: columns.map(({ value }) => rows.map(value)) };
  return [...(rows.length === 0 ? [] : file.add(encoding.encode(batch))), ...file.end()];
}
