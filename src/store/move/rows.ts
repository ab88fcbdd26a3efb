import type { Db, Row, Value } from '../db.ts';
import type { Table } from './catalogue.ts';

/** Rows read, found and written together. */
export const SLICE = 1024;

/** A table's rows of one organization; of a table that belongs to none, all of them. */
export interface Part {
  table: Table;
  organization: string | null;
}

export const inside = (db: Db, { organization }: Part): Db =>
  organization === null ? db : db.within(organization);

/** What identifies a row inside its part. */
export const keyColumns = ({ table, organization }: Part): string[] =>
  organization === null ? table.key : table.key.slice(1);

export const keyOf = (part: Part, row: Row): Value[] => keyColumns(part).map((column) => row[column]!);

const columnsOf = ({ columns }: Table): string => columns.map((column) => column.name).join(', ');

/** The next rows after a key, in the order of keys as this database sorts; from the first on when `after` is null. */
export function readSlice(db: Db, part: Part, after: readonly Value[] | null): Promise<Row[]> {
  const { table, organization } = part;
  const key = keyColumns(part);
  const values: Value[] = [];
  const bind = (value: Value) => `$${values.push(value)}`;
  const where = [
    ...(organization === null ? [] : [`org_id = ${bind(organization)}`]),
    ...(after === null ? [] : [`(${key.join(', ')}) > (${after.map(bind).join(', ')})`]),
  ];
  return inside(db, part).query(
    `select ${columnsOf(table)} from ${table.name}${where.length > 0 ? ` where ${where.join(' and ')}` : ''}
     order by ${key.join(', ')} limit ${SLICE}`,
    values,
  );
}

/** The rows that have these keys, in any order. */
export async function findRows(db: Db, part: Part, keys: readonly Value[][]): Promise<Row[]> {
  if (keys.length === 0) return [];
  const { table, organization } = part;
  const key = keyColumns(part);
  const values: Value[] = [];
  const bind = (value: Value) => `$${values.push(value)}`;
  const org = organization === null ? '' : `org_id = ${bind(organization)} and `;
  // Of a list of rows no engine can tell the types of its parameters.
  const typed = key.map((name) => table.columns.find((column) => column.name === name)!.type);
  const cast = (value: Value, place: number) =>
    `cast(${bind(value)} as ${typed[place] === 'text' ? 'text' : 'bigint'})`;
  const rows = padded(keys).map((each) => `(${each.map(cast).join(', ')})`);
  return inside(db, part).query(
    `select ${columnsOf(table)} from ${table.name} where ${org}(${key.join(', ')}) in (values ${rows.join(', ')})
     order by ${key.join(', ')} limit ${SLICE}`,
    values,
  );
}

/** The last key again and again up to a power of two: a handful of statement texts serve every length. */
function padded(keys: readonly Value[][]): Value[][] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, place) => keys[Math.min(place, keys.length - 1)]!);
}

/** Below what either engine binds in one statement (32,766 and 65,535). */
const PARAMETERS = 30_000;

/** Inserts rows, in pieces whose lengths are powers of two for the same reason. */
export async function writeRows(db: Db, part: Part, rows: readonly Row[]): Promise<void> {
  const { table } = part;
  const names = table.columns.map((column) => column.name);
  const most = 2 ** Math.floor(Math.log2(PARAMETERS / names.length));
  for (let first = 0; first < rows.length; ) {
    const count = Math.min(most, 2 ** Math.floor(Math.log2(rows.length - first)));
    const values: Value[] = [];
    for (const row of rows.slice(first, first + count)) for (const name of names) values.push(row[name]!);
    await inside(db, part).query(insertText(table.name, names, count), values);
    first += count;
  }
}

function insertText(table: string, names: readonly string[], rows: number): string {
  const row = (index: number) =>
    `(${names.map((_, place) => `$${index * names.length + place + 1}`).join(', ')})`;
  return `insert into ${table} (${names.join(', ')}) values ${Array.from({ length: rows }, (_, index) => row(index)).join(', ')}`;
}

export async function countRows(db: Db, part: Part): Promise<number> {
  const { table, organization } = part;
  const rows =
    organization === null
      ? await db.query<{ rows: number }>(`select count(*) as rows from ${table.name}`)
      : await inside(db, part).query<{ rows: number }>(
          `select count(*) as rows from ${table.name} where org_id = $1`,
          [organization],
        );
  return rows[0]!.rows;
}

/** Every organization's id, from one on, in the order of this database. */
export async function* organizationsFrom(db: Db, first: string | null): AsyncGenerator<string> {
  let from = first ?? '';
  let at = '>=';
  for (;;) {
    const rows = await db.query<{ org_id: string }>(
      `select org_id from organizations where org_id ${at} $1 order by org_id limit ${SLICE}`,
      [from],
    );
    for (const { org_id } of rows) yield org_id;
    if (rows.length < SLICE) return;
    from = rows.at(-1)!.org_id;
    at = '>';
  }
}

/** A table's parts in order, from one organization on. */
export async function* partsOf(
  db: Db,
  table: Table,
  organization: string | null = null,
): AsyncGenerator<Part> {
  if (!table.tenant) yield { table, organization: null };
  else for await (const each of organizationsFrom(db, organization)) yield { table, organization: each };
}

/** How a row is named to a person. */
export function nameRow(part: Part, key: readonly Value[]): string {
  const named = keyColumns(part).map((column, place) => `${column} ${JSON.stringify(key[place])}`);
  return [
    part.table.name,
    ...(part.organization === null ? [] : [`org_id ${JSON.stringify(part.organization)}`]),
    ...named,
  ].join(', ');
}
