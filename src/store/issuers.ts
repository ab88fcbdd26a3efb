import type { Db } from './db.ts';

/** Records a name of this installation as issuer. */
export async function addIssuer(db: Db, issuer: string, now_us: number): Promise<void> {
  await db.query('insert into issuers (issuer, created_at) values ($1, $2) on conflict do nothing', [
    issuer,
    now_us,
  ]);
}

/** Every name it has had. */
export async function listIssuers(db: Db): Promise<string[]> {
  const rows = await db.query<{ issuer: string }>('select issuer from issuers order by issuer limit 1000');
  return rows.map((row) => row.issuer);
}
