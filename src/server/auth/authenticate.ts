import { decodeJwt, decodeProtectedHeader } from 'jose';
import { KEY_PREFIX } from '../../store/keys.ts';
import type { Auth } from './auth.ts';
import { createExternalVerifier } from './externalTokens.ts';
import { checkKey } from './keyStanding.ts';
import { checkOwnToken } from './ownStanding.ts';
import type { Principal } from './principal.ts';
import { createRevocationWatch } from './revocationWatch.ts';
import type { Check } from './standing.ts';
import { unauthorized } from './unauthorized.ts';
import type { VerifiedToken } from './verifiedTokens.ts';

/**
 * Who an `Authorization` header speaks for. Throws ApiError `unauthorized` with what to change, or `unavailable` when
 * an external issuer cannot be asked.
 */
export interface Authenticator {
  (authorization: string | undefined): Promise<Principal>;
  /** The same at once, for a token that was found good a moment ago; undefined: it has to be looked at. */
  known(authorization: string | undefined): Principal | undefined;
}

/** What was changed in the database by hand, which no server counts as revoked, is seen within this time. */
const RECHECK_MS = 60_000;

export function createAuthenticator(auth: Auth): Authenticator {
  const { verified, now } = auth;
  const examine = createExaminer(auth);
  const watch = createRevocationWatch(auth.db, now);

  const ask = async (authorization: string, check: Check): Promise<Principal> => {
    if (watch.count < 0) await watch.look();
    const { generation } = verified;
    const revocations = watch.count;
    const checked_ms = now();
    const { principal, until_ms, origin } = await check();
    verified.set(authorization, { principal, until_ms, origin, check, checked_ms, revocations }, generation);
    return principal;
  };
  const askAgain = (authorization: string, token: VerifiedToken): Promise<Principal> => {
    token.checking ??= ask(authorization, token.check)
      .catch((error: unknown) => {
        verified.delete(authorization);
        throw error;
      })
      .finally(() => {
        token.checking = undefined;
      });
    return token.checking;
  };

  /** Nothing was revoked anywhere since the token was found good, and that was not long ago. */
  const holds = (token: VerifiedToken, time: number): boolean =>
    token.revocations === watch.count && time - token.checked_ms < RECHECK_MS;

  const authenticate = async (authorization: string | undefined): Promise<Principal> => {
    const token = authorization === undefined ? undefined : verified.get(authorization);
    if (token !== undefined) {
      if (now() < token.until_ms) {
        if (!watch.fresh()) await watch.look();
        return holds(token, now()) ? token.principal : askAgain(authorization!, token);
      }
      verified.delete(authorization!);
    }
    return ask(authorization!, await examine(authorization));
  };
  const known = (authorization: string | undefined): Principal | undefined => {
    const token = authorization === undefined ? undefined : verified.get(authorization);
    if (token === undefined) return undefined;
    const time = now();
    return time < token.until_ms && watch.fresh() && holds(token, time) ? token.principal : undefined;
  };
  return Object.assign(authenticate, { known });
}

/** Finds out what kind of token a header carries and verifies it, short of asking whether it was revoked. */
function createExaminer(auth: Auth): (authorization: string | undefined) => Promise<Check> {
  const external = auth.oidc ? createExternalVerifier(auth, auth.oidc) : null;
  return async (authorization) => {
    const token = tokenOf(authorization);
    if (token.startsWith(KEY_PREFIX)) return checkKey(auth, token);
    const { issuer, keyId } = claimedBy(token);
    if (issuer === auth.issuer) return checkOwnToken(auth, token);
    if (external !== null && issuer === auth.oidc!.issuer) return external(token);
    // A change of the public URL renames the issuer and ends nobody's sign-in: our tokens are known by our keys.
    if (keyId !== undefined && (await auth.keys.verifier(keyId)) !== null) return checkOwnToken(auth, token);
    throw unauthorized(
      'The token was issued elsewhere; sign in at this server and send the IdToken it answers.',
    );
  };
}

function tokenOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === '') {
    throw unauthorized(
      'Send the header "Authorization: Bearer <token>" with an IdToken, an AccessToken or an API key.',
    );
  }
  const match = /^\s*bearer +(\S+)\s*$/i.exec(authorization);
  if (match === null)
    throw unauthorized('The Authorization header must be "Bearer", one space and the token.');
  return match[1]!;
}

/** The issuer and the key that a token claims; whether that is true shows when its signature is checked. */
function claimedBy(token: string): { issuer: string | undefined; keyId: string | undefined } {
  try {
    return { issuer: decodeJwt(token).iss, keyId: decodeProtectedHeader(token).kid };
  } catch {
    throw unauthorized('The token is neither a JWT nor an API key; send it exactly as it was issued.');
  }
}
