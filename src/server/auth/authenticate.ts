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
export type Authenticator = (authorization: string | undefined) => Promise<Principal>;

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
    verified.set(
      authorization,
      { principal: Promise.resolve(principal), until_ms, origin, check, checked_ms, revocations },
      generation,
    );
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

  const authenticate = (authorization: string | undefined, looked: boolean): Promise<Principal> => {
    const known = authorization === undefined ? undefined : verified.get(authorization);
    if (known !== undefined) {
      const time = now();
      if (time < known.until_ms) {
        if (!looked && !watch.fresh()) return watch.look().then(() => authenticate(authorization, true));
        const holds = known.revocations === watch.count && time - known.checked_ms < RECHECK_MS;
        return holds ? known.principal : askAgain(authorization!, known);
      }
      verified.delete(authorization!);
    }
    return examine(authorization).then((check) => ask(authorization!, check));
  };
  return (authorization) => authenticate(authorization, false);
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
