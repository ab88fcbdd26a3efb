import type { Principal } from './principal.ts';
import type { TokenOrigin } from './verifiedTokens.ts';

/** How things stand with a token whose signature is good: who it speaks for, until when, and what it hangs on. */
export interface Standing {
  principal: Principal;
  /** Milliseconds since 1970. */
  until_ms: number;
  origin: TokenOrigin;
}

/** Asks the database how things stand now. Throws ApiError when the token was revoked. */
export type Check = () => Promise<Standing>;
