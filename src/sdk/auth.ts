import { isKinebaseError } from './errors.ts';
import type { Settings } from './settings.ts';
import { type PasswordSignIn, passwordSignIn, refreshSignIn, type Tokens } from './signIn.ts';

/** Who calls: an account by password or by the refresh token of an earlier sign-in, a token of yours, or an API key. */
export type Credentials =
  | PasswordSignIn
  | { refreshToken: string; clientId: string }
  /** A function is asked for every call, and once more after a 401. */
  | { token: string | (() => string | Promise<string>) }
  | { apiKey: string };

/** Where bearer tokens come from. */
export interface TokenSource {
  current(): Promise<string>;
  /** After a 401: true when there is another token than the rejected one to try. */
  renew(rejected: string): Promise<boolean>;
}

export function tokenSource(settings: Settings, credentials: Credentials): TokenSource {
  if ('apiKey' in credentials) return fixedSource(() => credentials.apiKey);
  if ('token' in credentials) {
    const { token } = credentials;
    return fixedSource(typeof token === 'function' ? token : () => token);
  }
  return signedInSource(settings, credentials);
}

function fixedSource(token: () => string | Promise<string>): TokenSource {
  return { current: async () => token(), renew: async (rejected) => (await token()) !== rejected };
}

/** Tokens are renewed this long before they end, or after nine tenths of a shorter life. */
const EARLY_MS = 60_000;

function signedInSource(
  settings: Settings,
  credentials: PasswordSignIn | { refreshToken: string; clientId: string },
): TokenSource {
  const { clientId } = credentials;
  let refreshToken = 'refreshToken' in credentials ? credentials.refreshToken : null;
  let tokens: (Tokens & { renewAt_ms: number }) | null = null;
  let underWay: Promise<string> | null = null;

  const obtain = async (): Promise<string> => {
    const next = await next_();
    refreshToken = next.refreshToken;
    const life_ms = next.expires_ms - settings.now();
    tokens = { ...next, renewAt_ms: next.expires_ms - Math.min(EARLY_MS, life_ms / 10) };
    return next.idToken;
  };
  const next_ = async (): Promise<Tokens> => {
    if (!('password' in credentials)) return refreshSignIn(settings, clientId, refreshToken!);
    if (refreshToken === null) return passwordSignIn(settings, credentials);
    try {
      return await refreshSignIn(settings, clientId, refreshToken);
    } catch (error) {
      // Ended or revoked: the password still stands. Any other fault would meet the password too.
      if (!isKinebaseError(error) || error.code !== 'NotAuthorizedException') throw error;
      return passwordSignIn(settings, credentials);
    }
  };
  /** Calls that find the token gone at the same time share one sign-in. */
  const once = (): Promise<string> => {
    underWay ??= obtain().finally(() => {
      underWay = null;
    });
    return underWay;
  };
  return {
    current: async () => (tokens !== null && settings.now() < tokens.renewAt_ms ? tokens.idToken : once()),
    renew: async (rejected) => {
      if (tokens?.idToken === rejected) tokens = null;
      return (await (tokens === null ? once() : tokens.idToken)) !== rejected;
    },
  };
}
