import { isKinebaseError, KinebaseError } from './errors.ts';
import type { Settings } from './settings.ts';
import { type PasswordSignIn, passwordSignIn, refreshSignIn, type Tokens } from './signIn.ts';

/** Who calls: an account by password or by the refresh token of an earlier sign-in, a token of yours, or an API key. */
export type Credentials =
  | (PasswordSignIn & TokenListener)
  /** A function is asked for every call: when it gives another refresh token, somebody has signed in anew. */
  | ({ refreshToken: string | (() => string); clientId: string } & TokenListener)
  /** A function is asked for every call, and once more after a 401. */
  | { token: string | (() => string | Promise<string>) }
  | { apiKey: string };

export interface TokenListener {
  /** Hears of every sign-in and renewal: for keeping the refresh token, and for who the IdToken says this is. */
  onTokens?: ((tokens: Tokens) => void) | undefined;
}

/** Where bearer tokens come from. */
export interface TokenSource {
  current(): Promise<string>;
  /** After a 401: true when there is another token than the rejected one to try. */
  renew(rejected: string): Promise<boolean>;
  /** What the sign-in door takes for the account's own affairs. Throws where nobody has signed in. */
  access(): Promise<string>;
  /** The account's password is another from now on. */
  passwordIs(password: string): void;
}

export function tokenSource(settings: Settings, credentials: Credentials): TokenSource {
  // Programs without a compiler leave out, or pass undefined from an environment that lacks it.
  const given = (...names: string[]) =>
    names.every((name) => typeof (credentials as Record<string, unknown>)[name] === 'string');
  if ('apiKey' in credentials && given('apiKey')) {
    const access = async () => {
      throw new KinebaseError('forbidden', 'An API key has no password: sign in with username and password.');
    };
    return { ...fixedSource(() => credentials.apiKey), access };
  }
  if ('token' in credentials && (given('token') || typeof credentials.token === 'function')) {
    const { token } = credentials;
    return fixedSource(typeof token === 'function' ? token : () => token);
  }
  const {
    refreshToken = null,
    onTokens = () => {},
    ...account
  } = credentials as PasswordSignIn & TokenListener & { refreshToken?: string | (() => string) };
  if (given('username', 'password', 'clientId'))
    return signedInSource(settings, account, refreshToken, onTokens);
  if (given('clientId') && (given('refreshToken') || typeof refreshToken === 'function'))
    return signedInSource(settings, account.clientId, refreshToken, onTokens);
  throw new TypeError(
    'say who calls: username, password and clientId; or refreshToken and clientId; or token; or apiKey',
  );
}

function fixedSource(token: () => string | Promise<string>): TokenSource {
  const current = () => givenToken(token);
  return {
    current,
    renew: async (rejected) => (await current()) !== rejected,
    access: current,
    passwordIs() {},
  };
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
function signedInSource(
  settings: Settings,
  who: PasswordSignIn | string,
  given: string | (() => string) | null,
  hears: (tokens: Tokens) => void,
): TokenSource {
  const kept = typeof given === 'function' ? given : () => given;
  let lastKept = kept();
  let refreshToken = lastKept;
  let tokens: (Tokens & { renewAt_ms: number }) | null = null;
  let underWay: Promise<Tokens> | null = null;

  const obtain = async (): Promise<Tokens> => {
    const of = lastKept;
    const next = await signInAnew();
    // Another sign-in has come in between.
    if (of !== lastKept) return next;
    refreshToken = next.refreshToken;
    const life_ms = next.expires_ms - settings.now();
    tokens = { ...next, renewAt_ms: next.expires_ms - Math.min(EARLY_MS, life_ms / 10) };
    // Apart, so that its faults are its own.
    void Promise.resolve().then(() => hears(next));
    return next;
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
  const once = (): Promise<Tokens> => {
    underWay ??= obtain().finally(() => {
      underWay = null;
    });
    return underWay;
  };
  /** What stood for the sign-in of before is worth nothing after a new one. */
  const follow = () => {
    const next = kept();
    if (next === lastKept) return;
    lastKept = next;
    refreshToken = next;
    tokens = null;
    underWay = null;
  };
  const standing = async (): Promise<Tokens> => {
    follow();
    const held = tokens;
    if (held !== null && settings.now() < held.renewAt_ms) return held;
    try {
      return await once();
    } catch (error) {
      // It was only to be renewed early.
      if (held !== null && settings.now() < held.expires_ms) return held;
      throw error;
    }
  };
  return {
    current: async () => (await standing()).idToken,
    renew: async (rejected) => {
      if (tokens?.idToken === rejected) tokens = null;
      return (await (tokens ?? once())).idToken !== rejected;
    },
    access: async () => {
      const { accessToken, idToken } = await standing();
      return accessToken ?? idToken;
    },
    passwordIs(password) {
      if (typeof who !== 'string') who = { ...who, password };
    },
  };
}
