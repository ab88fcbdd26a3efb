import type { ApiKey, ApiKeyInput, NewApiKey } from '../../contract/organizations.ts';
import { newId } from '../../store/ids.ts';
import * as keys from '../../store/keys.ts';
import { nextVersion } from '../../store/organizations.ts';
import { countRevocation } from '../../store/revocations.ts';
import { fromIso, nowMicroseconds, toIso } from '../../store/time.ts';
import { ApiError } from '../errors.ts';
import type { Auth } from './auth.ts';

export function listKeys(auth: Auth, organization: string): Promise<ApiKey[]> {
  return keys.listKeys(auth.db, organization);
}

/** Creates an API key and shows it, this once. */
export async function createKey(auth: Auth, organization: string, input: ApiKeyInput): Promise<NewApiKey> {
  const Expires = input.Expires == null ? null : futureTime(input.Expires, nowMicroseconds(auth.now()));
  const key = {
    KeyID: newId(auth.now()),
    Name: input.Name,
    Scopes: input.Scopes ?? ['read' as const],
    BodyForm: input.BodyForm ?? 'string',
    Expires,
  };
  const Key = keys.newKey();
  const created = await auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    return keys.createKey(db, organization, key, Key, nowMicroseconds(auth.now()));
  });
  return { ...created, Key };
}

/** Revokes an API key; it stays in the list. */
export async function deleteKey(auth: Auth, organization: string, id: string): Promise<void> {
  const revoked = await auth.db.transaction(async (db) => {
    await nextVersion(db, organization);
    const revoked = await keys.revokeKey(db, organization, id, nowMicroseconds(auth.now()));
    await countRevocation(db);
    return revoked;
  });
  if (!revoked) throw new ApiError('not_found', `There is no API key ${id} in your organization.`);
  auth.verified.drop({ key: id });
}

function futureTime(text: string, now_us: number): string {
  const time_us = fromIso(text);
  if (time_us === null || time_us <= now_us) {
    throw new ApiError(
      'invalid_parameter',
      'Expires must be a time in the future in ISO 8601, such as 2030-01-31T00:00:00Z.',
    );
  }
  return toIso(time_us);
}
