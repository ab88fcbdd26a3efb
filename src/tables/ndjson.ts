import { type LineFormat, lineEncoding } from './lines.ts';
import { isMissing, type TableColumn, type TableEncoding } from './table.ts';
import { VALUE_TEXT } from './text.ts';

/** One JSON object a line, every column a member of each; times in ISO 8601. */
export const ndjsonEncoding = (columns: readonly TableColumn[]): TableEncoding =>
  lineEncoding(columns, NDJSON);

export const NDJSON: LineFormat = {
  head: () => '',
  cell({ name, type }) {
    const member = `${JSON.stringify(name)}:`;
    if (type === 'string') return (value) => member + (isMissing(value) ? 'null' : JSON.stringify(value));
    const text = VALUE_TEXT[type] as (value: unknown) => string;
    const quote = type === 'timestamp' ? '"' : '';
    return (value) => member + (isMissing(value) ? 'null' : quote + text(value) + quote);
  },
  before: '{',
  between: ',',
  after: '}\n',
};
