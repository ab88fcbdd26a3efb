import { counted } from '../counted.ts';
/**
 * Rows of numbers → columns. The one place where a file's size matters: bytes are read once, no line becomes a string.
 *
 * Gaps: an empty cell and the spellings of `notANumber` are NaN (infinities stay). Delimiters behind the last cell are
 * tolerated. Blank lines and lines that start with `#` are skipped.
 */

import { RecordingError } from '../errors.ts';
import { MAX_VALUES } from '../limits.ts';
import type { Delimiter } from './cells.ts';
import { BLANK, COMMA, CR, countLines, HASH, LF, lineEnd, lineText, QUOTE, TAB } from './lines.ts';
import { NumberScanner, notANumber } from './number.ts';
import { quotedCommasAreDecimal } from './quoted-commas.ts';

export interface TableLayout {
  /** Offset and 1-based line number of the first row. */
  readonly start: number;
  readonly firstLine: number;
  readonly labels: readonly string[];
  readonly delimiter: Delimiter;
  /** Whether a row of nothing but delimiters is a row of missing values (else it is skipped like a blank line). */
  readonly keepEmptyRows: boolean;
  /** Asked of a row that ends behind so many values: whether the others are missing in it. Absent: never. */
  readonly mayEndBehind?: (values: number) => boolean;
}

/**
 * One array per label, all of the same length. Throws `recording_ragged`, `recording_truncated`, `recording_malformed`,
 * `recording_no_data` and `recording_too_long`.
 */
export function readTable(bytes: Uint8Array, layout: TableLayout): Float64Array[] {
  const { labels, delimiter } = layout;
  const width = labels.length;
  const capacity = rowCapacity(bytes, layout);
  const values = new Float64Array(capacity * width);
  const scanner = new NumberScanner(bytes, delimiter !== COMMA);
  const length = bytes.length;
  const blankDelimiter = delimiter === BLANK;
  // A byte that a cell may be padded with: blanks always, tabs where they are not delimiters.
  const padding = delimiter === TAB ? BLANK : TAB;
  const decimalCommas = askedOnce(bytes, layout.start);

  let at = layout.start;
  let line = layout.firstLine;
  let row = 0;
  while (at < length) {
    if (skipsLine(bytes, at, layout)) {
      at = lineEnd(bytes, at) + 1;
      line += 1;
      continue;
    }
    if (row === capacity) throw tooManyMissing(line, width);
    for (let column = 0; column < width; column += 1) {
      let byte = bytes[at]!;
      while (at < length && (byte === BLANK || byte === padding)) byte = bytes[++at]!;
      if (at >= length || byte === LF || byte === CR) {
        // After a delimiter the last cell is there and empty. A row that the file ends in may be cut off.
        const lastIsEmpty = column === width - 1 && column > 0 && !blankDelimiter;
        if (!lastIsEmpty && (at >= length || !endsWithMissing(values, row, capacity, column, layout)))
          throw endsTooSoon(bytes, at, line, column, width);
        for (let rest = column; rest < width; rest += 1) values[rest * capacity + row] = Number.NaN;
        break;
      }
      let value = Number.NaN;
      if (byte !== delimiter) {
        scanner.position = at;
        value = scanner.scan();
        const cell = at;
        at = scanner.position;
        byte = bytes[at]!;
        const endsCell =
          at >= length ||
          byte === delimiter ||
          byte === LF ||
          byte === CR ||
          byte === BLANK ||
          byte === padding;
        if (at === cell || !endsCell) {
          const end = cellEnd(bytes, cell, delimiter);
          const text = lineText(bytes, cell, end);
          value = valueOfText(text, line, labels[column]!, delimiter, end === length, decimalCommas);
          at = end;
        }
        byte = bytes[at]!;
        while (at < length && (byte === BLANK || byte === padding)) byte = bytes[++at]!;
      }
      values[column * capacity + row] = value;
      if (column === width - 1) break;
      if (byte === delimiter && at < length) at += 1;
      else if (at >= length || byte === LF || byte === CR) {
        if (at >= length || !endsWithMissing(values, row, capacity, column + 1, layout))
          throw endsTooSoon(bytes, at, line, column + 1, width);
        for (let rest = column + 1; rest < width; rest += 1) values[rest * capacity + row] = Number.NaN;
        break;
      } else if (!blankDelimiter) {
        throw textError(lineText(bytes, at, cellEnd(bytes, at, delimiter)), line, labels[column]!);
      }
    }
    at = endOfRow(bytes, at, layout, line);
    line += 1;
    row += 1;
  }
  if (row === 0)
    throw new RecordingError(
      'recording_no_data',
      'there are no rows of numbers: below the labels must stand one for each moment',
    );
  return labels.map((_, column) => values.subarray(column * capacity, column * capacity + row));
}

/** Rows to take memory for: no more than lines, and no more than the bytes could hold. */
function rowCapacity(bytes: Uint8Array, { start, labels }: TableLayout): number {
  const lines = countLines(bytes, start);
  const rows = Math.min(lines, Math.floor((bytes.length - start) / labels.length) + 1);
  if (rows * labels.length > MAX_VALUES) {
    throw new RecordingError(
      'recording_too_long',
      `${rows} rows of ${labels.length} values are more than the limit of ${MAX_VALUES} values: split the recording, or leave out columns`,
    );
  }
  return rows;
}

/** Whether a row may end behind so many cells, or behind its last number. */
function endsWithMissing(
  values: Float64Array,
  row: number,
  capacity: number,
  cells: number,
  { mayEndBehind }: TableLayout,
): boolean {
  if (mayEndBehind === undefined) return false;
  let last = cells;
  while (last > 0 && Number.isNaN(values[(last - 1) * capacity + row]!)) last -= 1;
  return mayEndBehind(cells) || mayEndBehind(last);
}

/** The whole file is looked through at its first quoted comma only. */
function askedOnce(bytes: Uint8Array, start: number): () => boolean {
  let answer: boolean | undefined;
  return () => {
    answer ??= quotedCommasAreDecimal(bytes, start);
    return answer;
  };
}

/** Where rows may end early, memory is still taken only for what the bytes could hold: one value a byte. */
function tooManyMissing(line: number, width: number): RecordingError {
  return new RecordingError(
    'recording_ragged',
    `nearly all of the ${width} columns are missing in most rows: leave out markers that were not recorded`,
    line,
  );
}

function skipsLine(bytes: Uint8Array, from: number, { delimiter, keepEmptyRows }: TableLayout): boolean {
  if (bytes[from] === HASH) return true;
  let delimited = false;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === LF) break;
    if (byte === delimiter && delimiter !== BLANK) delimited = true;
    else if (byte !== BLANK && byte !== TAB && byte !== CR) return false;
  }
  return !(delimited && keepEmptyRows);
}

/** Skips delimiters and padding behind the last cell; returns the offset of the next line. */
function endOfRow(bytes: Uint8Array, from: number, { delimiter, labels }: TableLayout, line: number): number {
  let at = from;
  for (; at < bytes.length && bytes[at] !== LF; at += 1) {
    const byte = bytes[at]!;
    if (byte === delimiter || byte === BLANK || byte === TAB || byte === CR) continue;
    throw new RecordingError(
      'recording_ragged',
      `more values than the ${labels.length} columns: label every column, or take out what has no label`,
      line,
    );
  }
  return at + 1;
}

function endsTooSoon(
  bytes: Uint8Array,
  at: number,
  line: number,
  values: number,
  width: number,
): RecordingError {
  if (lineEnd(bytes, at) === bytes.length) {
    return new RecordingError(
      'recording_truncated',
      `the file ends after ${values} of ${width} values: it was cut off, so copy or export it again`,
      line,
    );
  }
  return new RecordingError(
    'recording_ragged',
    `${counted(values, 'value')} for ${counted(width, 'column')}: write one for each, and nan for one that is missing`,
    line,
  );
}

/** Offset of the delimiter or line end behind the cell at `from`; a cell that starts with a quote may hold delimiters. */
function cellEnd(bytes: Uint8Array, from: number, delimiter: Delimiter): number {
  let at = from;
  let quoted = bytes[at] === QUOTE;
  if (quoted) at += 1;
  for (; at < bytes.length && bytes[at] !== LF && bytes[at] !== CR; at += 1) {
    if (quoted && bytes[at] === QUOTE) quoted = false;
    else if (!quoted && (bytes[at] === delimiter || (delimiter === BLANK && bytes[at] === TAB))) break;
  }
  return at;
}

/**
 * Cells that are no plain number: spellings of NaN, and numbers in quotes, which may hold commas even where those are the
 * delimiter. The file's very last cell may be cut off.
 */
function valueOfText(
  cell: string,
  line: number,
  label: string,
  delimiter: Delimiter,
  atEnd: boolean,
  decimalCommas: () => boolean,
): number {
  const text = cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  if (text === '') return Number.NaN;
  const known = notANumber(text);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(text);
  const hasQuotedComma =
    delimiter === COMMA && text.includes(',') && /^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text);
  if (hasQuotedComma && !decimalCommas()) throw unclearComma(text, line, label);
  const scanner = new NumberScanner(bytes, delimiter !== COMMA || hasQuotedComma);
  const value = scanner.scan();
  if (scanner.position === bytes.length) return value;
  if (atEnd && text.length < 24 && /^[+-]?[\d.,]*(e[+-]?)?$/i.test(text)) {
    throw new RecordingError(
      'recording_truncated',
      `the file ends inside a number of column ${JSON.stringify(label)}: it was cut off, so copy or export it again`,
      line,
    );
  }
  throw textError(text, line, label);
}

function unclearComma(text: string, line: number, label: string): RecordingError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new RecordingError(
    'recording_malformed',
    `column ${JSON.stringify(label)} holds ${JSON.stringify(shown)}, whose comma may be decimal or set thousands apart: write numbers with a decimal point and nothing between thousands, or set cells apart by semicolons`,
    line,
  );
}

function textError(text: string, line: number, label: string): RecordingError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new RecordingError(
    'recording_malformed',
    `column ${JSON.stringify(label)} holds ${JSON.stringify(shown)}, not a number: write numbers alone, and nan for a missing one`,
    line,
  );
}
