import type { Db } from './db.ts';

/**
 * Objects no row refers to. A session's objects are entered here before the first of them is written and leave in the
 * transaction that inserts the session's row; a deleted session enters in the transaction that removes its row. Whatever
 * a crash leaves behind is therefore known, and is swept when due.
 */
export async function markLoose(db: Db, organization: string, sessionId: string, due_us: number): Promise<void> {
  await db.query(
    `insert into loose_objects (org_id, prefix, due_at) values ($1, $2, $3)
     on conflict (org_id, prefix) do update set due_at = excluded.due_at`,
    [organization, sessionId, due_us],
  );
}

export async function forgetLoose(db: Db, organization: string, sessionId: string): Promise<void> {
  await db.query('delete from loose_objects where org_id = $1 and prefix = $2', [organization, sessionId]);
}

/** Sessions of an organization whose loose objects are due. */
export async function dueLoose(db: Db, organization: string, now_us: number, limit = 1000): Promise<string[]> {
  const rows = await db.query<{ prefix: string }>(
    'select prefix from loose_objects where org_id = $1 and due_at <= $2 order by due_at, prefix limit $3',
    [organization, now_us, limit],
  );
  return rows.map((row) => row.prefix);
}
