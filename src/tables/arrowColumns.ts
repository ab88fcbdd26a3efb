import {
  type Batch,
  batchType,
  bool,
  type DataType,
  float64,
  int64,
  TimeUnit,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import { type ColumnType, isMissing, type TableColumn } from './table.ts';

/** Values of a column as Arrow lays them out in memory: numbers side by side, texts in one piece, one bit each that says whether it is there. */

const TYPES: Readonly<Record<ColumnType, DataType>> = {
  string: utf8(),
  double: float64(),
  int: int64(),
  timestamp: timestamp(TimeUnit.MICROSECOND, 'UTC'),
  boolean: bool(),
};

export const arrowType = (type: ColumnType): DataType => TYPES[type];

export function arrowBatch({ type }: TableColumn, values: ArrayLike<unknown>, rows: number): Batch<unknown> {
  const { validity, nullCount } = validityOf(values, rows);
  const ofType = batchType(TYPES[type], {}) as new (parts: object) => Batch<unknown>;
  const parts = { length: rows, nullCount, type: TYPES[type], validity };
  return new ofType({ ...parts, ...LAYOUTS[type](values, rows) });
}

/** A bit for each value, the first the lowest of the first byte; none at all where no value is missing. */
function validityOf(values: ArrayLike<unknown>, rows: number): { validity: Uint8Array; nullCount: number } {
  // The usual case of a measured series.
  if (values instanceof Float64Array && !values.includes(Number.NaN)) return NONE_MISSING;
  const validity = new Uint8Array(Math.ceil(rows / 8));
  let nullCount = 0;
  for (let row = 0; row < rows; row++) {
    if (isMissing(values[row])) nullCount++;
    else validity[row >> 3]! |= 1 << (row & 7);
  }
  return nullCount === 0 ? NONE_MISSING : { validity, nullCount };
}

const NONE_MISSING = { validity: new Uint8Array(), nullCount: 0 };

type Layout = (values: ArrayLike<unknown>, rows: number) => { values: object; offsets?: Int32Array };

function wholeNumbers(values: ArrayLike<unknown>, rows: number): { values: BigInt64Array } {
  const numbers = new BigInt64Array(rows);
  for (let row = 0; row < rows; row++)
    if (!isMissing(values[row])) numbers[row] = BigInt(values[row] as number);
  return { values: numbers };
}

const LAYOUTS: Readonly<Record<ColumnType, Layout>> = {
  double(values, rows) {
    if (values instanceof Float64Array) return { values };
    const numbers = new Float64Array(rows);
    for (let row = 0; row < rows; row++) if (!isMissing(values[row])) numbers[row] = values[row] as number;
    return { values: numbers };
  },
  int: wholeNumbers,
  timestamp: wholeNumbers,
  boolean(values, rows) {
    const bits = new Uint8Array(Math.ceil(rows / 8));
    for (let row = 0; row < rows; row++) if (values[row] === true) bits[row >> 3]! |= 1 << (row & 7);
    return { values: bits };
  },
  string(values, rows) {
    const texts = Array.from(values, (value) => (value ?? '') as string);
    const offsets = new Int32Array(rows + 1);
    const together = encoder.encode(texts.join(''));
    // Where every character is one byte, a text is as long in bytes as it is here.
    let end = 0;
    for (let row = 0; row < rows; row++) offsets[row + 1] = end += texts[row]!.length;
    if (end === together.length) return { values: together, offsets };
    // Else one by one: halves of a character at the end of one text and the start of the next must not become one.
    const pieces = texts.map((text) => encoder.encode(text));
    end = 0;
    for (let row = 0; row < rows; row++) offsets[row + 1] = end += pieces[row]!.length;
    const bytes = new Uint8Array(end);
    for (let row = 0; row < rows; row++) bytes.set(pieces[row]!, offsets[row]);
    return { values: bytes, offsets };
  },
};

const encoder = new TextEncoder();
