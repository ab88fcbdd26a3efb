import { createClient } from '../../store/clients.ts';
import type { Db } from '../../store/db.ts';
import { newId } from '../../store/ids.ts';
import * as organizations from '../../store/organizations.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { anyOperator, createUser } from '../../store/users.ts';
import type { Auth } from './auth.ts';
import { makeCredentials, makeUpPassword } from './credentials.ts';

export interface FirstAdministrator {
  organization: string;
  username: string;
  clientId: string;
  /** Shown once. */
  password: string;
}

/** As `createOrganization` of the store; the server passes one that adds the exercise library. */
type CreateOrganization = (db: Db, organization: string, name: string, now_us: number) => Promise<unknown>;

const ORGANIZATION = 'main';
const USERNAME = 'admin@kinebase.local';
/** Client id open to all organizations, which people and programs use when they were told no other. */
const CLIENT = 'kinebase';

/**
 * Makes the first account of a new installation: organization `main`, an administrator who may create organizations,
 * and the client id `kinebase`, open to all organizations. Null when there is an operator already.
 */
export async function ensureFirstAdministrator(
  auth: Auth,
  createOrganization: CreateOrganization = organizations.createOrganization,
): Promise<FirstAdministrator | null> {
  if (await anyOperator(auth.db)) return null;
  const password = makeUpPassword();
  const credentials = await makeCredentials(auth, USERNAME, password);
  const now_us = nowMicroseconds(auth.now());
  const user = {
    UserID: newId(auth.now()),
    Username: USERNAME,
    Role: 'admin',
    Enabled: true,
    Operator: true,
  } as const;
  const created = await auth.db.within(ORGANIZATION).transaction(async (db) => {
    if (await anyOperator(db)) return null;
    if ((await organizations.getOrganization(db, ORGANIZATION)) === null)
      await createOrganization(db, ORGANIZATION, 'Main', now_us);
    // Taken where the installation held only demo organizations before: then it is there already.
    await createClient(db, null, { ClientID: CLIENT, Name: 'Kinebase', BodyForm: 'string' }, now_us);
    // Of two servers that start together, the second finds the name taken and has no password to show.
    return createUser(db, ORGANIZATION, user, credentials, now_us);
  });
  return created && { organization: ORGANIZATION, username: USERNAME, clientId: CLIENT, password };
}
