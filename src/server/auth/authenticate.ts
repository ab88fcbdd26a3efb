import type { Auth } from './auth.ts';
import type { Principal } from './principal.ts';

/**
 * Who an `Authorization` header speaks for. Throws ApiError `unauthorized` with what to change, or `unavailable` when
 * an external issuer cannot be asked.
 */
export type Authenticator = (authorization: string | undefined) => Promise<Principal>;

export function createAuthenticator(_auth: Auth): Authenticator {
  throw new Error('not written yet');
}
