import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../contract/access.ts';
import type { ApiKey } from '../contract/organizations.ts';
import type { BodyForm } from '../contract/wire.ts';
import type { Db } from './db.ts';
import { fromIso, toIso } from './time.ts';

/** An API key that was presented: whose it is and until when it is good. */
export interface PresentedKey extends ApiKey {
  organization: string;
  expires_us: number | null;
}

interface KeyRow {
  key_id: string;
  org_id: string;
  name: string;
  scopes: string;
  body_form: BodyForm;
  expires_at: number | null;
  revoked_at: number | null;
  created_at: number;
}

const toKey = (row: KeyRow): ApiKey => ({
  KeyID: row.key_id,
  Name: row.name,
  Scopes: row.scopes.split(' ') as Scope[],
  BodyForm: row.body_form,
  Expires: row.expires_at === null ? null : toIso(row.expires_at),
  Created: toIso(row.created_at),
  Revoked: row.revoked_at !== null,
});

const COLUMNS = 'key_id, org_id, name, scopes, body_form, expires_at, revoked_at, created_at';

/** What every API key starts with, so that people and secret scanners know one when they see it. */
export const KEY_PREFIX = 'kb_';

/** A new key: 256 random bits after the prefix. */
export const newKey = (): string => KEY_PREFIX + randomBytes(32).toString('base64url');

/** Keys and refresh tokens are random, so a plain SHA-256 cannot be reversed by guessing; passwords are another matter. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export async function createKey(
  db: Db,
  organization: string,
  key: Omit<ApiKey, 'Created' | 'Revoked'>,
  secret: string,
  now_us: number,
): Promise<ApiKey> {
  const rows = await db.query<KeyRow>(
    `insert into api_keys (org_id, key_id, name, key_hash, scopes, body_form, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
    [
      organization,
      key.KeyID,
      key.Name,
      hashOfSecret(secret),
      key.Scopes.join(' '),
      key.BodyForm,
      key.Expires === null ? null : fromIso(key.Expires),
      now_us,
    ],
  );
  return toKey(rows[0]!);
}

/** Keys of an organization, newest first, revoked ones too. */
export async function listKeys(db: Db, organization: string): Promise<ApiKey[]> {
  const rows = await db.query<KeyRow>(
    `select ${COLUMNS} from api_keys where org_id = $1 order by created_at desc, key_id desc limit 10000`,
    [organization],
  );
  return rows.map(toKey);
}

/** The key as presented by a client, also when it is revoked or over; the organization is what it tells. */
export async function findKey(db: Db, secret: string): Promise<PresentedKey | null> {
  const rows = await db.query<KeyRow>(`select ${COLUMNS} from api_keys where key_hash = $1`, [
    hashOfSecret(secret),
  ]);
  return rows[0] ? { ...toKey(rows[0]), organization: rows[0].org_id, expires_us: rows[0].expires_at } : null;
}

/** Revokes a key for good; false when the organization has none of that id. */
export async function revokeKey(db: Db, organization: string, id: string, now_us: number): Promise<boolean> {
  const rows = await db.query(
    'update api_keys set revoked_at = coalesce(revoked_at, $3) where org_id = $1 and key_id = $2 returning key_id',
    [organization, id, now_us],
  );
  return rows.length > 0;
}
