import { fromIso } from '../contract/time.ts';
import { TableError } from './table.ts';

/** A time of the wire as a table holds it. Throws TableError for a text that is no time. */
export function microseconds(iso: string): number {
  const time_us = fromIso(iso);
  if (time_us === null) throw new TableError(`${JSON.stringify(iso)} is not a time in ISO 8601`);
  return time_us;
}
