import { type Happening, joined } from './outcome.ts';

/**
 * What became of records since the file that shows them was written: a record counts when it is in its table, which comes
 * last in a sync, may be left out with `--only`, and is not come to when a sync is interrupted. The next one tells of it.
 */
export type Unwritten = Map<string, { what: Happening; name: string }>;

export function addUnwritten(records: Unwritten, id: string, what: Happening, name: string): void {
  const before = records.get(id);
  const together = before === undefined ? what : joined(before.what, what);
  if (together === null) records.delete(id);
  else records.set(id, { what: together, name });
}

/** How many records the table shows of so many that the mirror knows. */
export function writtenOf(records: Unwritten, known: number): number {
  let written = known;
  for (const { what } of records.values()) {
    if (what === 'new') written--;
    if (what === 'deleted') written++;
  }
  return written;
}
