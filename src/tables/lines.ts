import type { TableBatch, TableColumn, TableWriter } from './table.ts';

/** A format of text, a line a row. */
export interface LineFormat {
  head(columns: readonly TableColumn[]): string;
  /** What writes the values of a column. */
  cell(column: TableColumn): (value: unknown) => string;
  before: string;
  between: string;
  after: string;
}

/** Characters that are collected before they leave as bytes. */
const CHUNK = 65_536;

export function lineWriter(columns: readonly TableColumn[], format: LineFormat): TableWriter {
  const encoder = new TextEncoder();
  const cells = columns.map(format.cell);
  let text = format.head(columns);
  const line = ({ columns }: TableBatch, row: number): string => {
    let line = format.before + cells[0]!(columns[0]![row]);
    for (let column = 1; column < cells.length; column++)
      line += format.between + cells[column]!(columns[column]![row]);
    return line + format.after;
  };
  const leave = (): Uint8Array[] => {
    const bytes = encoder.encode(text);
    text = '';
    return bytes.length === 0 ? [] : [bytes];
  };
  return {
    write(batch) {
      const chunks: Uint8Array[] = [];
      for (let row = 0; row < batch.rows; row++) {
        text += line(batch, row);
        if (text.length >= CHUNK) chunks.push(...leave());
      }
      return chunks;
    },
    end: leave,
  };
}
