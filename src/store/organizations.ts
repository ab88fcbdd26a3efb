import type { Organization } from '../contract/organizations.ts';
import type { Db } from './db.ts';

interface OrganizationRow {
  org_id: string;
  name: string;
  version: number;
}

const toOrganization = (row: OrganizationRow): Organization => ({
  OrganizationID: row.org_id,
  Name: row.name,
  Version: row.version,
});

/** Creates an organization; false when the id is taken. */
export async function createOrganization(
  db: Db,
  organization: string,
  name: string,
  now_us: number,
): Promise<boolean> {
  const rows = await db.query(
    `insert into organizations (org_id, name, version, created_at) values ($1, $2, 0, $3)
     on conflict do nothing returning org_id`,
    [organization, name, now_us],
  );
  return rows.length > 0;
}

export async function getOrganization(db: Db, organization: string): Promise<Organization | null> {
  const rows = await db.query<OrganizationRow>(
    'select org_id, name, version from organizations where org_id = $1',
    [organization],
  );
  return rows[0] ? toOrganization(rows[0]) : null;
}

export async function listOrganizations(db: Db): Promise<Organization[]> {
  const rows = await db.query<OrganizationRow>(
    'select org_id, name, version from organizations order by org_id limit 100000',
  );
  return rows.map(toOrganization);
}

/**
 * The next version of an organization, to stamp a change with; call it first in the change's transaction. The row lock
 * makes the order of commits the order of versions inside an organization, so a reader that asks for everything after
 * a version can never miss a change that commits later. `count` takes a range at once and returns its last number.
 */
export async function nextVersion(db: Db, organization: string, count = 1): Promise<number> {
  const rows = await db.query<{ version: number }>(
    'update organizations set version = version + $2 where org_id = $1 returning version',
    [organization, count],
  );
  if (!rows[0]) throw new Error(`no organization ${organization}`);
  return rows[0].version;
}

/**
 * Runs one change of an organization in one transaction, with the version to stamp it with. `undo` takes everything back,
 * the version too, and answers: what was refused leaves no trace.
 */
export async function change<T>(
  db: Db,
  organization: string,
  work: (db: Db, version: number, undo: (answer: T) => never) => Promise<T>,
): Promise<T> {
  const undo = (answer: T): never => {
    throw new Undone(answer);
  };
  try {
    return await db
      .within(organization)
      .transaction(async (db) => work(db, await nextVersion(db, organization), undo));
  } catch (error) {
    if (error instanceof Undone) return error.answer as T;
    throw error;
  }
}

class Undone {
  readonly answer: unknown;
  constructor(answer: unknown) {
    this.answer = answer;
  }
}

/**
 * Removes a record that nothing refers to, and buries it. `used` finds what refers to it, `remove` removes it and returns
 * it: statements on $1, the organization, and $2, the id.
 */
export function removeUnused(
  db: Db,
  organization: string,
  kind: string,
  id: string,
  { used, remove }: { used: string; remove: string },
  now_us: number,
): Promise<'deleted' | 'absent' | 'in use'> {
  return change<'deleted' | 'absent' | 'in use'>(db, organization, async (db, version, undo) => {
    if ((await db.within(organization).query(used, [organization, id])).length > 0) return undo('in use');
    if ((await db.within(organization).query(remove, [organization, id])).length === 0) return undo('absent');
    await bury(db, organization, kind, id, version, now_us);
    return 'deleted';
  });
}

/** The version of an organization's last committed change; 0 when there is no such organization. */
export async function organizationVersion(db: Db, organization: string): Promise<number> {
  const rows = await db.query<{ version: number }>('select version from organizations where org_id = $1', [
    organization,
  ]);
  return rows[0]?.version ?? 0;
}

/** The same of several organizations, in one question; those that do not exist are missing. */
export async function organizationVersions(
  db: Db,
  organizations: readonly string[],
): Promise<Map<string, number>> {
  const places = organizations.map((_, index) => `$${index + 1}`).join(', ');
  const rows = await db.query<{ org_id: string; version: number }>(
    `select org_id, version from organizations where org_id in (${places})
     order by org_id limit ${organizations.length}`,
    organizations,
  );
  return new Map(rows.map((row) => [row.org_id, row.version]));
}

/** Remembers that a record is gone, under the version of its deletion. */
export async function bury(
  db: Db,
  organization: string,
  kind: string,
  id: string,
  version: number,
  now_us: number,
): Promise<void> {
  await db
    .within(organization)
    .query(
      'insert into tombstones (org_id, version, kind, record_id, deleted_at) values ($1, $2, $3, $4, $5)',
      [organization, version, kind, id, now_us],
    );
}

/** When an organization was made, in microseconds. */
export async function organizationCreated(db: Db, organization: string): Promise<number> {
  const rows = await db.query<{ created_at: number }>(
    'select created_at from organizations where org_id = $1',
    [organization],
  );
  if (!rows[0]) throw new Error(`no organization ${organization}`);
  return rows[0].created_at;
}
