import type { Db } from '../db.ts';

/** Where the objects of a session lie. */
export interface SessionPrefix {
  sessionId: string;
  /** Below the organization's. */
  prefix: string;
}

/** The sessions of an organization by id, after one; a part of them at a time. */
export async function prefixesAfter(
  db: Db,
  organization: string,
  after: string,
  limit: number,
): Promise<SessionPrefix[]> {
  const rows = await db
    .within(organization)
    .query<{ session_id: string; objects: string }>(
      'select session_id, objects from sessions where org_id = $1 and session_id > $2 order by session_id limit $3',
      [organization, after, limit],
    );
  return rows.map((row) => ({ sessionId: row.session_id, prefix: row.objects }));
}

export async function countSessions(db: Db, organization: string): Promise<number> {
  const rows = await db
    .within(organization)
    .query<{ sessions: number }>('select count(*) as sessions from sessions where org_id = $1', [
      organization,
    ]);
  return rows[0]!.sessions;
}
