import { type Db, StoreError } from './db.ts';
import { describeTables, type Table } from './move/catalogue.ts';

/** How Citus keeps a table: in shards, as a copy on every node, or on the coordinator alone. */
type Kept = 'distributed' | 'reference';

/**
 * What is still to be done so that every table of organizations is distributed by org_id, next to the organization's own
 * row, and every other one is a reference table. A reference table may not refer to a distributed one, so those foreign
 * keys are dropped first; the program keeps them by itself (an organization is never removed).
 */
export function citusStatements(
  database: string,
  tables: readonly Table[],
  kept: ReadonlyMap<string, Kept>,
): string[] {
  const isDistributed = ({ name, tenant }: Pick<Table, 'name' | 'tenant'>) => tenant || name === ROOT;
  const distributed = tables.filter(isDistributed);
  const reference = tables.filter((table) => !isDistributed(table));
  const names = new Set(distributed.map((table) => table.name));
  return [
    // Of every new session: `set local app.org_id`, which row security reads, reaches the shards only with it.
    `alter role current_user in database "${database.replaceAll('"', '""')}" set citus.propagate_set_commands = 'local'`,
    ...reference.flatMap((table) =>
      table.foreignKeys
        .filter(({ references }) => names.has(references))
        .map(({ name }) => `alter table ${table.name} drop constraint ${name}`),
    ),
    ...reference
      .filter((table) => !kept.has(table.name))
      .map((table) => `select create_reference_table('${table.name}')`),
    ...distributed
      .filter((table) => !kept.has(table.name))
      .map(
        ({ name }) =>
          `select create_distributed_table('${name}', 'org_id', colocate_with => '${name === ROOT ? 'none' : ROOT}')`,
      ),
  ];
}

const ROOT = 'organizations';

export interface Distribution {
  /** What was run. */
  statements: string[];
  distributed: string[];
  reference: string[];
}

/** Runs them, and reads back what Citus says of every table. Running it again only takes in what is new. */
export async function distribute(db: Db): Promise<Distribution> {
  if (db.dialect !== 'postgres')
    throw new StoreError('store_unusable', '--citus needs PostgreSQL, not SQLite');
  const [place] = await db.query<{ database: string; citus: string | null }>(
    `select current_database() as database, to_regclass('pg_dist_partition')::text as citus`,
  );
  if (place!.citus === null)
    throw new StoreError(
      'store_unusable',
      `the database ${place!.database} has no Citus: run "create extension citus" in it, on every node`,
    );
  const tables = await describeTables(db);
  const statements = citusStatements(place!.database, tables, await keptTables(db));
  for (const statement of statements) await db.query(statement);
  const kept = await keptTables(db);
  const wrong = tables.find(
    ({ name, tenant }) => kept.get(name) !== (tenant || name === ROOT ? 'distributed' : 'reference'),
  );
  if (wrong !== undefined)
    throw new StoreError(
      'store_unusable',
      `Citus keeps ${wrong.name} in another way (${kept.get(wrong.name) ?? 'on the coordinator alone'}); undistribute it and run this again`,
    );
  const of = (way: Kept) => tables.filter(({ name }) => kept.get(name) === way).map(({ name }) => name);
  return { statements, distributed: of('distributed'), reference: of('reference') };
}

/** As Citus notes it: `h` is hashed by a column; `n` with `t` is a reference table; other `n` are the coordinator's own. */
async function keptTables(db: Db): Promise<Map<string, Kept>> {
  const rows = await db.query<{ name: string; partmethod: string; repmodel: string }>(
    `select c.relname as name, p.partmethod::text as partmethod, p.repmodel::text as repmodel
     from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
     where c.relnamespace = current_schema()::regnamespace order by c.relname limit 100000`,
  );
  const kept = new Map<string, Kept>();
  for (const { name, partmethod, repmodel } of rows) {
    if (partmethod === 'h') kept.set(name, 'distributed');
    else if (partmethod === 'n' && repmodel === 't') kept.set(name, 'reference');
  }
  return kept;
}
