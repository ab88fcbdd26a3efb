import { SCOPES_OF } from '../../contract/access.ts';
import type { Auth } from './auth.ts';
import { GRACE_S, liveSignIn, TokenFault, type TokenFaultReason, verifyOwnToken } from './ownTokens.ts';
import type { Check } from './standing.ts';
import { unauthorized } from './unauthorized.ts';

/** Verifies an IdToken or AccessToken of ours. The role is the user's of now, not the one the token was issued with. */
export async function checkOwnToken(auth: Auth, token: string): Promise<Check> {
  const claims = await verifyOwnToken(auth, token).catch(explain);
  return async () => {
    const { account, bodyForm } = await liveSignIn(auth, claims).catch(explain);
    return {
      principal: {
        organization: account.organization,
        scopes: new Set(SCOPES_OF[account.Role]),
        operator: account.Operator,
        bodyForm,
        subject: account.UserID,
        kind: 'user',
      },
      until_ms: (claims.expires_s + GRACE_S) * 1000,
      origin: { user: account.UserID, signIn: claims.origin, client: claims.clientId },
    };
  };
}

function explain(error: unknown): never {
  throw error instanceof TokenFault ? unauthorized(MESSAGES[error.reason]) : error;
}

const MESSAGES: Record<TokenFaultReason, string> = {
  expired: 'The token has expired; sign in again or use the refresh token.',
  revoked: 'The sign-in behind this token has ended; sign in again.',
  invalid:
    'The token is damaged or of another kind; send an IdToken or AccessToken exactly as the sign-in answered it.',
};
