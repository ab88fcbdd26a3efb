import type { BodyForm } from '../contract/wire.ts';
import type { Db } from './db.ts';
import { ACCOUNT_COLUMNS, type Account, type AccountRow, toAccount } from './users.ts';

/** One sign-in: everything issued from it carries its origin id and dies with it. */
export interface SignIn {
  origin: string;
  userId: string;
  clientId: string;
  /** When the sign-in began, before the password was checked: a sign-out in between then ends this sign-in too. */
  issued_us: number;
  expires_us: number;
}

/** A stored sign-in with the user it is of and the form of body its client gets. */
export interface StoredSignIn extends SignIn {
  revoked: boolean;
  account: Account;
  bodyForm: BodyForm;
}

interface SignInRow extends AccountRow {
  origin_id: string;
  client_id: string;
  issued_at: number;
  expires_at: number;
  revoked_at: number | null;
  body_form: BodyForm;
}

const toSignIn = (row: SignInRow): StoredSignIn => ({
  origin: row.origin_id,
  userId: row.user_id,
  clientId: row.client_id,
  issued_us: row.issued_at,
  expires_us: row.expires_at,
  revoked: row.revoked_at !== null,
  account: toAccount(row),
  bodyForm: row.body_form,
});

const SIGN_INS = `select sign_ins.origin_id, sign_ins.client_id, sign_ins.issued_at, sign_ins.expires_at, sign_ins.revoked_at,
    clients.body_form, ${ACCOUNT_COLUMNS}
  from sign_ins join users on users.user_id = sign_ins.user_id join clients on clients.client_id = sign_ins.client_id`;

/**
 * Records a sign-in; false when the origin is used already, or when the user's password is no longer the one that was
 * checked or the user was disabled meanwhile.
 */
export async function insertSignIn(
  db: Db,
  signIn: SignIn,
  tokenHash: string,
  passwordHash: string,
): Promise<boolean> {
  const rows = await db.query(
    `insert into sign_ins (origin_id, token_hash, user_id, client_id, issued_at, expires_at)
     select cast($1 as text), cast($2 as text), user_id, cast($4 as text), cast($5 as bigint), cast($6 as bigint)
     from users where user_id = $3 and password_hash = $7 and enabled = 1
     on conflict do nothing returning origin_id`,
    [
      signIn.origin,
      tokenHash,
      signIn.userId,
      signIn.clientId,
      signIn.issued_us,
      signIn.expires_us,
      passwordHash,
    ],
  );
  return rows.length > 0;
}

/** The sign-in of an origin id, while its user and its client exist. */
export async function findSignIn(db: Db, origin: string): Promise<StoredSignIn | null> {
  const rows = await db.query<SignInRow>(`${SIGN_INS} where sign_ins.origin_id = $1`, [origin]);
  return rows[0] ? toSignIn(rows[0]) : null;
}

/** The sign-in that a refresh token belongs to. */
export async function findSignInByToken(db: Db, tokenHash: string): Promise<StoredSignIn | null> {
  const rows = await db.query<SignInRow>(`${SIGN_INS} where sign_ins.token_hash = $1`, [tokenHash]);
  return rows[0] ? toSignIn(rows[0]) : null;
}

export async function revokeSignIn(db: Db, origin: string, now_us: number): Promise<void> {
  await db.query('update sign_ins set revoked_at = $2 where origin_id = $1 and revoked_at is null', [
    origin,
    now_us,
  ]);
}

/** Ends every sign-in of a user, or every one but `except`. */
export async function revokeSignInsOf(db: Db, userId: string, now_us: number, except = ''): Promise<void> {
  await db.query(
    'update sign_ins set revoked_at = $2 where user_id = $1 and revoked_at is null and origin_id <> $3',
    [userId, now_us, except],
  );
}

/** Removes sign-ins that expired before `before_us`. */
export async function deleteExpiredSignIns(db: Db, before_us: number): Promise<void> {
  await db.query('delete from sign_ins where expires_at < $1', [before_us]);
}
