import type { Db } from './db.ts';

/**
 * Objects no row refers to, by prefix. A session's objects are entered here before the first of them is written and are
 * taken up in the transaction that inserts the session's row; a deleted session's are entered in the transaction that
 * removes its row. Whatever a crash leaves behind is therefore known, and is swept when due.
 */
export async function markLoose(db: Db, organization: string, prefix: string, due_us: number): Promise<void> {
  await db.within(organization).query(
    `insert into loose_objects (org_id, prefix, due_at, claimed) values ($1, $2, $3, 0)
     on conflict (org_id, prefix) do update set due_at = excluded.due_at`,
    [organization, prefix, due_us],
  );
}

/** Makes loose objects belong to a row that is being inserted; false when a sweep has claimed them already. */
export async function takeUp(db: Db, organization: string, prefix: string): Promise<boolean> {
  const rows = await db
    .within(organization)
    .query('delete from loose_objects where org_id = $1 and prefix = $2 and claimed = 0 returning prefix', [
      organization,
      prefix,
    ]);
  return rows.length > 0;
}

/** Makes whichever of these are loose belong to rows that are being inserted. */
export async function takeUpAll(db: Db, organization: string, prefixes: readonly string[]): Promise<void> {
  const list = prefixes.map((_, place) => `$${place + 2}`).join(', ');
  await db
    .within(organization)
    .query(`delete from loose_objects where org_id = $1 and claimed = 0 and prefix in (${list})`, [
      organization,
      ...prefixes,
    ]);
}

/** Claims what is due, so that no row can take it up any more; answers all that is claimed, also by a sweep that died. */
export async function claimDue(db: Db, organization: string, now_us: number): Promise<string[]> {
  await db
    .within(organization)
    .query('update loose_objects set claimed = 1 where org_id = $1 and due_at <= $2 and claimed = 0', [
      organization,
      now_us,
    ]);
  const rows = await db
    .within(organization)
    .query<{ prefix: string }>(
      'select prefix from loose_objects where org_id = $1 and claimed = 1 order by due_at, prefix limit 10000',
      [organization],
    );
  return rows.map((row) => row.prefix);
}

/**
 * Claims one prefix, due or not; false when it is not loose, which is to say that a row has taken it up. Waits for a
 * transaction that is taking it up, so that the answer holds even when nobody knows what became of that transaction.
 */
export async function claim(db: Db, organization: string, prefix: string): Promise<boolean> {
  const rows = await db
    .within(organization)
    .query('update loose_objects set claimed = 1 where org_id = $1 and prefix = $2 returning prefix', [
      organization,
      prefix,
    ]);
  return rows.length > 0;
}

/** Forgets a prefix whose objects are gone. */
export async function forgetLoose(db: Db, organization: string, prefix: string): Promise<void> {
  await db
    .within(organization)
    .query('delete from loose_objects where org_id = $1 and prefix = $2', [organization, prefix]);
}

/** Whether one of the prefixes is loose: known, that is, to whoever writes or removes what lies there. */
export async function isLoose(db: Db, organization: string, prefix: string, inner: string): Promise<boolean> {
  const rows = await db
    .within(organization)
    .query(
      'select prefix from loose_objects where org_id = $1 and prefix in ($2, $3) order by prefix limit 1',
      [organization, prefix, inner],
    );
  return rows.length > 0;
}
