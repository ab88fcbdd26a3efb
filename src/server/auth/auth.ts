import type { Db } from '../../store/db.ts';
import type { AuthLog } from './authLog.ts';
import type { ExternalIssuer } from './externalIssuer.ts';
import { createFailureLimiter, type FailureLimiter } from './failureLimiter.ts';
import { type IssuerNames, openIssuerNames } from './issuerNames.ts';
import { createKeyRing, type KeyRing } from './keyRing.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { openSignInSecrets, type SignInSecrets } from './signInSecrets.ts';
import { createVerifiedTokens, type VerifiedTokens } from './verifiedTokens.ts';

export interface AuthOptions {
  db: Db;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  /** `iss` of our tokens: one string per installation, whatever host name a client uses. */
  issuer: string;
  /** `<region>_<name>`, as the client libraries demand. Passwords are tied to the name: changing it voids SRP sign-in. */
  poolId: string;
  /** Tokens of this issuer are accepted as well. */
  oidc?: ExternalIssuer | null;
  log?: AuthLog;
}

/** Everything that sign-in, token checks and administration share in one process. */
export interface Auth extends AuthOptions {
  readonly keys: KeyRing;
  readonly issuers: IssuerNames;
  readonly secrets: SignInSecrets;
  readonly passwords: Passwords;
  /** Tokens found good a moment ago; whoever revokes something drops it from here. */
  readonly verified: VerifiedTokens;
  readonly failures: FailureLimiter;
}

/** Opens what sign-in needs; makes the signing key and the secrets of a new installation. */
export async function openAuth(options: AuthOptions): Promise<Auth> {
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(options.poolId) || options.poolId.length > 55) {
    throw new TypeError(`the pool id must look like local_kinebase, not ${options.poolId}`);
  }
  const keys = createKeyRing(options.db, options.now);
  await keys.signer();
  return {
    ...options,
    keys,
    issuers: await openIssuerNames(options.db, options.issuer, options.now),
    secrets: await openSignInSecrets(options.db),
    passwords: createPasswords(),
    verified: createVerifiedTokens(),
    failures: createFailureLimiter(options.db, options.now, options.log),
  };
}

/** The part of the pool id after `_`; goes into every SRP verifier and signature. */
export const poolName = (poolId: string): string => poolId.slice(poolId.indexOf('_') + 1);
