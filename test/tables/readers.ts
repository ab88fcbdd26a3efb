import { DuckDBInstance } from '@duckdb/node-api';
import { type Data, type Table, Type, tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';

/** Files read back by programs that are not ours. */

export interface Read {
  /** Types as Arrow calls them. */
  columns: { name: string; type: string; nullable: boolean; metadata: Record<string, string> }[];
  metadata: Record<string, string>;
  /** Times and whole numbers as bigint. */
  rows: unknown[][];
}

export const readParquetFile = (bytes: Uint8Array): Read =>
  readTable(tableFromIPC(readParquet(bytes).intoIPCStream()));

export const readArrowFile = (bytes: Uint8Array): Read => readTable(tableFromIPC(bytes));

function readTable(table: Table): Read {
  const { fields, metadata } = table.schema;
  const columns = fields.map((_, index) => {
    const vector = table.getChildAt(index)!;
    const values: unknown[] = [];
    for (const part of vector.data) {
      for (let row = 0; row < part.length; row++) {
        const value = RAW[part.typeId]?.(part, row) ?? vector.get(values.length);
        values.push(part.getValid(row) ? value : null);
      }
    }
    return values;
  });
  return {
    columns: fields.map(({ name, type, nullable, metadata }) => ({
      name,
      type: String(type),
      nullable,
      metadata: Object.fromEntries(metadata),
    })),
    metadata: Object.fromEntries(metadata),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((values) => values[row])),
  };
}

/** As it lies in the file, where the library's own way loses something: the last digits of a time, a mark at the start of a text. */
const RAW: Readonly<Record<number, (part: Data, row: number) => unknown>> = {
  [Type.Timestamp]: ({ values }, row) => values[row],
  [Type.Utf8]: ({ values, valueOffsets }, row) =>
    UTF8.decode(values.subarray(valueOffsets[row], valueOffsets[row + 1])),
};
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Fields of a CSV by RFC 4180; null where nothing stands between two commas, '' where a pair of quotes does. */
export function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let field: string | null = null;
    if (text[at] === '"') {
      field = '';
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error('a quote is not closed');
        field += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else {
      const from = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') {
        if (text[at] === '"') throw new Error('a quote inside a field without quotes');
        at++;
      }
      if (at > from) field = text.slice(from, at);
    }
    row.push(field);
    if (text[at] === ',') {
      at++;
      if (at === text.length) throw new Error('the file ends behind a comma');
      continue;
    }
    if (text[at] !== '\n') throw new Error(`a line ends with ${JSON.stringify(text[at])}`);
    at++;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** What DuckDB makes of a file without being told anything about it. */
export async function duckdb(
  sql: string,
): Promise<{ columns: string[]; types: string[]; rows: unknown[][] }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(sql);
    return {
      columns: reader.columnNames(),
      types: reader.columnTypes().map(String),
      rows: reader.getRows() as unknown[][],
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
