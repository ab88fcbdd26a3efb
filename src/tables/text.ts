import { toIso } from '../contract/time.ts';
import type { ColumnType } from './table.ts';

/** A number as the shortest text that is read back as the same double. */
const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** What is not text, as text: the same in CSV and in JSON but for quotes. */
export const VALUE_TEXT: Readonly<Record<Exclude<ColumnType, 'string'>, (value: never) => string>> = {
  double: numberText,
  int: numberText,
  timestamp: toIso,
  boolean: String,
};
