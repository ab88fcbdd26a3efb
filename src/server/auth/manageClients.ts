import { randomInt } from 'node:crypto';
import type { Client, ClientInput } from '../../contract/organizations.ts';
import * as clients from '../../store/clients.ts';
import { nextVersion } from '../../store/organizations.ts';
import { countRevocation } from '../../store/revocations.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { ApiError } from '../errors.ts';
import type { Auth } from './auth.ts';

/** App clients that users of the organization may sign in with: its own and those open to all. */
export function listClients(auth: Auth, organization: string): Promise<Client[]> {
  return clients.listClients(auth.db, organization);
}

/** Registers an app client; `organization` null: users of every organization may use it. */
export async function createClient(
  auth: Auth,
  organization: string | null,
  input: ClientInput,
): Promise<Client> {
  const client = {
    ClientID: input.ClientID ?? makeUpId(),
    Name: input.Name,
    BodyForm: input.BodyForm ?? 'string',
  };
  const created = await auth.db.transaction(async (db) => {
    if (organization !== null) await nextVersion(db, organization);
    const created = await clients.createClient(db, organization, client, nowMicroseconds(auth.now()));
    // Tokens of an external issuer may name it already, and get its form of body from now on.
    await countRevocation(db);
    return created;
  });
  if (created === null)
    throw new ApiError('conflict', `There is a client ${client.ClientID} already; choose another ClientID.`);
  return created;
}

/** Renames a client of the organization or changes its body form; tokens in use follow at once. */
export async function patchClient(
  auth: Auth,
  organization: string,
  id: string,
  patch: Partial<Omit<ClientInput, 'ClientID'>>,
): Promise<Client> {
  const patched = await auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    const patched = await clients.patchClient(db, organization, id, patch);
    await countRevocation(db);
    return patched;
  });
  if (patched === null) throw await notYours(auth, id);
  auth.verified.drop({ client: id });
  return patched;
}

/** Removes a client of the organization; its tokens stop working. */
export async function deleteClient(auth: Auth, organization: string, id: string): Promise<void> {
  const deleted = await auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    const deleted = await clients.deleteClient(db, organization, id);
    await countRevocation(db);
    return deleted;
  });
  if (!deleted) throw await notYours(auth, id);
  auth.verified.drop({ client: id });
}

/** A client open to all shows up in every organization's list, so it is not denied that it exists. */
async function notYours(auth: Auth, id: string): Promise<ApiError> {
  const client = await clients.findClient(auth.db, id);
  return client?.organization === null
    ? new ApiError('forbidden', `The client ${id} is open to every organization; none of them may change it.`)
    : new ApiError('not_found', `There is no client ${id} in your organization.`);
}

/** 26 lower-case letters and digits, as the ids that Amazon makes. */
function makeUpId(): string {
  return Array.from({ length: 26 }, () => randomInt(36).toString(36)).join('');
}
