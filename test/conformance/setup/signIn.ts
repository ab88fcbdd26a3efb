/** Sign-in as clients send it: over plain HTTP and with the Cognito library for JavaScript. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { Options } from './http.ts';
import { call } from './http.ts';

export const POOL_ID = 'local_kinebase';

export interface Credentials {
  username: string;
  password: string;
  clientId: string;
}

/** One operation of the sign-in door, with the headers that deployed clients send. */
export function ask(tokenUrl: string, operation: string, members: unknown, headers: Options['headers'] = {}) {
  return call(tokenUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: members,
  });
}

export const withPassword = ({ username, password, clientId }: Credentials) => ({
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: clientId,
  AuthParameters: { USERNAME: username, PASSWORD: password },
});

/** A user of amazon-cognito-identity-js, unchanged, with a storage of its own as in another browser. */
export function libraryUser(endpoint: string, { username, clientId }: Credentials): CognitoUser {
  const items = new Map<string, string>();
  const Storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  };
  const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: clientId, endpoint, Storage });
  return new CognitoUser({ Username: username, Pool, Storage });
}

/** Signs in by SRP, the library's default; after `setAuthenticationFlowType('USER_PASSWORD_AUTH')` by password. */
export function authenticate(
  user: CognitoUser,
  { username, password }: Credentials,
): Promise<CognitoUserSession> {
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
}

export function refresh(user: CognitoUser, session: CognitoUserSession): Promise<CognitoUserSession> {
  return new Promise((resolve, reject) =>
    user.refreshSession(session.getRefreshToken(), (error, refreshed) =>
      error ? reject(error) : resolve(refreshed),
    ),
  );
}
