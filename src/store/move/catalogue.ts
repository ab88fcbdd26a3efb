import { type Db, StoreError } from '../db.ts';

/** A table as the database itself describes it: no list in the source could be kept as complete. */
export interface Table {
  name: string;
  columns: Column[];
  /** Columns of the primary key, in its order. */
  key: string[];
  foreignKeys: ForeignKey[];
  /** Rows belong to one organization, which their key begins with. */
  tenant: boolean;
}

export interface Column {
  name: string;
  type: 'text' | 'number';
}

export interface ForeignKey {
  /** null: the engine gives it no name. */
  name: string | null;
  references: string;
}

interface ColumnRow {
  table_name: string;
  column_name: string;
  type: string;
  /** Place in the primary key from 1; 0: not in it. */
  key_place: number;
}

interface ForeignKeyRow {
  table_name: string;
  name: string | null;
  refers_to: string;
}

const SQL = {
  sqlite: {
    columns: `select m.name as table_name, c.name as column_name, c.type as type, c.pk as key_place
      from sqlite_schema m join pragma_table_info(m.name) c
      where m.type = 'table' and m.name not like 'sqlite!_%' escape '!' order by m.name, c.cid limit 100000`,
    foreignKeys: `select m.name as table_name, null as name, f."table" as refers_to
      from sqlite_schema m join pragma_foreign_key_list(m.name) f
      where m.type = 'table' and f.seq = 0 order by m.name, f."table", f.id limit 100000`,
  },
  postgres: {
    columns: `select c.relname as table_name, a.attname as column_name, format_type(a.atttypid, a.atttypmod) as type,
        coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1 as key_place
      from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped
      order by c.relname collate "C", a.attnum limit 100000`,
    foreignKeys: `select c.relname as table_name, k.conname as name, r.relname as refers_to
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
      where c.relnamespace = current_schema()::regnamespace and k.contype = 'f' and k.conparentid = 0
      order by c.relname collate "C", k.conname collate "C" limit 100000`,
  },
} as const;

/** Every table, each after those that it refers to. */
export async function describeTables(db: Db): Promise<Table[]> {
  const columns = await db.query<ColumnRow>(SQL[db.dialect].columns);
  const foreignKeys = await db.query<ForeignKeyRow>(SQL[db.dialect].foreignKeys);
  const names = [...new Set(columns.map((row) => row.table_name))];
  return inOrderOfReference(
    names.map((name) => {
      const own = columns.filter((row) => row.table_name === name);
      const key = own
        .filter((row) => row.key_place > 0)
        .sort((a, b) => a.key_place - b.key_place)
        .map((row) => row.column_name);
      return {
        name,
        columns: own.map((row) => ({ name: row.column_name, type: typeOf(row) })),
        key,
        foreignKeys: foreignKeys
          .filter((row) => row.table_name === name)
          .map((row) => ({ name: row.name, references: row.refers_to })),
        tenant: key[0] === 'org_id' && key.length > 1,
      };
    }),
  );
}

function typeOf({ table_name, column_name, type }: ColumnRow): Column['type'] {
  if (/^text$/i.test(type)) return 'text';
  if (/^(bigint|integer|smallint|double precision)$/i.test(type)) return 'number';
  throw new StoreError(
    'store_unusable',
    `${table_name}.${column_name} is of a type that the store does not have: ${type}`,
  );
}

function inOrderOfReference(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const waiting = new Set(left.map((table) => table.name));
    const ready = left.filter((table) =>
      table.foreignKeys.every(({ references }) => references === table.name || !waiting.has(references)),
    );
    if (ready.length === 0) throw new Error(`these tables refer to each other: ${[...waiting].join(', ')}`);
    ordered.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}
