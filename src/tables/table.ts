/** A table in memory: typed columns whose rows come in batches, to be written as a file of any length. */

/** One column. What it is in each format stands in `writer.ts`. */
export interface TableColumn {
  name: string;
  type: ColumnType;
  /** Whether a value may be missing. */
  nullable: boolean;
  unit?: string;
  /** A sentence for whoever opens the file. */
  description?: string;
}

/**
 * `string`: text. `double`: a finite number. `int`: a whole number within ±2^53. `timestamp`: microseconds since 1970 UTC, a
 * whole number. `boolean`. Missing is null, undefined, or NaN in a column of doubles.
 */
export type ColumnType = 'string' | 'double' | 'int' | 'timestamp' | 'boolean';

/** Some rows: of each column, in the order of the table, so many values. */
export interface TableBatch {
  rows: number;
  columns: readonly ArrayLike<unknown>[];
}

/**
 * How each type stands in each format:
 *
 * | type      | CSV                  | NDJSON               | Parquet                       | Arrow                |
 * | --------- | -------------------- | -------------------- | ----------------------------- | -------------------- |
 * | string    | text                 | string               | BYTE_ARRAY, STRING            | utf8                 |
 * | double    | shortest exact digits| number               | DOUBLE                        | float64              |
 * | int       | digits               | number               | INT64                         | int64                |
 * | timestamp | ISO 8601 in UTC      | ISO 8601 in UTC      | INT64, TIMESTAMP(MICROS, UTC) | timestamp[us, UTC]   |
 * | boolean   | true, false          | boolean              | BOOLEAN                       | bool                 |
 * | missing   | empty field          | null                 | null                          | null                 |
 */
export type TableFormat = 'csv' | 'ndjson' | 'parquet' | 'arrow';

export const TABLE_FORMATS = ['csv', 'ndjson', 'parquet', 'arrow'] as const satisfies TableFormat[];

/** Turns batches into the bytes of a file, piece by piece: what was handed out is kept no longer. */
export interface TableWriter {
  /** Bytes that are ready; may be none, until enough rows have come together. */
  write(batch: TableBatch): Uint8Array[];
  /** The rest of the file: without it the file is none. */
  end(): Uint8Array[];
}

/** What stands in the file beside its rows, where the format has a place for it. */
export type TableMetadata = Readonly<Record<string, string>>;

/** A table's columns, and the rows that records of the contract are in it. */
export interface TableOf<Item> {
  /** Of the file, without ending: `sessions`. */
  name: string;
  columns: readonly TableColumn[];
  rows(items: readonly Item[]): TableBatch;
}

/** A column with what it reads of a record. */
export interface ColumnOf<Item> extends TableColumn {
  read(item: Item): string | number | boolean | null | undefined;
}

export function defineTable<Item>(name: string, columns: readonly ColumnOf<Item>[]): TableOf<Item> {
  return {
    name,
    columns: columns.map(({ read, ...column }) => column),
    rows: (items) => ({ rows: items.length, columns: columns.map(({ read }) => items.map(read)) }),
  };
}

/** A table that cannot be written as it was given: a fault of the program, or a record that breaks its contract. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export const isMissing = (value: unknown): value is null | undefined =>
  value === null || value === undefined || Number.isNaN(value);
