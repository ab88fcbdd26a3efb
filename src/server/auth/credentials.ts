import { randomInt } from 'node:crypto';
import type { Credentials } from '../../store/users.ts';
import { type Auth, poolName } from './auth.ts';
import { makeVerifier } from './srp.ts';

/** What is kept of a password. `username` as it is stored: in lower case. */
export async function makeCredentials(auth: Auth, username: string, password: string): Promise<Credentials> {
  const userId = username.toLowerCase();
  return {
    passwordHash: await auth.passwords.hash(password),
    ...makeVerifier(poolName(auth.poolId), userId, password),
  };
}

/** Without 0 o, 1 l i: people read these aloud and type them. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A made-up password of four groups, some 99 bits: `k7wfx-…`. */
export function makeUpPassword(): string {
  const group = () => Array.from({ length: 5 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
