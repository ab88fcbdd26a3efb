import { fromIso } from '../contract/time.ts';

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
export { TABLE_FORMATS, type TableFormat } from '../contract/tables.ts';

/** Turns batches into the bytes of a file, piece by piece: what was handed out is kept no longer. */
export interface TableWriter {
  /** Bytes that are ready; may be none, until enough rows have come together. */
  write(batch: TableBatch): Uint8Array[];
  /** The rest of the file: without it the file is none. */
  end(): Uint8Array[];
}

/** Rows as they lie in a file, made without knowing the rest of it: in another thread, or before the rows ahead of them. */
export interface TablePiece {
  bytes: Uint8Array[];
  /** What the end of the file says of it. */
  entry?: unknown;
}

/** A format's two halves: what makes pieces of rows, and what makes a file of pieces. */
export interface TableEncoding {
  /** Rows that are worth a piece of their own. */
  pieceRows: number;
  /** Of at least one row. */
  encode(batch: TableBatch): TablePiece;
  /** A new file; its pieces must come from `encode` of the same columns. */
  assemble(metadata: TableMetadata): { add(piece: TablePiece): Uint8Array[]; end(): Uint8Array[] };
}

/** What stands in the file beside its rows, where the format has a place for it. */
export type TableMetadata = Readonly<Record<string, string>>;

/** A table's columns, and the rows that records of the contract are in it. */
export interface TableOf<Item> {
  /** Of the file, without ending: `sessions`. */
  name: string;
  columns: readonly TableColumn[];
  /** The same under the names that the records' members have on the wire. */
  wireColumns: readonly TableColumn[];
  rows(items: readonly Item[]): TableBatch;
}

/** A column, and which member of a record stands in it. */
export interface ColumnOf<Item> extends TableColumn {
  member: keyof Item & string;
}

export function defineTable<Item>(name: string, columns: readonly ColumnOf<Item>[]): TableOf<Item> {
  return {
    name,
    columns: columns.map(({ member, ...column }) => column),
    wireColumns: columns.map(({ member, ...column }) => ({ ...column, name: member })),
    rows: (items) => ({
      rows: items.length,
      columns: columns.map(({ member, type }) => {
        const read = READ[type];
        return items.map((item) => read(item[member]));
      }),
    }),
  };
}

/** A member as a value of a column: times are texts on the wire, and what is structured becomes text. */
const READ: Readonly<Record<ColumnType, (member: unknown) => unknown>> = {
  string: (member) => (typeof member === 'object' && member !== null ? JSON.stringify(member) : member),
  double: numeric,
  int: numeric,
  timestamp: (member) => (typeof member === 'string' && member !== '' ? microseconds(member) : member),
  boolean: (member) => member,
};

/** Some servers write numbers as text. */
function numeric(member: unknown): unknown {
  const number = typeof member === 'string' && member.trim() !== '' ? Number(member) : Number.NaN;
  return Number.isNaN(number) ? member : number;
}

/** A time of the wire as a table holds it. Throws TableError for a text that is no time. */
export function microseconds(iso: string): number {
  const time_us = fromIso(iso);
  if (time_us === null) throw new TableError(`${JSON.stringify(iso)} is not a time in ISO 8601`);
  return time_us;
}

/** A table that cannot be written as it was given: a fault of the program, or a record that breaks its contract. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export const isMissing = (value: unknown): value is null | undefined =>
  value === null || value === undefined || Number.isNaN(value);
