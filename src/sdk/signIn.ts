import { badAnswer, parse, parseText, refusal } from './answer.ts';
import type { CallOptions } from './call.ts';
import { KinebaseError } from './errors.ts';
import { type Answer, exchange } from './exchange.ts';
import { persist } from './retry.ts';
import { type ConnectionOptions, readSettings, type Settings } from './settings.ts';

/** What a sign-in gives. The data endpoints take the IdToken; the refresh token gets new ones without the password. */
export interface Tokens {
  idToken: string;
  /** For what an account does about itself at the sign-in door; null where the server gave none. */
  accessToken: string | null;
  refreshToken: string | null;
  /** Milliseconds since 1970 UTC, by this machine's clock. */
  expires_ms: number;
}

export interface PasswordSignIn {
  username: string;
  password: string;
  clientId: string;
}

/**
 * Signs in by password, once; `createClient` does it by itself when it needs to.
 *
 * @example
 * const { refreshToken } = await signIn({ url, username, password, clientId });
 * const client = createClient({ url, refreshToken, clientId }); // later, without the password
 */
export function signIn(options: ConnectionOptions & PasswordSignIn): Promise<Tokens> {
  return passwordSignIn(readSettings(options), options);
}

/** Ends the sign-in that a refresh token belongs to; its other tokens stop working too. */
export async function signOut(
  options: ConnectionOptions & { refreshToken: string; clientId: string },
): Promise<void> {
  const members = { Token: options.refreshToken, ClientId: options.clientId };
  await door(readSettings(options), 'RevokeToken', members, () => {});
}

export function passwordSignIn(
  settings: Settings,
  { username, password, clientId }: PasswordSignIn,
): Promise<Tokens> {
  return initiate(settings, 'USER_PASSWORD_AUTH', clientId, { USERNAME: username, PASSWORD: password });
}

/** The refresh token stays as it is unless the server hands out another. */
export async function refreshSignIn(
  settings: Settings,
  clientId: string,
  refreshToken: string,
): Promise<Tokens> {
  const tokens = await initiate(settings, 'REFRESH_TOKEN_AUTH', clientId, { REFRESH_TOKEN: refreshToken });
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

interface InitiateAuthAnswer {
  AuthenticationResult?: {
    IdToken?: unknown;
    AccessToken?: unknown;
    RefreshToken?: unknown;
    ExpiresIn?: unknown;
  };
  ChallengeName?: unknown;
}

async function initiate(
  settings: Settings,
  flow: string,
  clientId: string,
  parameters: Record<string, string>,
): Promise<Tokens> {
  const members = { AuthFlow: flow, ClientId: clientId, AuthParameters: parameters };
  return door(settings, 'InitiateAuth', members, (answer) => {
    const { AuthenticationResult: result, ChallengeName: challenge } = (parse(answer) ??
      {}) as InitiateAuthAnswer;
    if (typeof challenge === 'string') {
      throw new KinebaseError(
        'sign_in_challenge',
        `The sign-in asks for ${challenge}, which this client cannot answer.`,
        { status: answer.status },
      );
    }
    if (typeof result?.IdToken !== 'string' || !/^[\x21-\x7e]+$/.test(result.IdToken))
      throw badAnswer(answer, 'it has no IdToken');
    return {
      idToken: result.IdToken,
      accessToken: typeof result.AccessToken === 'string' ? result.AccessToken : null,
      refreshToken: typeof result.RefreshToken === 'string' ? result.RefreshToken : null,
      expires_ms: settings.now() + (typeof result.ExpiresIn === 'number' ? result.ExpiresIn : 3600) * 1000,
    };
  });
}

/** One operation of the sign-in door. Most are harmless to repeat: at worst there are two sign-ins instead of one. */
export function door<T>(
  settings: Settings,
  operation: string,
  members: object,
  read: (answer: Answer) => T,
  {
    repeatable = true,
    signal,
    timeout_ms = settings.timeout_ms,
  }: CallOptions & { repeatable?: boolean } = {},
): Promise<T> {
  return persist(settings, { mayRepeat: () => repeatable, signal }, async () => {
    const answer = await exchange(settings, {
      signal,
      timeout_ms,
      method: 'POST',
      url: `${settings.signInUrl}/`,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: () => ({ body: JSON.stringify(members) }),
    });
    if (answer.status !== 200) throw refusal(answer, parseText(answer.text), settings.now());
    return read(answer);
  });
}
