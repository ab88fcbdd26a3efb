import { findKey } from '../../store/keys.ts';
import { nowMicroseconds } from '../../store/time.ts';
import type { Auth } from './auth.ts';
import type { Check } from './standing.ts';
import { unauthorized } from './unauthorized.ts';

/** Looks an API key up. Its organization, scopes and form of body are its own: no user stands behind it. */
export function checkKey(auth: Auth, presented: string): Check {
  return async () => {
    const key = await findKey(auth.db, presented);
    if (key === null)
      throw unauthorized('No such API key; copy it whole, as it was shown when it was created.');
    if (key.Revoked) throw unauthorized('The API key was revoked; create another.');
    if (key.expires_us !== null && key.expires_us <= nowMicroseconds(auth.now())) {
      throw unauthorized(`The API key expired at ${key.Expires}; create another.`);
    }
    return {
      principal: {
        organization: key.organization,
        scopes: new Set(key.Scopes),
        operator: false,
        bodyForm: key.BodyForm,
        subject: key.KeyID,
        kind: 'key',
      },
      until_ms: key.expires_us === null ? Number.POSITIVE_INFINITY : key.expires_us / 1000,
      origin: { key: key.KeyID },
    };
  };
}
