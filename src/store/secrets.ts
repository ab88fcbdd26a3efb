import { randomBytes } from 'node:crypto';
import type { Db } from './db.ts';

/** The installation's secret of that name: 32 bytes, made at first use and the same for every server from then on. */
export async function getOrCreateSecret(db: Db, name: string): Promise<Buffer> {
  // Two servers may start together: one insert wins, both read what it wrote.
  await db.query('insert into secrets (name, value) values ($1, $2) on conflict do nothing', [
    name,
    randomBytes(32).toString('base64'),
  ]);
  const rows = await db.query<{ value: string }>('select value from secrets where name = $1', [name]);
  return Buffer.from(rows[0]!.value, 'base64');
}
