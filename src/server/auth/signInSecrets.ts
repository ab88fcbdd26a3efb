import type { Db } from '../../store/db.ts';
import { getOrCreateSecret } from '../../store/secrets.ts';

/** What sign-in keeps from the world: 32 random bytes each, the same on every server of the installation. */
export interface SignInSecrets {
  /** Seals what the first step of an SRP sign-in leaves for the second. */
  readonly challenge: Buffer;
  /** Makes up salts and verifiers of users that do not exist. */
  readonly unknownUser: Buffer;
}

export async function openSignInSecrets(db: Db): Promise<SignInSecrets> {
  return {
    challenge: await getOrCreateSecret(db, 'srp_challenge'),
    unknownUser: await getOrCreateSecret(db, 'srp_unknown_user'),
  };
}
