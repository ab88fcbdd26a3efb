import {
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COACH, type Installation, openInstallation, refusal } from './installation.ts';

let it: Installation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

describe('amazon-cognito-identity-js', () => {
  /** A store of its own for every user, as in another browser. */
  const storage = () => {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
      clear: () => items.clear(),
    };
  };
  const cognitoUser = (username = COACH.username) => {
    const Storage = storage();
    const Pool = new CognitoUserPool({
      UserPoolId: 'local_kinebase',
      ClientId: 'riverside',
      endpoint: it.url,
      Storage,
    });
    return new CognitoUser({ Username: username, Pool, Storage });
  };
  const authenticate = (user: CognitoUser, password = COACH.password, username = COACH.username) =>
    new Promise<CognitoUserSession>((onSuccess, onFailure) =>
      user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
        onSuccess,
        onFailure,
      }),
    );
  const done = (ask: (callback: (error: unknown, result: unknown) => void) => void) =>
    new Promise<unknown>((resolve, reject) =>
      ask((error, result) => (error ? reject(error) : resolve(result))),
    );

  test('signs in by SRP, its default, and both tokens are accepted', async () => {
    const session = await authenticate(cognitoUser());
    for (const token of [session.getIdToken(), session.getAccessToken()]) {
      expect((await it.authenticate(`Bearer ${token.getJwtToken()}`)).subject).toBe(it.users.coach);
    }
    expect(session.isValid()).toBe(true);
  });

  test('signs in by SRP again and again: leading zeros anywhere do no harm', async () => {
    for (let i = 0; i < 20; i++) await authenticate(cognitoUser());
  });

  test('signs in by SRP with any password, user name in any case', async () => {
    const password = 'pässwörd: 🦵 " \\ ';
    const { createUser } = await import('../../../src/server/auth/administration.ts');
    await createUser(it.auth, 'riverside', {
      Username: 'Zoë@Riverside.example',
      Role: 'viewer',
      Password: password,
    });
    const session = await authenticate(
      cognitoUser('zoË@riverside.EXAMPLE'),
      password,
      'zoË@riverside.EXAMPLE',
    );
    expect(session.getIdToken().payload.email).toBe('zoë@riverside.example');
  });

  test('signs in with the password flow', async () => {
    const user = cognitoUser();
    user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
    expect((await authenticate(user)).isValid()).toBe(true);
  });

  test('sees the same error for a wrong password and for an unknown user', async () => {
    const wrong = await authenticate(cognitoUser(), 'not-this-one').catch((error) => error);
    const unknown = await authenticate(
      cognitoUser('nobody@riverside.example'),
      'x',
      'nobody@riverside.example',
    ).catch((error) => error);
    const foreign = await authenticate(cognitoUser('coach@northside.example'), 'demo-movement-2').catch(
      (error) => error,
    );
    for (const error of [wrong, unknown, foreign]) {
      expect([error.code, error.message]).toEqual([
        'NotAuthorizedException',
        'Incorrect username or password.',
      ]);
    }
  });

  test('refreshes its session', async () => {
    const user = cognitoUser();
    const session = await authenticate(user);
    it.clock.ms += 1000;
    const refreshed = (await done((callback) =>
      user.refreshSession(session.getRefreshToken(), callback),
    )) as CognitoUserSession;
    expect(refreshed.getIdToken().getJwtToken()).not.toBe(session.getIdToken().getJwtToken());
    expect(refreshed.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());
    expect(refreshed.getIdToken().payload.auth_time).toBe(session.getIdToken().payload.auth_time);
  });

  test('reads the user and changes the password: the old one is dead, SRP works with the new one', async () => {
    const user = cognitoUser();
    const session = await authenticate(user);
    const elsewhere = await authenticate(cognitoUser());
    const attributes = (await done((callback) => user.getUserAttributes(callback as never))) as {
      Name: string;
      Value: string;
    }[];
    expect(attributes.find(({ Name }) => Name === 'email')!.Value).toBe(COACH.username);
    await done((callback) => user.changePassword(COACH.password, 'another-movement', callback));
    expect((await authenticate(cognitoUser()).catch((error) => error)).code).toBe('NotAuthorizedException');
    expect((await it.trySignIn()).status).toBe(400);
    expect((await authenticate(cognitoUser(), 'another-movement')).isValid()).toBe(true);
    // The sign-in that changed it goes on, the others have ended.
    await it.authenticate(`Bearer ${session.getIdToken().getJwtToken()}`);
    expect(await refusal(it.authenticate(`Bearer ${elsewhere.getIdToken().getJwtToken()}`))).toBe(
      'unauthorized',
    );
  });

  test('signs out everywhere', async () => {
    const user = cognitoUser();
    const session = await authenticate(user);
    const elsewhere = await it.signIn();
    it.clock.ms += 1;
    await new Promise((onSuccess, onFailure) => user.globalSignOut({ onSuccess, onFailure }));
    for (const token of [session.getIdToken().getJwtToken(), elsewhere.IdToken, elsewhere.AccessToken]) {
      expect(await refusal(it.authenticate(`Bearer ${token}`))).toBe('unauthorized');
    }
    expect((await authenticate(cognitoUser())).isValid()).toBe(true);
  });
});

describe('AWS SDK', () => {
  const client = () =>
    new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: it.url, maxAttempts: 1 });
  const start = (
    AuthFlow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH',
    AuthParameters: Record<string, string>,
    ClientId = 'riverside',
  ) => client().send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters }));
  const signIn = (PASSWORD = COACH.password) =>
    start('USER_PASSWORD_AUTH', { USERNAME: COACH.username, PASSWORD });

  test('signs in, refreshes, reads the user, changes the password, signs out', async () => {
    const { IdToken, AccessToken, RefreshToken, ExpiresIn } = (await signIn()).AuthenticationResult!;
    expect(ExpiresIn).toBe(3600);
    await it.authenticate(`Bearer ${IdToken}`);
    const refreshed = await start('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken! });
    await it.authenticate(`Bearer ${refreshed.AuthenticationResult!.AccessToken}`);
    expect((await client().send(new GetUserCommand({ AccessToken }))).Username).toBe(COACH.username);
    await client().send(
      new ChangePasswordCommand({
        AccessToken,
        PreviousPassword: COACH.password,
        ProposedPassword: 'another-movement',
      }),
    );
    await signIn('another-movement');
    it.clock.ms += 1;
    await client().send(new GlobalSignOutCommand({ AccessToken }));
    expect(await refusal(it.authenticate(`Bearer ${IdToken}`))).toBe('unauthorized');
    await expect(client().send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  test('revokes one sign-in: its tokens stop, another sign-in goes on', async () => {
    const one = (await signIn()).AuthenticationResult!;
    const two = (await signIn()).AuthenticationResult!;
    await it.authenticate(`Bearer ${one.IdToken}`);
    await client().send(new RevokeTokenCommand({ Token: one.RefreshToken, ClientId: 'riverside' }));
    expect(await refusal(it.authenticate(`Bearer ${one.IdToken}`))).toBe('unauthorized');
    expect(await refusal(it.authenticate(`Bearer ${one.AccessToken}`))).toBe('unauthorized');
    await it.authenticate(`Bearer ${two.IdToken}`);
    await expect(start('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: one.RefreshToken! })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    });
  });

  test('gets errors by their class names', async () => {
    await expect(signIn('wrong-password')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      start('USER_PASSWORD_AUTH', { USERNAME: 'a', PASSWORD: 'b' }, 'nobody'),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { IdToken, AccessToken } = (await signIn()).AuthenticationResult!;
    await expect(
      client().send(new RevokeTokenCommand({ Token: AccessToken, ClientId: 'riverside' })),
    ).rejects.toMatchObject({
      name: 'UnsupportedTokenTypeException',
    });
    await expect(client().send(new GetUserCommand({ AccessToken: IdToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(
      client().send(
        new ChangePasswordCommand({
          AccessToken,
          PreviousPassword: COACH.password,
          ProposedPassword: 'short',
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  });
});
