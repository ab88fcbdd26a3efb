import type { Principal } from './principal.ts';
import type { Check, Standing, TokenOrigin } from './standing.ts';

export interface VerifiedToken extends Standing {
  check: Check;
  /** When the database was last asked, and how much had been revoked by then. */
  checked_ms: number;
  revocations: number;
  /** The question under way, shared by everyone who presents the token meanwhile. */
  checking?: Promise<Principal> | undefined;
}

/**
 * Tokens found good a moment ago, by the `Authorization` header they came in: verifying a signature anew would cost more
 * than the rest of a request. Bounded; only tokens that were good get in, the oldest entry leaves first.
 */
export interface VerifiedTokens {
  get(authorization: string): VerifiedToken | undefined;
  /** `generation` as read before the database was asked: a drop in between means the answer may be out of date. */
  set(authorization: string, token: VerifiedToken, generation: number): void;
  delete(authorization: string): void;
  /** Forgets every token that names any of these. Call it after the commit that ends them. */
  drop(origin: TokenOrigin): void;
  readonly generation: number;
  readonly size: number;
}

/** 10,000 tokens of some 1.2 kB each. */
const ENTRIES = 10_000;

export function createVerifiedTokens(entries = ENTRIES): VerifiedTokens {
  const tokens = new Map<string, VerifiedToken>();
  let generation = 0;
  return {
    get: (authorization) => tokens.get(authorization),
    set: (authorization, token, since) => {
      if (since !== generation) return;
      tokens.delete(authorization);
      if (tokens.size >= entries) tokens.delete(tokens.keys().next().value!);
      tokens.set(authorization, token);
    },
    delete: (authorization) => {
      tokens.delete(authorization);
    },
    drop: (origin) => {
      generation++;
      const names = Object.entries(origin) as [keyof TokenOrigin, string][];
      for (const [authorization, token] of tokens) {
        if (names.some(([name, value]) => token.origin[name] === value)) tokens.delete(authorization);
      }
    },
    get generation() {
      return generation;
    },
    get size() {
      return tokens.size;
    },
  };
}
