import type { ShownOnce, User, UserInput, UserPatch } from '../../contract/organizations.ts';
import type { Db } from '../../store/db.ts';
import { newId } from '../../store/ids.ts';
import { nextVersion } from '../../store/organizations.ts';
import { countRevocation } from '../../store/revocations.ts';
import { nowMicroseconds } from '../../store/time.ts';
import * as users from '../../store/users.ts';
import { ApiError } from '../errors.ts';
import type { Auth } from './auth.ts';
import { makeCredentials, makeUpPassword } from './credentials.ts';
import { endSignIns } from './endSignIns.ts';
import type { Principal } from './principal.ts';

/** On whose behalf: only an operator may touch an operator, or an administrator could become one by setting a password. */
type By = Pick<Principal, 'operator'>;
const ORDINARY: By = { operator: false };

export function listUsers(auth: Auth, organization: string): Promise<User[]> {
  return users.listUsers(auth.db, organization);
}

/** Adds a user; conflict when the username is taken. Makes a password up, and answers it, when none is given. */
export async function createUser(
  auth: Auth,
  organization: string,
  input: UserInput,
  operator = false,
): Promise<User & ShownOnce> {
  const add = await prepareUser(auth, input, operator);
  return auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    return add(db, organization);
  });
}

/** Computes the credentials of a user to be, which takes a while; what it answers adds the user in a transaction. */
export async function prepareUser(
  auth: Auth,
  input: UserInput,
  operator = false,
): Promise<(db: Db, organization: string) => Promise<User & ShownOnce>> {
  const password = input.Password ?? makeUpPassword();
  const credentials = await makeCredentials(auth, input.Username, password);
  const user = {
    UserID: newId(auth.now()),
    Username: input.Username,
    Role: input.Role,
    Enabled: true,
    Operator: operator,
  };
  return async (db, organization) => {
    const created = await users.createUser(db, organization, user, credentials, nowMicroseconds(auth.now()));
    if (created === null)
      throw new ApiError(
        'conflict',
        `There is a user ${user.Username.toLowerCase()} already; choose another Username.`,
      );
    return input.Password === undefined ? { ...created, Password: password } : created;
  };
}

/** Changes a user. The last enabled administrator of an organization can be neither demoted nor disabled: conflict. */
export async function patchUser(
  auth: Auth,
  organization: string,
  id: string,
  patch: UserPatch,
  by: By = ORDINARY,
): Promise<User> {
  const user = await requireUser(auth.db, organization, id, by);
  const credentials =
    patch.Password === undefined ? null : await makeCredentials(auth, user.Username, patch.Password);
  const patched = await auth.db.transaction(async (db) => {
    // Also holds the organization until the commit: two demotions at once cannot each count the other's administrator.
    await nextVersion(db, organization);
    const user = await requireUser(db, organization, id, by);
    const loses = patch.Enabled === false || (patch.Role ?? 'admin') !== 'admin';
    if (loses) await keepAnAdministrator(db, organization, user);
    if (credentials !== null) await users.setPassword(db, organization, id, credentials);
    if (credentials !== null || patch.Enabled === false)
      await endSignIns(db, organization, id, nowMicroseconds(auth.now()));
    const patched = await users.patchUser(db, organization, id, patch);
    await countRevocation(db);
    return patched;
  });
  auth.verified.drop({ user: id });
  return patched!;
}

/** Removes a user; every sign-in of it ends. Not the last enabled administrator: conflict. */
export async function deleteUser(
  auth: Auth,
  organization: string,
  id: string,
  by: By = ORDINARY,
): Promise<void> {
  await auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    await keepAnAdministrator(db, organization, await requireUser(db, organization, id, by));
    await users.deleteUser(db, organization, id);
    await countRevocation(db);
  });
  auth.verified.drop({ user: id });
}

async function requireUser(db: Db, organization: string, id: string, by: By): Promise<User> {
  const user = await users.getUser(db, organization, id);
  if (user === null) throw new ApiError('not_found', `There is no user ${id} in your organization.`);
  if (user.Operator && !by.operator)
    throw new ApiError('forbidden', 'Only an operator of the installation may change an operator.');
  return user;
}

async function keepAnAdministrator(db: Db, organization: string, user: User): Promise<void> {
  if (user.Role !== 'admin' || !user.Enabled) return;
  if (await users.hasOtherAdministrator(db, organization, user.UserID)) return;
  throw new ApiError(
    'conflict',
    `${user.Username} is the last enabled administrator; make another user one first.`,
  );
}
