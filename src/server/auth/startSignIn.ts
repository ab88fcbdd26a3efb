import { hashOfSecret } from '../../store/keys.ts';
import { insertSignIn } from '../../store/signIns.ts';
import { nowMicroseconds } from '../../store/time.ts';
import type { Auth } from './auth.ts';
import { SignInFault } from './signInFault.ts';
import { issueRefreshToken, issueTokens, REFRESH_LIFETIME_S, type TokenSubject } from './tokens.ts';

/** Records the sign-in of someone who has proved the password, and answers its tokens. */
export async function startSignIn(auth: Auth, subject: TokenSubject): Promise<object> {
  const { account, clientId, origin, begun_ms } = subject;
  if (!account.Enabled) throw new SignInFault('NotAuthorizedException', 'User is disabled.');
  const [tokens, RefreshToken] = await Promise.all([
    issueTokens(auth, subject),
    issueRefreshToken(auth, subject),
  ]);
  const recorded = await insertSignIn(
    auth.db,
    {
      origin,
      userId: account.UserID,
      clientId,
      issued_us: nowMicroseconds(begun_ms),
      expires_us: nowMicroseconds(auth.now() + REFRESH_LIFETIME_S * 1000),
    },
    hashOfSecret(RefreshToken),
    account.passwordHash,
  );
  if (!recorded) throw new SignInFault('NotAuthorizedException', 'Invalid session for the user.');
  return { AuthenticationResult: { ...tokens, RefreshToken }, ChallengeParameters: {} };
}
