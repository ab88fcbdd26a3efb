import { type LineFormat, lineEncoding } from './lines.ts';
import { isMissing, type TableColumn, type TableEncoding } from './table.ts';
import { VALUE_TEXT } from './text.ts';

/**
 * CSV by RFC 4180 in UTF-8, lines ended by a line feed as in the series: a head of names, then a line a row. A missing value
 * is an empty field; the empty text is a pair of quotes. Texts stand as they are, also where a spreadsheet would take them for
 * a formula: what that means for whom is in docs/exports.md.
 */
export const csvEncoding = (columns: readonly TableColumn[]): TableEncoding => lineEncoding(columns, CSV);

const CSV: LineFormat = {
  head: (columns) => `${columns.map(({ name }) => field(name)).join(',')}\n`,
  cell({ type }) {
    const text = type === 'string' ? field : (VALUE_TEXT[type] as (value: unknown) => string);
    return (value) => (isMissing(value) ? '' : text(value as string));
  },
  before: '',
  between: ',',
  after: '\n',
};

/** Quoted too where a program that guesses the delimiter might take one from a text, and where it might trim blanks. */
const field = (text: string): string =>
  text === '' || /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
