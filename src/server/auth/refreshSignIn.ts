import type { RegisteredClient } from '../../store/clients.ts';
import { hashOfSecret } from '../../store/keys.ts';
import { findSignInByToken } from '../../store/signIns.ts';
import { nowMicroseconds } from '../../store/time.ts';
import type { Auth } from './auth.ts';
import { type Members, text } from './members.ts';
import { isLive } from './ownTokens.ts';
import { SignInFault } from './signInFault.ts';
import { issueTokens } from './tokens.ts';

/** Flow REFRESH_TOKEN_AUTH: new tokens for a sign-in that still stands. The refresh token itself stays as it is. */
export async function refreshSignIn(
  auth: Auth,
  client: RegisteredClient,
  parameters: Members,
): Promise<object> {
  const signIn = await findSignInByToken(auth.db, hashOfSecret(text(parameters, 'REFRESH_TOKEN')));
  if (signIn === null || signIn.clientId !== client.ClientID)
    throw new SignInFault('NotAuthorizedException', 'Invalid Refresh Token');
  if (!isLive(signIn)) throw new SignInFault('NotAuthorizedException', 'Refresh Token has been revoked');
  if (signIn.expires_us <= nowMicroseconds(auth.now()))
    throw new SignInFault('NotAuthorizedException', 'Refresh Token has expired');
  const { account, origin } = signIn;
  const tokens = await issueTokens(auth, {
    account,
    clientId: client.ClientID,
    origin,
    begun_ms: signIn.issued_us / 1000,
  });
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}
