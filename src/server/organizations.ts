import { randomBytes } from 'node:crypto';
import type {
  ApiKeyInput,
  ClientInput,
  Organization,
  OrganizationInput,
  ShownOnce,
  User,
  UserInput,
  UserPatch,
} from '../contract/organizations.ts';
import { createOrganization, getOrganization, listOrganizations } from '../store/organizations.ts';
import { nowMicroseconds } from '../store/time.ts';
import { findAccount } from '../store/users.ts';
import * as administration from './auth/administration.ts';
import type { Handler } from './call.ts';
import { addLibrary } from './definition.ts';
import { ApiError } from './errors.ts';
import { readBody } from './input.ts';

/** Organizations, users, app clients, API keys and signing keys: what administrators look after. */
export const own: Handler = async ({ db }, { organization }) => ({
  kind: 'value',
  value: await getOrganization(db, organization),
});

export const list: Handler = async ({ db }) => ({ kind: 'value', value: await listOrganizations(db) });

export const create: Handler = async ({ db, auth, now }, { body }) => {
  const input = readBody<OrganizationInput>('OrganizationInput', body);
  const id = input.OrganizationID ?? idFrom(input.Name);
  if (input.Password !== undefined && input.Admin === undefined)
    throw new ApiError('missing_parameter', 'Member Admin is required with a Password.');
  if (input.Admin !== undefined && (await findAccount(db, input.Admin)) !== null) {
    throw new ApiError('conflict', `Username ${JSON.stringify(input.Admin)} is taken.`);
  }
  const addAdministrator =
    input.Admin === undefined ? null : await administration.prepareUser(auth, administratorOf(input));
  // Whole or not at all: an organization without its library or its administrator would be of no use to anybody.
  const value = await db.within(id).transaction(async (db) => {
    if (!(await createOrganization(db, id, input.Name, nowMicroseconds(now()))))
      throw new ApiError('conflict', `OrganizationID ${id} is taken.`);
    await addLibrary(db, id, now());
    const Admin = await addAdministrator?.(db, id);
    const organization = (await getOrganization(db, id)) as Organization & { Admin?: User & ShownOnce };
    return Admin === undefined ? organization : { ...organization, Admin };
  });
  return { kind: 'value', status: 201, value };
};

const administratorOf = ({ Admin, Password }: OrganizationInput): UserInput => ({
  Username: Admin!,
  Role: 'admin',
  ...(Password === undefined ? {} : { Password }),
});

export const listUsers: Handler = async ({ auth }, { organization }) => ({
  kind: 'value',
  value: await administration.listUsers(auth, organization),
});

export const createUser: Handler = async ({ auth }, { organization, body }) => ({
  kind: 'value',
  status: 201,
  value: await administration.createUser(auth, organization, readBody<UserInput>('UserInput', body)),
});

export const patchUser: Handler = async ({ auth }, { organization, principal, id, body }) => ({
  kind: 'value',
  value: await administration.patchUser(
    auth,
    organization,
    id,
    readBody<UserPatch>('UserPatch', body),
    principal,
  ),
});

export const deleteUser: Handler = async ({ auth }, { organization, principal, id }) => {
  await administration.deleteUser(auth, organization, id, principal);
  return { kind: 'none' };
};

export const listClients: Handler = async ({ auth }, { organization }) => ({
  kind: 'value',
  value: await administration.listClients(auth, organization),
});

export const createClient: Handler = async ({ auth }, { organization, body }) => ({
  kind: 'value',
  status: 201,
  value: await administration.createClient(auth, organization, readBody<ClientInput>('ClientInput', body)),
});

export const patchClient: Handler = async ({ auth }, { organization, id, body }) => ({
  kind: 'value',
  value: await administration.patchClient(
    auth,
    organization,
    id,
    readBody<Partial<ClientInput>>('ClientPatch', body),
  ),
});

export const deleteClient: Handler = async ({ auth }, { organization, id }) => {
  await administration.deleteClient(auth, organization, id);
  return { kind: 'none' };
};

export const listKeys: Handler = async ({ auth }, { organization }) => ({
  kind: 'value',
  value: await administration.listKeys(auth, organization),
});

export const createKey: Handler = async ({ auth }, { organization, body }) => ({
  kind: 'value',
  status: 201,
  value: await administration.createKey(auth, organization, readBody<ApiKeyInput>('ApiKeyInput', body)),
});

export const deleteKey: Handler = async ({ auth }, { organization, id }) => {
  await administration.deleteKey(auth, organization, id);
  return { kind: 'none' };
};

export const rotateSigningKey: Handler = async ({ auth }) => ({
  kind: 'value',
  status: 201,
  value: await administration.rotateSigningKey(auth),
});

/** `Café Élan GmbH` → `cafe-elan-gmbh`; a random id where nothing is left. */
function idFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const id = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return id === '' ? `org-${randomBytes(4).toString('hex')}` : id;
}
