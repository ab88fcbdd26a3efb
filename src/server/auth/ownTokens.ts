import { errors, jwtVerify } from 'jose';
import { findSignIn, type StoredSignIn } from '../../store/signIns.ts';
import type { Auth } from './auth.ts';
import { ALGORITHM } from './keyRing.ts';

/** Seconds a token is accepted after its end: clients keep it for the full 3,600 s and their clocks differ. */
export const GRACE_S = 30;

export interface OwnClaims {
  use: 'id' | 'access';
  userId: string;
  clientId: string;
  origin: string;
  expires_s: number;
}

export type TokenFaultReason = 'expired' | 'revoked' | 'invalid';

/** Why a token of ours is not accepted. */
export class TokenFault extends Error {
  override readonly name = 'TokenFault';
  readonly reason: TokenFaultReason;
  constructor(reason: TokenFaultReason, options?: ErrorOptions) {
    super(`token ${reason}`, options);
    this.reason = reason;
  }
}

/** Checks signature, issuer, time and use of one of our tokens; not yet whether it was revoked. */
export async function verifyOwnToken(auth: Auth, token: string): Promise<OwnClaims> {
  const { payload } = await jwtVerify(
    token,
    async ({ kid }) => {
      const key = typeof kid === 'string' ? await auth.keys.verifier(kid) : null;
      if (key === null) throw new TokenFault('invalid');
      return key;
    },
    {
      algorithms: [ALGORITHM],
      clockTolerance: GRACE_S,
      currentDate: new Date(auth.now()),
      requiredClaims: ['exp', 'sub', 'origin_jti', 'token_use'],
    },
  ).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired) throw new TokenFault('expired', { cause: error });
    if (error instanceof errors.JOSEError) throw new TokenFault('invalid', { cause: error });
    throw error;
  });
  if (payload.iss === undefined || !(await auth.issuers.has(payload.iss))) throw new TokenFault('invalid');
  const { token_use: use, sub, origin_jti: origin, exp } = payload;
  const clientId = use === 'id' ? payload.aud : use === 'access' ? payload.client_id : undefined;
  if (typeof clientId !== 'string' || typeof sub !== 'string' || typeof origin !== 'string')
    throw new TokenFault('invalid');
  return { use: use as OwnClaims['use'], userId: sub, clientId, origin, expires_s: exp! };
}

/** The sign-in behind a verified token, as the database has it now. */
export async function liveSignIn(auth: Auth, claims: OwnClaims): Promise<StoredSignIn> {
  const signIn = await findSignIn(auth.db, claims.origin);
  if (
    signIn === null ||
    signIn.userId !== claims.userId ||
    signIn.clientId !== claims.clientId ||
    !isLive(signIn)
  ) {
    throw new TokenFault('revoked');
  }
  return signIn;
}

/** Not revoked, its user enabled and not signed out everywhere since. */
export function isLive(signIn: StoredSignIn): boolean {
  return !signIn.revoked && signIn.account.Enabled && signIn.issued_us >= signIn.account.signedOut_us;
}
