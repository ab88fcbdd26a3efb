import type { Client, ClientInput } from '../../contract/organizations.ts';
import type { Auth } from './auth.ts';

/** App clients that users of the organization may sign in with: its own and those open to all. */
export async function listClients(_auth: Auth, _organization: string): Promise<Client[]> {
  throw new Error('not written yet');
}

/** Registers an app client; `organization` null: users of every organization may use it. */
export async function createClient(
  _auth: Auth,
  _organization: string | null,
  _input: ClientInput,
): Promise<Client> {
  throw new Error('not written yet');
}

export async function patchClient(
  _auth: Auth,
  _organization: string,
  _id: string,
  _patch: Partial<Omit<ClientInput, 'ClientID'>>,
): Promise<Client> {
  throw new Error('not written yet');
}

export async function deleteClient(_auth: Auth, _organization: string, _id: string): Promise<void> {
  throw new Error('not written yet');
}
