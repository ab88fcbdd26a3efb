import type { Db } from './db.ts';

const COUNTER = 'revocations';

/**
 * Tells every server that something was revoked or changed that tokens hang on. Call it last in the transaction that does:
 * the number and the change appear together, and the row, which all organizations share, is held for a moment only.
 */
export async function countRevocation(db: Db): Promise<void> {
  await db.query(
    `insert into counters (name, value) values ($1, 1)
     on conflict (name) do update set value = counters.value + 1`,
    [COUNTER],
  );
}

/** How often that has happened. */
export async function revocations(db: Db): Promise<number> {
  const rows = await db.query<{ value: number }>('select value from counters where name = $1', [COUNTER]);
  return rows[0]?.value ?? 0;
}
