import type { Db, Row } from '../db.ts';
import type { Table } from './catalogue.ts';
import { countRows, findRows, keyOf, nameRow, type Part, partsOf, readSlice, SLICE } from './rows.ts';

/**
 * Reads every row of the source again, in the order of keys, and the target's row of the same key, and compares them value
 * by value; then counts, and where the target has more names one that the source does not have. Answers what differs
 * first, in words; null when both hold the same rows. Keys are looked up rather than read side by side: two databases need
 * not sort text alike.
 */
export async function findDifference(
  from: Db,
  to: Db,
  tables: readonly Table[],
  compared: (rows: number) => void,
): Promise<string | null> {
  for (const table of tables) {
    for await (const part of partsOf(from, table)) {
      const difference =
        (await lookUp(from, to, part, differenceOf, compared)) ?? (await moreRows(from, to, part));
      if (difference !== null) return difference;
    }
  }
  return null;
}

type Judge = (part: Part, row: Row, other: Row | undefined) => string | null;

async function lookUp(
  left: Db,
  right: Db,
  part: Part,
  judge: Judge,
  compared: (rows: number) => void,
): Promise<string | null> {
  for (let rows = await readSlice(left, part, null); rows.length > 0; ) {
    const keys = rows.map((row) => keyOf(part, row));
    const others = new Map<string, Row>();
    for (const row of await findRows(right, part, keys)) others.set(JSON.stringify(keyOf(part, row)), row);
    for (const [index, row] of rows.entries()) {
      const difference = judge(part, row, others.get(JSON.stringify(keys[index])));
      if (difference !== null) return difference;
    }
    compared(rows.length);
    rows = rows.length < SLICE ? [] : await readSlice(left, part, keys.at(-1)!);
  }
  return null;
}

const differenceOf: Judge = (part, row, other) => {
  const name = () => nameRow(part, keyOf(part, row));
  if (other === undefined) return `${name()}: the target does not have it`;
  for (const { name: column } of part.table.columns) {
    if (row[column] !== other[column])
      return `${name()}: ${column} is ${shown(row[column])} in the source, ${shown(other[column])} in the target`;
  }
  return null;
};

const LONGEST = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Every row of the source is in the target; only a count tells whether the target has others. */
async function moreRows(from: Db, to: Db, part: Part): Promise<string | null> {
  if ((await countRows(from, part)) === (await countRows(to, part))) return null;
  const only: Judge = (part, row, other) =>
    other === undefined ? `${nameRow(part, keyOf(part, row))}: the source does not have it` : null;
  return lookUp(to, from, part, only, () => {});
}
