import type { Athlete } from '../contract/athletes.ts';
import type { Versioned } from './changes.ts';
import type { Db } from './db.ts';
import { change, removeUnused } from './organizations.ts';

interface AthleteRow {
  athlete_id: string;
  first_name: string;
  last_name: string;
  external_id: string | null;
}

const toAthlete = (row: AthleteRow): Athlete => ({
  ValorID: row.athlete_id,
  FirstName: row.first_name,
  LastName: row.last_name,
  ExternalID: row.external_id,
});

const COLUMNS = 'athlete_id, first_name, last_name, external_id';

/** Every athlete, by name: clients take the first answer as the whole roster. */
export async function listAthletes(db: Db, organization: string, externalId?: string): Promise<Athlete[]> {
  const rows =
    externalId === undefined
      ? await db
          .within(organization)
          .query<AthleteRow>(
            `select ${COLUMNS} from athletes where org_id = $1 order by last_name, first_name, athlete_id limit 1000000`,
            [organization],
          )
      : await db
          .within(organization)
          .query<AthleteRow>(
            `select ${COLUMNS} from athletes where org_id = $1 and external_id = $2 order by athlete_id limit 1`,
            [organization, externalId],
          );
  return rows.map(toAthlete);
}

/** Athletes that were changed last at one of these versions, both included. */
export async function athletesAt(
  db: Db,
  organization: string,
  first: number,
  last: number,
): Promise<Versioned<Athlete>[]> {
  const rows = await db.within(organization).query<AthleteRow & { version: number }>(
    `select version, ${COLUMNS} from athletes where org_id = $1 and version >= $2 and version <= $3
     order by version, athlete_id limit 1000000`,
    [organization, first, last],
  );
  return rows.map((row) => ({ id: row.athlete_id, version: row.version, record: toAthlete(row) }));
}

export async function getAthlete(db: Db, organization: string, id: string): Promise<Athlete | null> {
  const rows = await db
    .within(organization)
    .query<AthleteRow>(`select ${COLUMNS} from athletes where org_id = $1 and athlete_id = $2`, [
      organization,
      id,
    ]);
  return rows[0] ? toAthlete(rows[0]) : null;
}

/** Adds an athlete; null when the id or the external id is taken. */
export async function createAthlete(
  db: Db,
  organization: string,
  athlete: Athlete,
  now_us: number,
): Promise<Athlete | null> {
  return change(db, organization, async (db, version, undo) => {
    const rows = await db.within(organization).query<AthleteRow>(
      `insert into athletes (org_id, athlete_id, first_name, last_name, external_id, version, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing returning ${COLUMNS}`,
      [
        organization,
        athlete.ValorID,
        athlete.FirstName,
        athlete.LastName,
        athlete.ExternalID,
        version,
        now_us,
      ],
    );
    return rows[0] ? toAthlete(rows[0]) : undo(null);
  });
}

/** Changes an athlete inside one transaction; null when there is none, `taken` when the external id belongs to another. */
export async function changeAthlete(
  db: Db,
  organization: string,
  id: string,
  edit: (athlete: Athlete) => Athlete,
  now_us: number,
): Promise<Athlete | null | 'taken'> {
  return change(db, organization, async (db, version, undo) => {
    const current = await getAthlete(db, organization, id);
    if (current === null) return undo(null);
    const athlete = edit(current);
    if (athlete.ExternalID !== null) {
      const other = await db
        .within(organization)
        .query('select 1 from athletes where org_id = $1 and external_id = $2 and athlete_id <> $3 limit 1', [
          organization,
          athlete.ExternalID,
          id,
        ]);
      if (other.length > 0) return undo('taken');
    }
    await db.within(organization).query(
      `update athletes set first_name = $3, last_name = $4, external_id = $5, version = $6, updated_at = $7
       where org_id = $1 and athlete_id = $2`,
      [organization, id, athlete.FirstName, athlete.LastName, athlete.ExternalID, version, now_us],
    );
    return athlete;
  });
}

/** Removes an athlete; `in use` while sessions or assessments refer to it. */
export function deleteAthlete(
  db: Db,
  organization: string,
  id: string,
  now_us: number,
): Promise<'deleted' | 'absent' | 'in use'> {
  const used = `select 1 from sessions where org_id = $1 and athlete_id = $2
    union all select 1 from assessments where org_id = $1 and athlete_id = $2 limit 1`;
  const remove = 'delete from athletes where org_id = $1 and athlete_id = $2 returning athlete_id';
  return removeUnused(db, organization, 'athlete', id, { used, remove }, now_us);
}
