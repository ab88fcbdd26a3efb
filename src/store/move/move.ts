import { createHash } from 'node:crypto';
import { type Db, StoreError } from '../db.ts';
import { describeTables, type Table } from './catalogue.ts';
import { findDifference } from './compare.ts';
import { copyRows } from './copy.ts';
import { describeIndexes, dropIndexes, makeIndexes } from './indexes.ts';
import { type Mark, readMark, removeMark, writeMark } from './mark.ts';
import { countRows, type Part, partsOf, readSlice, SLICE } from './rows.ts';

export interface MoveProgress {
  copied(done: number, total: number): void;
  compared(done: number, total: number): void;
}

/** How many rows of a table were moved. */
export interface MovedTable {
  table: string;
  rows: number;
}

/**
 * Moves a whole archive into an empty store with the same schema, and compares every row. The target is marked until both
 * sides are found equal; `resume` goes on from the mark.
 */
export async function move(
  from: Db,
  to: Db,
  { resume }: { resume: boolean },
  progress: MoveProgress,
): Promise<MovedTable[]> {
  const tables = await movedTables(from, to);
  const counts = await countTables(from, tables);
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  const mark = await begin(to, tables, await fingerprint(from, tables), resume);
  if (!mark.copied) {
    await dropIndexes(to, mark.indexes);
    const there = mark.place === null ? 0 : await countThere(from, to, tables);
    await copyRows(
      from,
      to,
      tables,
      mark.place,
      (db, place) => writeMark(db, { ...mark, place }),
      counter(there, total, progress.copied),
    );
    await makeIndexes(to, mark.indexes);
    await writeMark(to, { ...mark, copied: true });
  }
  const difference = await findDifference(from, to, tables, counter(0, total, progress.compared));
  if (difference !== null) throw new StoreError('store_unusable', `the copy differs: ${difference}`);
  await removeMark(to);
  return counts;
}

/** The tables of both, which must be the same. Each store keeps its own list of migrations. */
async function movedTables(from: Db, to: Db): Promise<Table[]> {
  const tables = await describeTables(from);
  const there = new Map((await describeTables(to)).map((table) => [table.name, table]));
  const shape = ({ columns, key }: Table) =>
    JSON.stringify([columns.map(({ name, type }) => `${name} ${type}`).sort(), key]);
  const other = tables.find(
    (table) => !there.has(table.name) || shape(table) !== shape(there.get(table.name)!),
  );
  const more = [...there.keys()].find((name) => !tables.some((table) => table.name === name));
  const wrong = other?.name ?? more;
  if (wrong !== undefined)
    throw new StoreError('store_unusable', `source and target do not have the same table ${wrong}`);
  return tables.filter((table) => table.name !== 'migrations');
}

/** What a source is recognised by, wherever it is opened from: its organizations and its secrets. */
async function fingerprint(from: Db, tables: readonly Table[]): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, columns] of [
    ['organizations', ['org_id', 'created_at']],
    ['secrets', ['name', 'value']],
  ] as const) {
    const part: Part = { table: tables.find((table) => table.name === name)!, organization: null };
    for (let rows = await readSlice(from, part, null); rows.length > 0; ) {
      for (const row of rows) hash.update(JSON.stringify(columns.map((column) => row[column])));
      rows = rows.length < SLICE ? [] : await readSlice(from, part, [rows.at(-1)![columns[0]]!]);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

async function countTables(db: Db, tables: readonly Table[]): Promise<MovedTable[]> {
  const counts: MovedTable[] = [];
  for (const table of tables) {
    let rows = 0;
    for await (const part of partsOf(db, table)) rows += await countRows(db, part);
    counts.push({ table: table.name, rows });
  }
  if (counts.find(({ table }) => table === 'organizations')!.rows === 0)
    throw new StoreError('store_unusable', 'the source holds no organization: there is nothing to move');
  return counts;
}

/** The mark to go on from, or a new one. */
async function begin(to: Db, tables: readonly Table[], source: string, resume: boolean): Promise<Mark> {
  const unfinished = await readMark(to);
  if (unfinished !== null) {
    if (!resume)
      throw new StoreError(
        'store_unusable',
        'the target holds part of an archive, from a move that was not finished; go on with --resume, or empty it',
      );
    if (unfinished.source !== source)
      throw new StoreError('store_unusable', 'the unfinished move into the target is of another source');
    return unfinished;
  }
  await refuseUsed(to);
  const mark = { source, place: null, copied: false, indexes: await describeIndexes(to) };
  await to.transaction(async (db) => {
    // What migrations put there comes from the source like everything else.
    for (const { name } of tables.filter((table) => !table.tenant).reverse())
      await db.query(`delete from ${name}`);
    await writeMark(db, mark);
  });
  return mark;
}

/** A server's first start makes secrets and keys; without an organization nobody has any rows. */
const FIRST_FILLED = ['organizations', 'users', 'clients', 'signing_keys', 'secrets'];

async function refuseUsed(to: Db): Promise<void> {
  for (const name of FIRST_FILLED) {
    if ((await to.query(`select 1 from ${name} limit 1`)).length > 0)
      throw new StoreError(
        'store_unusable',
        `the target is not empty: it has ${name.replace('_', ' ')}; move into a new database, which no server was started on`,
      );
  }
}

/** How many rows of the source's organizations the target has. */
async function countThere(from: Db, to: Db, tables: readonly Table[]): Promise<number> {
  let rows = 0;
  for (const table of tables)
    for await (const part of partsOf(from, table)) rows += await countRows(to, part);
  return rows;
}

function counter(start: number, total: number, tell: MoveProgress['copied']): (rows: number) => void {
  let done = start;
  return (rows) => {
    done += rows;
    tell(done, total);
  };
}
