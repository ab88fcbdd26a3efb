import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB and 2 passes, as the OWASP password storage cheat sheet lists it. `hash` and `verify` run on the
 * thread pool that files share.
 */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hash of 32 random bytes that nobody kept, with the same cost: what an unknown user's password is compared with. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$yi7sgOV5Pf8j/OcK7Ou+qA$kl4RsLxlFQilZ/h9WM+oEtlPVUA4MWXcksdgIft7UWM';

/** Half the thread pool's four threads: a wave of sign-ins must leave some for reading recordings. */
const AT_ONCE = 2;

export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * `hash` null: no such user. Costs the same and is false. `refuse` may throw once the password's turn has come:
   * guesses that waited in line together must not all be looked at.
   */
  verify(hash: string | null, password: string, refuse?: () => void): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const inLine = limited(AT_ONCE);
  return {
    hash: (password) => inLine(() => hash(password, ARGON2ID)),
    verify: async (known, password, refuse) => {
      const equal = await inLine(async () => {
        refuse?.();
        return verify(known ?? NOBODY, password);
      });
      return equal && known !== null;
    },
  };
}

/** Runs at most `count` tasks at a time, in the order they came. */
function limited(count: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
