import { once } from 'node:events';

/** What commands say: results to standard output, remarks to standard error. */

export function out(line: string): void {
  process.stdout.write(`${clean(line)}\n`);
}

export function note(line: string): void {
  process.stderr.write(`${clean(line)}\n`);
}

export function outJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** As fast as they are taken: standard output may be a pipe to something slow. */
export async function outPieces(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  for await (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

export interface Column<Row> {
  head: string;
  cell(row: Row): string;
  /** Numbers stand to the right. */
  right?: boolean;
}

/** Columns as wide as their widest cell. The lines have no blanks at their end, so that they paste well. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  head = true,
): string[] {
  const cells = [
    ...(head ? [columns.map((column) => column.head)] : []),
    ...rows.map((row) => columns.map((column) => clean(column.cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(0, ...cells.map((line) => [...line[index]!].length)));
  const pad = (text: string, index: number) => {
    const blanks = ' '.repeat(Math.max(0, widths[index]! - [...text].length));
    return columns[index]!.right ? blanks + text : text + blanks;
  };
  return cells.map((line) => line.map(pad).join('  ').trimEnd());
}

export function outTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string): void {
  if (rows.length === 0) note(empty);
  else out(tableLines(columns, rows).join('\n'));
}

/** Names come from elsewhere: nothing in them may steer the terminal. Line feeds are ours. */
export function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
