import { type Db, type Row, StoreError, type Value } from '../db.ts';
import type { Table } from './catalogue.ts';
import { keyOf, nameRow, type Part, partsOf, readSlice, SLICE, writeRows } from './rows.ts';

/** The last row that was copied, as the source orders tables, organizations and keys. */
export interface Place {
  table: string;
  organization: string | null;
  after: Value[];
}

/**
 * Copies every row, tables in order of their references, each slice in one transaction with the note of how far the copy
 * has come: whatever ends it, it goes on from there. Memory holds two slices.
 */
export async function copyRows(
  from: Db,
  to: Db,
  tables: readonly Table[],
  start: Place | null,
  note: (db: Db, place: Place) => Promise<void>,
  copied: (rows: number) => void,
): Promise<void> {
  const first = start === null ? 0 : tables.findIndex((table) => table.name === start.table);
  for (const table of tables.slice(first)) {
    const resumed = start !== null && table.name === start.table ? start : null;
    for await (const part of partsOf(from, table, resumed?.organization)) {
      const after = resumed !== null && part.organization === resumed.organization ? resumed.after : null;
      await copyPart(from, to, part, after, note, copied);
    }
  }
}

async function copyPart(
  from: Db,
  to: Db,
  part: Part,
  after: Value[] | null,
  note: (db: Db, place: Place) => Promise<void>,
  copied: (rows: number) => void,
): Promise<void> {
  let rows = await readSlice(from, part, after);
  while (rows.length > 0) {
    const last = keyOf(part, rows.at(-1)!);
    const write = writeSlice(to, part, rows, (db) =>
      note(db, { table: part.table.name, organization: part.organization, after: last }),
    );
    // The next slice is read while this one is written.
    const [next] = await Promise.all([rows.length < SLICE ? [] : readSlice(from, part, last), write]);
    copied(rows.length);
    rows = next;
  }
}

async function writeSlice(
  to: Db,
  part: Part,
  rows: readonly Row[],
  note: (db: Db) => Promise<void>,
): Promise<void> {
  const db = part.organization === null ? to : to.within(part.organization);
  try {
    await db.transaction(async (db) => {
      await writeRows(db, part, rows);
      await note(db);
    });
  } catch (error) {
    const [first, last] = [rows[0]!, rows.at(-1)!].map((row) => nameRow(part, keyOf(part, row)));
    throw new StoreError(
      'store_unusable',
      `the target refuses a row between (${first}) and (${last}): ${(error as Error).message}`,
      { cause: error },
    );
  }
}
