import type { Value } from './db.ts';

/**
 * Many rows for one statement. Only these sizes are used, so that a load of any length is written with few texts, each
 * prepared once. The largest stays far below the parameters that a statement may have (SQLite: 32,766), and is done within
 * milliseconds, so that others take their turns between two slices.
 */
const SIZES = [128, 16, 1] as const;

/** Cuts rows into slices of those sizes, in order. */
export function* slicesOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  let first = 0;
  for (const size of SIZES) {
    for (; first + size <= rows.length; first += size) yield rows.slice(first, first + size);
  }
}

/** Writes slice after slice; while the database is busy with one, the next is made ready. */
export async function oneAhead<T>(
  slices: readonly T[],
  prepare: (slice: T) => () => Promise<unknown>,
): Promise<void> {
  let write = slices[0] === undefined ? null : prepare(slices[0]);
  for (let place = 1; write !== null; place++) {
    const writing = write();
    const next = slices[place];
    write = next === undefined ? null : prepare(next);
    await writing;
  }
}

/**
 * `($1, $3, $4, $2), ($1, $5, $6, $2)`: every row begins with what is the same for all, `$1`; its own values follow, and
 * `after` comes last. The values to bind are those of `shared`, then those of the rows.
 */
export function rowTexts(
  rows: readonly (readonly Value[])[],
  shared: readonly Value[],
  after: readonly string[] = [],
): { texts: string; values: Value[] } {
  const values = [...shared];
  const texts = rows.map((row) => {
    const own = row.map((value) => `$${values.push(value)}`);
    return `(${['$1', ...own, ...after].join(', ')})`;
  });
  return { texts: texts.join(', '), values };
}
