import type { Role } from '../contract/access.ts';
import type { User, UserPatch } from '../contract/organizations.ts';
import type { Db } from './db.ts';

/** What a password is checked against; the password itself is nowhere. */
export interface Credentials {
  /** Argon2id, in PHC string format. */
  passwordHash: string;
  /** SRP salt and verifier, hexadecimal. */
  srpSalt: string;
  srpVerifier: string;
}

/** A user with what sign-in needs to know. */
export interface Account extends User, Credentials {
  organization: string;
  /** Tokens of sign-ins begun before this moment are dead. */
  signedOut_us: number;
}

export interface AccountRow {
  user_id: string;
  org_id: string;
  username: string;
  role: Role;
  operator: number;
  enabled: number;
  password_hash: string;
  srp_salt: string;
  srp_verifier: string;
  signed_out_at: number;
}

export const ACCOUNT_COLUMNS =
  'users.user_id, users.org_id, users.username, users.role, users.operator, users.enabled, users.password_hash, users.srp_salt, users.srp_verifier, users.signed_out_at';

export const toAccount = (row: AccountRow): Account => ({
  ...toUser(row),
  organization: row.org_id,
  passwordHash: row.password_hash,
  srpSalt: row.srp_salt,
  srpVerifier: row.srp_verifier,
  signedOut_us: row.signed_out_at,
});

const toUser = (row: Pick<AccountRow, 'user_id' | 'username' | 'role' | 'enabled' | 'operator'>): User => ({
  UserID: row.user_id,
  Username: row.username,
  Role: row.role,
  Enabled: row.enabled === 1,
  Operator: row.operator === 1,
});

/** Adds a user; null when the username is taken, in whatever organization. Usernames are kept in lower case. */
export async function createUser(
  db: Db,
  organization: string,
  user: User,
  credentials: Credentials,
  now_us: number,
): Promise<User | null> {
  const rows = await db.query<AccountRow>(
    `insert into users (org_id, user_id, username, role, operator, enabled, password_hash, srp_salt, srp_verifier, signed_out_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) on conflict do nothing returning ${ACCOUNT_COLUMNS}`,
    [
      organization,
      user.UserID,
      user.Username.toLowerCase(),
      user.Role,
      Number(user.Operator),
      Number(user.Enabled),
      credentials.passwordHash,
      credentials.srpSalt,
      credentials.srpVerifier,
      now_us,
    ],
  );
  return rows[0] ? toUser(rows[0]) : null;
}

/** The account of a username, whatever its organization: sign-in does not know the organization yet. */
export async function findAccount(db: Db, username: string): Promise<Account | null> {
  const rows = await db.query<AccountRow>(`select ${ACCOUNT_COLUMNS} from users where username = $1`, [
    username.toLowerCase(),
  ]);
  return rows[0] ? toAccount(rows[0]) : null;
}

export async function getUser(db: Db, organization: string, id: string): Promise<User | null> {
  const rows = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from users where org_id = $1 and user_id = $2`,
    [organization, id],
  );
  return rows[0] ? toUser(rows[0]) : null;
}

/** Users of an organization by username. */
export async function listUsers(db: Db, organization: string): Promise<User[]> {
  const rows = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from users where org_id = $1 order by username limit 100000`,
    [organization],
  );
  return rows.map(toUser);
}

/** Whether the installation has any user at all. */
/** Whether anybody may create organizations. */
export async function anyOperator(db: Db): Promise<boolean> {
  const rows = await db.query('select 1 from users where operator = 1 order by user_id limit 1');
  return rows.length > 0;
}

/** Whether an enabled administrator remains besides this user. */
export async function hasOtherAdministrator(db: Db, organization: string, id: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 from users where org_id = $1 and role = 'admin' and enabled = 1 and user_id <> $2 order by user_id limit 1`,
    [organization, id],
  );
  return rows.length > 0;
}

/** Changes role and whether the user may sign in; null when there is no such user. */
export async function patchUser(
  db: Db,
  organization: string,
  id: string,
  patch: Pick<UserPatch, 'Role' | 'Enabled'>,
): Promise<User | null> {
  const rows = await db.query<AccountRow>(
    `update users set role = coalesce($3, role), enabled = coalesce($4, enabled)
     where org_id = $1 and user_id = $2 returning ${ACCOUNT_COLUMNS}`,
    [organization, id, patch.Role ?? null, patch.Enabled === undefined ? null : Number(patch.Enabled)],
  );
  return rows[0] ? toUser(rows[0]) : null;
}

/**
 * Replaces a user's password. With `previousHash` only while that is still the stored one, so that of two changes at
 * once the second fails. False when nothing was changed.
 */
export async function setPassword(
  db: Db,
  organization: string,
  id: string,
  credentials: Credentials,
  previousHash: string | null = null,
): Promise<boolean> {
  const rows = await db.query(
    `update users set password_hash = $3, srp_salt = $4, srp_verifier = $5
     where org_id = $1 and user_id = $2 and password_hash = coalesce($6, password_hash) returning user_id`,
    [organization, id, credentials.passwordHash, credentials.srpSalt, credentials.srpVerifier, previousHash],
  );
  return rows.length > 0;
}

/** Declares every sign-in begun before `at_us` over. */
export async function setSignedOut(db: Db, organization: string, id: string, at_us: number): Promise<void> {
  await db.query(
    'update users set signed_out_at = $3 where org_id = $1 and user_id = $2 and signed_out_at < $3',
    [organization, id, at_us],
  );
}

/** Removes a user and, with it, its sign-ins. False when there is none. */
export async function deleteUser(db: Db, organization: string, id: string): Promise<boolean> {
  return (
    (
      await db.query('delete from users where org_id = $1 and user_id = $2 returning user_id', [
        organization,
        id,
      ])
    ).length > 0
  );
}
