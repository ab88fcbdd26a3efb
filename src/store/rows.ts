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
 * `after` comes last. The values to bind are those of `shared`, then those of the rows, which are all of one length.
 */
export function rowTexts(
  rows: readonly (readonly Value[])[],
  shared: readonly Value[],
  after: readonly string[] = [],
): { texts: string; values: Value[] } {
  return {
    texts: places(rows.length, rows[0]?.length ?? 0, shared.length, after),
    values: [...shared, ...rows.flat()],
  };
}

/** One text a table and size, made once: it has thousands of places. */
const made = new Map<string, string>();

function places(rows: number, columns: number, shared: number, after: readonly string[]): string {
  const key = [rows, columns, shared, ...after].join(' ');
  let texts = made.get(key);
  if (texts === undefined) {
    texts = Array.from({ length: rows }, (_, row) => {
      const own = Array.from({ length: columns }, (_, column) => `$${shared + row * columns + column + 1}`);
      return `(${['$1', ...own, ...after].join(', ')})`;
    }).join(', ');
    made.set(key, texts);
  }
  return texts;
}
