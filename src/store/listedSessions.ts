import type { Db } from './db.ts';
import type { Position } from './sessionPage.ts';

/** A session in the list: where it stands, and its wire text. */
export interface ListedSession extends Position {
  wire: string;
}

interface ListedRow {
  recorded_at: number;
  session_id: string;
  wire: string;
}

const toListed = (row: ListedRow): ListedSession => ({
  recordedAt_us: row.recorded_at,
  sessionId: row.session_id,
  wire: row.wire,
});

/** What came to pass in a list after a version of its organization. */
export interface ListChanges {
  /** Of the organization, with all of this. */
  version: number;
  /** Places that a session stood at and left. One that came back is also among `listed`. */
  left: Position[];
  /** Sessions that are new, moved or changed, as they are now. */
  listed: ListedSession[];
}

/**
 * In one statement, so that all of it is of one moment: a list of the version `since` without the places left, and with the
 * listed ones at theirs, is the list of the version answered. Null when it is more than `most`.
 */
export async function listChanges(
  db: Db,
  organization: string,
  since: number,
  most: number,
): Promise<ListChanges | null> {
  const rows = await db.within(organization).query<ListedRow & { version: number; what: number }>(
    `select 0 as what, version, '' as session_id, 0 as recorded_at, '' as wire from organizations where org_id = $1
     union all select * from (select 1 as what, version, session_id, recorded_at, '' as wire from moves
       where org_id = $1 and version > $2 order by version limit $3) as moved
     union all select * from (select 2 as what, version, session_id, recorded_at, wire from sessions
       where org_id = $1 and version > $2 and listed = 1 order by version limit $3) as changed`,
    [organization, since, most + 1],
  );
  const of = (what: number) => rows.filter((row) => row.what === what);
  const [head] = of(0);
  const left = of(1).map(toListed);
  const listed = of(2).map(toListed);
  if (head === undefined || left.length > most || listed.length > most) return null;
  return { version: head.version, left, listed };
}

/** Remembers the place that a listed session leaves, under the version of the change that takes it away. */
export async function leavePlace(
  db: Db,
  organization: string,
  { recordedAt_us, sessionId }: Position,
  version: number,
): Promise<void> {
  await db
    .within(organization)
    .query('insert into moves (org_id, version, session_id, recorded_at) values ($1, $2, $3, $4)', [
      organization,
      version,
      sessionId,
      recordedAt_us,
    ]);
}
