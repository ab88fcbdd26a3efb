import type { TableBatch, TableColumn, TableEncoding } from './table.ts';

/** A format of text, a line a row. */
export interface LineFormat {
  head(columns: readonly TableColumn[]): string;
  /** What writes the values of a column. */
  cell(column: TableColumn): (value: unknown) => string;
  before: string;
  between: string;
  after: string;
}

/** Rows whose text is some tens of kilobytes. */
const PIECE_ROWS = 500;

export function lineEncoding(columns: readonly TableColumn[], format: LineFormat): TableEncoding {
  const lines = linesOf(columns, format);
  const encoder = new TextEncoder();
  return {
    pieceRows: PIECE_ROWS,
    encode: (batch) => ({ bytes: [encoder.encode(lines(batch))] }),
    assemble() {
      let head = [encoder.encode(format.head(columns))].filter(({ length }) => length > 0);
      const begin = () => {
        const begun = head;
        head = [];
        return begun;
      };
      return { add: ({ bytes }) => [...begin(), ...bytes], end: begin };
    },
  };
}

/** The lines of some rows, each ended. */
export function linesOf(
  columns: readonly TableColumn[],
  { cell, before, between, after }: LineFormat,
): (batch: TableBatch) => string {
  const cells = columns.map(cell);
  return ({ rows, columns }) => {
    let text = '';
    for (let row = 0; row < rows; row++) {
      text += before + cells[0]!(columns[0]![row]);
      for (let column = 1; column < cells.length; column++)
        text += between + cells[column]!(columns[column]![row]);
      text += after;
    }
    return text;
  };
}
