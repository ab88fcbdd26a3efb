import { randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Account } from '../../store/users.ts';
import type { Auth } from './auth.ts';
import { ALGORITHM } from './keyRing.ts';

/** Lifetime of IdToken and AccessToken. */
export const LIFETIME_S = 3600;
/** Lifetime of a refresh token. */
export const REFRESH_LIFETIME_S = 30 * 24 * 3600;

export interface TokenSubject {
  account: Account;
  clientId: string;
  origin: string;
  /** When the user gave the password. */
  begun_ms: number;
}

export interface IssuedTokens {
  IdToken: string;
  AccessToken: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
}

/** IdToken and AccessToken with the claims of Cognito's, as Amazon documents them for user pool tokens. */
export async function issueTokens(
  auth: Auth,
  { account, clientId, origin, begun_ms }: TokenSubject,
): Promise<IssuedTokens> {
  const common = {
    sub: account.UserID,
    origin_jti: origin,
    auth_time: Math.floor(begun_ms / 1000),
    email: account.Username,
    'cognito:groups': [account.Role],
    'custom:organization': account.organization,
  };
  const [IdToken, AccessToken] = await Promise.all([
    sign(
      auth,
      { ...common, token_use: 'id', aud: clientId, 'cognito:username': account.Username },
      LIFETIME_S,
    ),
    sign(
      auth,
      { ...common, token_use: 'access', client_id: clientId, username: account.Username },
      LIFETIME_S,
    ),
  ]);
  return { IdToken, AccessToken, ExpiresIn: LIFETIME_S, TokenType: 'Bearer' };
}

/** A JWT only because clients expect three parts; it is good for nothing but its hash in the store. */
export function issueRefreshToken(auth: Auth, { account, clientId, origin }: TokenSubject): Promise<string> {
  return sign(
    auth,
    { sub: account.UserID, origin_jti: origin, token_use: 'refresh', client_id: clientId },
    REFRESH_LIFETIME_S,
  );
}

async function sign(auth: Auth, claims: JWTPayload, lifetime_s: number): Promise<string> {
  const { id, key } = await auth.keys.signer();
  const iat = Math.floor(auth.now() / 1000);
  return new SignJWT({ ...claims, iss: auth.issuer, iat, exp: iat + lifetime_s, jti: randomUUID() })
    .setProtectedHeader({ alg: ALGORITHM, kid: id })
    .sign(key);
}
