import type { Principal } from './principal.ts';

/** What a verified token hangs on. Whoever ends one of these drops the tokens that name it. */
export interface TokenOrigin {
  user?: string;
  /** Origin id of the sign-in the token was issued from. */
  signIn?: string;
  client?: string;
  key?: string;
}

/** How things stand with a token whose signature is good: who it speaks for, until when, and what it hangs on. */
export interface Standing {
  principal: Principal;
  /** Milliseconds since 1970. */
  until_ms: number;
  origin: TokenOrigin;
}

/** Asks the database how things stand now. Throws ApiError when the token was revoked. */
export type Check = () => Promise<Standing>;
