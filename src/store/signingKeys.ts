import type { Db } from './db.ts';

/** A key pair for tokens, as JSON Web Keys (RFC 7517). */
export interface SigningKey {
  id: string;
  privateJwk: Record<string, string>;
  publicJwk: Record<string, string>;
  created_us: number;
}

interface SigningKeyRow {
  key_id: string;
  private_jwk: string;
  public_jwk: string;
  created_at: number;
}

/** All keys, newest first: the first one signs. */
export async function listSigningKeys(db: Db): Promise<SigningKey[]> {
  const rows = await db.query<SigningKeyRow>(
    'select key_id, private_jwk, public_jwk, created_at from signing_keys order by created_at desc, key_id desc limit 1000',
  );
  return rows.map((row) => ({
    id: row.key_id,
    privateJwk: JSON.parse(row.private_jwk),
    publicJwk: JSON.parse(row.public_jwk),
    created_us: row.created_at,
  }));
}

export async function insertSigningKey(db: Db, key: SigningKey): Promise<void> {
  await db.query(
    'insert into signing_keys (key_id, private_jwk, public_jwk, created_at) values ($1, $2, $3, $4)',
    [key.id, JSON.stringify(key.privateJwk), JSON.stringify(key.publicJwk), key.created_us],
  );
}

/** Removes every key whose successor was made before `before_us`: nothing it signed is valid any more. */
export async function deleteRetiredSigningKeys(db: Db, before_us: number): Promise<void> {
  await db.query(
    `delete from signing_keys where exists (
       select 1 from signing_keys newer where newer.created_at > signing_keys.created_at and newer.created_at < $1)`,
    [before_us],
  );
}
