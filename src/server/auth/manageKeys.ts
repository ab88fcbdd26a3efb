import type { ApiKey, ApiKeyInput, NewApiKey } from '../../contract/organizations.ts';
import type { Auth } from './auth.ts';

export async function listKeys(_auth: Auth, _organization: string): Promise<ApiKey[]> {
  throw new Error('not written yet');
}

export async function createKey(_auth: Auth, _organization: string, _input: ApiKeyInput): Promise<NewApiKey> {
  throw new Error('not written yet');
}

/** Revokes an API key; it stays in the list. */
export async function deleteKey(_auth: Auth, _organization: string, _id: string): Promise<void> {
  throw new Error('not written yet');
}
