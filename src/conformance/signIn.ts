/** The sign-in door: what clients send to it, and what a sign-in must answer. */
import type { Answer, Ask } from './ask.ts';
import { inShort, isMembers, type Members, must } from './expect.ts';
import { described } from './words.ts';

export interface Account {
  username: string;
  password: string;
  clientId: string;
}

export interface Tokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken: string;
}

const SERVICE = 'AWSCognitoIdentityProviderService';

/** One operation at the door; `headers` replace those that every client sends. */
export type Door = (
  operation: string,
  members: object | string,
  options?: { headers?: Record<string, string>; says?: string },
) => Promise<Answer>;

export const createDoor =
  (ask: Ask, url: string): Door =>
  (operation, members, { headers, says = operation } = {}) =>
    ask('POST', `${url}/`, {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${SERVICE}.${operation}`,
        ...headers,
      },
      body: typeof members === 'string' ? members : JSON.stringify(members),
      says,
    });

export const withPassword = ({ username, password, clientId }: Account) => ({
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: clientId,
  AuthParameters: { USERNAME: username, PASSWORD: password },
});

export const withRefreshToken = ({ clientId }: Account, refreshToken: string) => ({
  AuthFlow: 'REFRESH_TOKEN_AUTH',
  ClientId: clientId,
  AuthParameters: { REFRESH_TOKEN: refreshToken },
});

/** The members that clients read of a sign-in. A refreshed one has no new refresh token. */
export function mustSignIn(answer: Answer, { refreshed = false } = {}): Tokens {
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  const result = isMembers(answer.json) ? answer.json.AuthenticationResult : undefined;
  must(isMembers(result), answer, 'AuthenticationResult', described(answer.json));
  for (const name of ['IdToken', 'AccessToken', ...(refreshed ? [] : ['RefreshToken'])]) {
    const token = result[name];
    must(typeof token === 'string' && token !== '', answer, `a string ${name}`, kindOf(token));
  }
  const { ExpiresIn, TokenType } = result;
  must(Number.isInteger(ExpiresIn), answer, 'ExpiresIn, a whole number of seconds', described(ExpiresIn));
  must(TokenType === 'Bearer', answer, 'TokenType Bearer', described(TokenType));
  return result as Members & Tokens;
}

/** A refusal as libraries read it: 400, the name of the exception in the body and in a header, a message. */
export function mustFault(answer: Answer, ...names: string[]): void {
  must(answer.status === 400, answer, 'HTTP 400', inShort(answer));
  must(isMembers(answer.json), answer, 'JSON with __type and message', inShort(answer));
  const { __type: type, message } = answer.json;
  must(typeof type === 'string' && type !== '', answer, 'a __type', inShort(answer));
  must(typeof message === 'string' && message !== '', answer, 'a message', inShort(answer));
  if (names.length > 0)
    must(names.includes(exceptionName(type)), answer, `__type ${names.join(' or ')}`, described(type));
}

/** Amazon writes `com.amazonaws…#NotAuthorizedException` in bodies and `NotAuthorizedException:http://…` in headers. */
export const exceptionName = (text: string): string => text.replace(/^.*#/, '').replace(/:.*$/, '');

/** Tokens are not for reports, whatever their form. */
const kindOf = (token: unknown): string => (typeof token === 'string' ? 'an empty string' : described(token));
