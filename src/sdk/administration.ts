import type { EndpointName } from '../contract/endpoints.ts';
import type {
  ApiKey,
  ApiKeyInput,
  Client,
  ClientInput,
  NewApiKey,
  Organization,
  OrganizationInput,
  ShownOnce,
  User,
  UserInput,
  UserPatch,
} from '../contract/organizations.ts';
import type { CallOptions } from './call.ts';
import { type List, listWhole } from './pages.ts';
import type { Send } from './request.ts';

/** For administrators of the installation. */
export interface Organizations {
  list(options?: CallOptions): List<Organization>;
  /** A password made up for the first administrator is in this answer and nowhere else. */
  create(
    input: OrganizationInput,
    options?: CallOptions,
  ): Promise<Organization & { Admin?: User & ShownOnce }>;
}

export interface Users {
  list(options?: CallOptions): List<User>;
  /** A password made up by the server is in this answer and nowhere else. */
  create(input: UserInput, options?: CallOptions): Promise<User & ShownOnce>;
  patch(id: string, changes: UserPatch, options?: CallOptions): Promise<User>;
  delete(id: string, options?: CallOptions): Promise<void>;
}

export interface Clients {
  list(options?: CallOptions): List<Client>;
  create(input: ClientInput, options?: CallOptions): Promise<Client>;
  patch(id: string, changes: Partial<Omit<ClientInput, 'ClientID'>>, options?: CallOptions): Promise<Client>;
  delete(id: string, options?: CallOptions): Promise<void>;
}

export interface Keys {
  list(options?: CallOptions): List<ApiKey>;
  /** The key itself is in this answer and nowhere else. */
  create(input: ApiKeyInput, options?: CallOptions): Promise<NewApiKey>;
  /** It stays in the list, marked as revoked. */
  revoke(id: string, options?: CallOptions): Promise<void>;
}

export interface SigningKeys {
  /** Signs tokens with a new key from now on; older tokens stay valid until they expire. */
  rotate(options?: CallOptions): Promise<{ KeyID: string; Created: string }>;
}

export function administration(send: Send) {
  const list =
    <Item>(endpoint: EndpointName) =>
    (options?: CallOptions) =>
      listWhole<Item>(send, { endpoint }, options);
  const create =
    <Input, Item>(endpoint: EndpointName) =>
    async (json: Input, options?: CallOptions) =>
      (await send({ endpoint, json, ...options })).value as Item;
  const patch =
    <Input, Item>(endpoint: EndpointName) =>
    async (id: string, json: Input, options?: CallOptions) =>
      (await send({ endpoint, id, json, ...options })).value as Item;
  const remove = (endpoint: EndpointName) => async (id: string, options?: CallOptions) => {
    await send({ endpoint, id, ...options });
  };
  const organizations: Organizations = {
    list: list('listOrganizations'),
    create: create('createOrganization'),
  };
  const users: Users = {
    list: list('listUsers'),
    create: create('createUser'),
    patch: patch('patchUser'),
    delete: remove('deleteUser'),
  };
  const clients: Clients = {
    list: list('listClients'),
    create: create('createClient'),
    patch: patch('patchClient'),
    delete: remove('deleteClient'),
  };
  const keys: Keys = { list: list('listKeys'), create: create('createKey'), revoke: remove('deleteKey') };
  const signingKeys: SigningKeys = {
    rotate: async (options) =>
      (await send({ endpoint: 'rotateSigningKey', ...options })).value as { KeyID: string; Created: string },
  };
  return { organizations, users, clients, keys, signingKeys };
}
