import { type Column, type Table, Type, tableFromIPC } from '@uwdata/flechette';
import { TableError } from './table.ts';

/** Columns of numbers; NaN where a value is missing. */
export interface NumberColumns {
  names: string[];
  columns: Float64Array[];
}

/** An Arrow file begins and ends with it. */
const MAGIC = 'ARROW1';

/** Arrow IPC file of floating-point columns → the columns in their order. Throws TableError. */
export function readArrowNumbers(bytes: Uint8Array): NumberColumns {
  if (String.fromCharCode(...bytes.subarray(-MAGIC.length)) !== MAGIC)
    throw new TableError('The file has no end: it was cut off, or is no Arrow file.');
  const table = tableOf(bytes);
  const names = table.schema.fields.map(({ name }) => name);
  return { names, columns: names.map((name, place) => numbersOf(name, table.getChildAt(place))) };
}

function tableOf(bytes: Uint8Array): Table {
  try {
    // The library reads numbers where they lie, which only works where eight bytes begin.
    return tableFromIPC(bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes));
  } catch (error) {
    throw new TableError(`The file cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function numbersOf(name: string, column: Column<unknown>): Float64Array {
  if (column.type.typeId !== Type.Float)
    throw new TableError(`The column ${JSON.stringify(name.slice(0, 60))} holds no numbers.`);
  const values = column.toArray();
  return values instanceof Float64Array
    ? values
    : Float64Array.from(values as (number | null)[], (value) => value ?? Number.NaN);
}
