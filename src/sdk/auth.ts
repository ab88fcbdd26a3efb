import { isKinebaseError, KinebaseError } from './errors.ts';
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
  // Programs without a compiler leave out, or pass undefined from an environment that lacks it.
  const given = (...names: string[]) =>
    names.every((name) => typeof (credentials as Record<string, unknown>)[name] === 'string');
  if ('apiKey' in credentials && given('apiKey')) return fixedSource(() => credentials.apiKey);
  if ('token' in credentials && (given('token') || typeof credentials.token === 'function')) {
    const { token } = credentials;
    return fixedSource(typeof token === 'function' ? token : () => token);
  }
  const { refreshToken = null, ...account } = credentials as PasswordSignIn & { refreshToken?: string };
  if (given('username', 'password', 'clientId')) return signedInSource(settings, account, refreshToken);
  if (given('refreshToken', 'clientId')) return signedInSource(settings, account.clientId, refreshToken);
  throw new TypeError(
    'say who calls: username, password and clientId; or refreshToken and clientId; or token; or apiKey',
  );
}

function fixedSource(token: () => string | Promise<string>): TokenSource {
  const current = () => givenToken(token);
  return { current, renew: async (rejected) => (await current()) !== rejected };
}

/** A token of the program's own, without the end of line that it may have been read with. */
async function givenToken(token: () => string | Promise<string>): Promise<string> {
  let text: unknown;
  try {
    text = await token();
  } catch (cause) {
    throw isKinebaseError(cause)
      ? cause
      : new KinebaseError('unauthorized', `The function that gives the token failed: ${String(cause)}`, {
          cause,
        });
  }
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    throw new KinebaseError('unauthorized', 'The token is empty, or holds what no header can carry.');
  return trimmed;
}

/** Tokens are renewed this long before they end, or after nine tenths of a shorter life. */
const EARLY_MS = 60_000;

/** `who`: an account, or the client id that the refresh token was given to. */
function signedInSource(settings: Settings, who: PasswordSignIn | string, kept: string | null): TokenSource {
  let refreshToken = kept;
  let tokens: (Tokens & { renewAt_ms: number }) | null = null;
  let underWay: Promise<string> | null = null;

  const obtain = async (): Promise<string> => {
    const next = await signInAnew();
    refreshToken = next.refreshToken;
    const life_ms = next.expires_ms - settings.now();
    tokens = { ...next, renewAt_ms: next.expires_ms - Math.min(EARLY_MS, life_ms / 10) };
    return next.idToken;
  };
  const signInAnew = async (): Promise<Tokens> => {
    if (typeof who === 'string') return refreshSignIn(settings, who, refreshToken!);
    if (refreshToken === null) return passwordSignIn(settings, who);
    try {
      return await refreshSignIn(settings, who.clientId, refreshToken);
    } catch (error) {
      // Ended or revoked: the password still stands. Any other fault would meet the password too.
      if (!isKinebaseError(error) || error.code !== 'NotAuthorizedException') throw error;
      return passwordSignIn(settings, who);
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
    async current() {
      const held = tokens;
      if (held !== null && settings.now() < held.renewAt_ms) return held.idToken;
      try {
        return await once();
      } catch (error) {
        // It was only to be renewed early.
        if (held !== null && settings.now() < held.expires_ms) return held.idToken;
        throw error;
      }
    },
    renew: async (rejected) => {
      if (tokens?.idToken === rejected) tokens = null;
      return (await (tokens === null ? once() : tokens.idToken)) !== rejected;
    },
  };
}
