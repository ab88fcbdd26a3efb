import { createHmac, generateKeyPairSync } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  GetUserCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DATA_PATHS } from '../../src/conformance/case.ts';
import { BASES, call, expectError, opened } from './setup/http.ts';
import { type Installation, type Organization, openInstallation } from './setup/installation.ts';
import { aws, HAS_AWS, HAS_BOTO3, HAS_REQUESTS, python } from './setup/programs.ts';
import { ask, authenticate, libraryUser, refresh, withPassword } from './setup/signIn.ts';

let it: Installation;
let riverside: Organization;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
});
afterAll(() => it.end());

/** Letters of every token. */
const ALPHABET = /^[A-Za-z0-9\-_=.]+$/;
const TOKENS = {
  IdToken: expect.stringMatching(ALPHABET),
  AccessToken: expect.stringMatching(ALPHABET),
  RefreshToken: expect.stringMatching(ALPHABET),
  ExpiresIn: 3600,
  TokenType: 'Bearer',
};

describe.each(BASES)('at %s', (_, base) => {
  /** Somebody else who mistypes: failed sign-ins are slowed down per user. */
  let careless: Organization;
  beforeAll(async () => {
    careless = await it.organization(base === '' ? 'careless' : 'careless-production');
  });

  const door = () => `${it.url}${base}`;
  const signIn = () => ask(door(), 'InitiateAuth', withPassword(riverside));
  const athletesWith = (token: string) => call(`${door()}/athletes`, { token });

  test('1. The right password gives an IdToken, an AccessToken and a RefreshToken', async () => {
    const { status, headers, json } = await signIn();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(json).toEqual({ AuthenticationResult: TOKENS, ChallengeParameters: {} });
  });

  test.each([
    { 'content-type': 'application/x-amz-json-1.1; charset=utf-8' },
    { 'content-type': 'application/json' },
    { 'user-agent': 'Mozilla/5.0 (compatible; dashboard)' },
    { 'user-agent': '' },
    { 'x-amz-user-agent': 'aws-amplify/5.0.4 auth framework/0', 'cache-control': 'no-store' },
  ])('2. Sign-in does not mind the headers %o', async (headers) => {
    const answer = await ask(door(), 'InitiateAuth', withPassword(riverside), headers);
    expect(answer.json.AuthenticationResult).toEqual(TOKENS);
  });

  const credentials = () => ({
    CLIENT_ID: riverside.clientId,
    KB_USERNAME: riverside.username,
    KB_PASSWORD: riverside.password,
  });

  test.skipIf(!HAS_BOTO3)(
    '3. boto3 signs in unsigned, its endpoint given in the environment or as an argument',
    async () => {
      const answers = await Promise.all([
        python('boto3_sign_in', { ...credentials(), AWS_ENDPOINT_URL: door() }),
        python('boto3_sign_in', {
          ...credentials(),
          AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: door(),
          UNSIGNED: '1',
        }),
        python('boto3_sign_in', { ...credentials(), ENDPOINT_ARGUMENT: door() }),
      ]);
      for (const answer of answers) {
        expect(answer).toEqual(TOKENS);
        opened(await athletesWith(answer.IdToken));
      }
    },
  );

  test.skipIf(!HAS_AWS)(
    'the aws command line signs in, its endpoint given in the environment or as an argument',
    async () => {
      const { clientId, username, password } = riverside;
      const parameters = JSON.stringify({ USERNAME: username, PASSWORD: password });
      const args = [
        'cognito-idp',
        'initiate-auth',
        '--auth-flow',
        'USER_PASSWORD_AUTH',
        '--client-id',
        clientId,
      ];
      const answers = await Promise.all([
        aws([...args, '--auth-parameters', parameters], { AWS_ENDPOINT_URL: door() }),
        aws([...args, '--auth-parameters', parameters, '--endpoint-url', door(), '--no-sign-request']),
      ]);
      for (const answer of answers) expect(answer.AuthenticationResult).toEqual(TOKENS);
    },
  );

  test('the AWS SDK for JavaScript signs in, refreshes, reads the user and sees a typed error', async () => {
    const client = new CognitoIdentityProviderClient({
      region: 'us-east-1',
      endpoint: door(),
      maxAttempts: 1,
    });
    const { AuthenticationResult: tokens } = await client.send(
      new InitiateAuthCommand({ ...withPassword(riverside), AuthFlow: 'USER_PASSWORD_AUTH' }),
    );
    opened(await athletesWith(tokens!.IdToken!));
    const again = { REFRESH_TOKEN: tokens!.RefreshToken! };
    const refreshed = await client.send(
      new InitiateAuthCommand({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: riverside.clientId,
        AuthParameters: again,
      }),
    );
    opened(await athletesWith(refreshed.AuthenticationResult!.IdToken!));
    const user = await client.send(new GetUserCommand({ AccessToken: tokens!.AccessToken! }));
    expect(user.Username).toBe(riverside.username);
    const wrong = {
      ...withPassword({ ...careless, password: 'not this one' }),
      AuthFlow: 'USER_PASSWORD_AUTH',
    } as const;
    await expect(client.send(new InitiateAuthCommand(wrong))).rejects.toBeInstanceOf(NotAuthorizedException);
  });

  test('4. A wrong password is a NotAuthorizedException with a message', async () => {
    const { status, headers, json } = await ask(
      door(),
      'InitiateAuth',
      withPassword({ ...careless, password: 'not this one' }),
    );
    expect(status).toBe(400);
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException');
    expect(json).toEqual({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  });

  test.skipIf(!HAS_BOTO3)('boto3 sees code and message of a wrong password', async () => {
    const wrong = { KB_USERNAME: careless.username, KB_PASSWORD: 'not this one' };
    const error = await python('boto3_sign_in', { ...credentials(), ...wrong, AWS_ENDPOINT_URL: door() });
    expect(error).toEqual({ Code: 'NotAuthorizedException', Message: 'Incorrect username or password.' });
  });

  test('5. An unknown client id is a ResourceNotFoundException', async () => {
    const answer = await ask(door(), 'InitiateAuth', withPassword({ ...riverside, clientId: 'nobody' }));
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      __type: 'ResourceNotFoundException',
      message: expect.stringMatching(/nobody/),
    });
  });

  test.each([
    [
      'an unknown operation',
      { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
      '{}',
      'UnknownOperationException',
    ],
    [
      'another service',
      { 'x-amz-target': 'DynamoDB_20120810.InitiateAuth' },
      '{}',
      'UnknownOperationException',
    ],
    [
      'an operation from the prototype',
      { 'x-amz-target': 'AWSCognitoIdentityProviderService.toString' },
      '{}',
      'UnknownOperationException',
    ],
    ['an empty target', { 'x-amz-target': '' }, '{}', 'UnknownOperationException'],
    ['a form', {}, 'AuthFlow=USER_PASSWORD_AUTH', 'SerializationException'],
    ['no body', {}, '', 'SerializationException'],
    ['a list', {}, '[]', 'SerializationException'],
    ['null', {}, 'null', 'SerializationException'],
    [
      'an unknown flow',
      {},
      '{"AuthFlow":"CUSTOM_AUTH","ClientId":"kinebase","AuthParameters":{}}',
      'InvalidParameterException',
    ],
    [
      'a password that is a number',
      {},
      '{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"kinebase","AuthParameters":{"USERNAME":"a","PASSWORD":1}}',
      'SerializationException',
    ],
  ])('6. A sign-in request with %s is refused in JSON', async (_, headers, body, type) => {
    const answer = await ask(door(), 'InitiateAuth', body, headers);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe(type);
    expect(answer.json).toEqual({ __type: type, message: expect.stringMatching(/./) });
  });

  test('7. SRP sign-in with amazon-cognito-identity-js gives an ID token that works', async () => {
    const session = await authenticate(libraryUser(door(), riverside), riverside);
    expect(session.isValid()).toBe(true);
    opened(await athletesWith(session.getIdToken().getJwtToken()));
  });

  test('amazon-cognito-identity-js signs in by password too, and names a wrong one', async () => {
    const user = libraryUser(door(), riverside);
    user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
    const session = await authenticate(user, riverside);
    opened(await athletesWith(session.getIdToken().getJwtToken()));
    const wrong = { ...careless, password: 'not this one' };
    for (const flow of ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH']) {
      const mistaken = libraryUser(door(), careless);
      mistaken.setAuthenticationFlowType(flow);
      await expect(authenticate(mistaken, wrong)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    }
  });

  test('8. A refresh token gives new tokens, with amazon-cognito-identity-js and over plain HTTP', async () => {
    const user = libraryUser(door(), riverside);
    const refreshed = await refresh(user, await authenticate(user, riverside));
    opened(await athletesWith(refreshed.getIdToken().getJwtToken()));
    const { json } = await ask(door(), 'InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: riverside.clientId,
      AuthParameters: { REFRESH_TOKEN: refreshed.getRefreshToken().getToken() },
    });
    opened(await athletesWith(json.AuthenticationResult.IdToken));
    opened(await athletesWith(json.AuthenticationResult.AccessToken));
  });

  test('9. Tokens are JWTs of three parts; one issued 3,600 seconds ago still works, one of 3,700 does not', async () => {
    const { IdToken, AccessToken, RefreshToken } = (await signIn()).json.AuthenticationResult;
    for (const token of [IdToken, AccessToken, RefreshToken]) {
      expect(token).toMatch(ALPHABET);
      expect(token.split('.')).toHaveLength(3);
      expect(decodeJwt(token)).toMatchObject({
        exp: expect.any(Number),
        iat: expect.any(Number),
        token_use: expect.stringMatching(/^(id|access|refresh)$/),
      });
    }
    const claims = decodeJwt(IdToken);
    expect(claims.exp! - claims.iat!).toBe(3600);
    opened(await athletesWith(await issuedBefore(claims, 3600)));
    expectError(await athletesWith(await issuedBefore(claims, 3700)), 401);
  });

  test('10. An IdToken is accepted', async () => {
    opened(await athletesWith((await signIn()).json.AuthenticationResult.IdToken));
  });

  test('11. An AccessToken is accepted', async () => {
    opened(await athletesWith((await signIn()).json.AuthenticationResult.AccessToken));
  });

  test('12. No, malformed, expired and foreign tokens get 401 and no envelope, on every data path', async () => {
    const { IdToken, RefreshToken } = (await signIn()).json.AuthenticationResult;
    const bad = await badAuthorizations(IdToken, RefreshToken);
    for (const path of DATA_PATHS) {
      for (const [what, authorization] of bad) {
        const answer = await call(
          `${door()}${path}`,
          authorization === null ? {} : { headers: { authorization } },
        );
        expect(answer.status, `${path} with ${what}`).toBe(401);
        expectError(answer, 401);
        expect(answer.json.code).toBe('unauthorized');
      }
    }
  });

  test('13. Twenty sign-ins in a row from one client all succeed', async () => {
    for (let i = 0; i < 20; i++) expect((await signIn()).status).toBe(200);
  });

  test.skipIf(!HAS_REQUESTS)('a Python client that signs in before every call is never refused', async () => {
    const calls = await python('sign_in_every_call', {
      TOKEN_URL: door(),
      BASE_URL: door(),
      CLIENT_ID: riverside.clientId,
      KB_USERNAME: riverside.username,
      KB_PASSWORD: riverside.password,
    });
    expect(calls).toEqual(Array.from({ length: 20 }, () => 200));
  });
});

/** The same claims as if the token had been issued some time ago, signed by the server's own key. */
async function issuedBefore(claims: JWTPayload, seconds: number): Promise<string> {
  const { id, key } = await it.server.deps.auth.keys.signer();
  const moved = { ...claims, iat: claims.iat! - seconds, exp: claims.exp! - seconds };
  return new SignJWT(moved).setProtectedHeader({ alg: 'RS256', kid: id }).sign(key);
}

/** Authorization headers that must not open anything; null is none. */
async function badAuthorizations(idToken: string, refreshToken: string): Promise<[string, string | null][]> {
  const [head, body, signature] = idToken.split('.') as [string, string, string];
  const claims = decodeJwt(idToken);
  const { kid } = decodeProtectedHeader(idToken) as { kid: string };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = (payload: JWTPayload) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  const { keys } = (await call(`${it.url}/.well-known/jwks.json`)).json;
  const confused = `${Buffer.from(JSON.stringify({ alg: 'HS256', kid })).toString('base64url')}.${body}`;
  const hmac = createHmac('sha256', JSON.stringify(keys[0])).update(confused).digest('base64url');
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody else' })).toString('base64url');
  return [
    ['none', null],
    ['empty', ''],
    ['the scheme alone', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['a token without scheme', idToken],
    ['another scheme', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
    ['no JWT', 'Bearer your_jwt_token'],
    ['a Python None', 'Bearer None'],
    ['two parts', `Bearer ${head}.${body}`],
    ['no signature', `Bearer ${head}.${body}.`],
    ['a damaged signature', `Bearer ${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`],
    ['changed claims', `Bearer ${head}.${other}.${signature}`],
    ['an expired token', `Bearer ${await issuedBefore(claims, 7200)}`],
    ['our issuer, a foreign key', `Bearer ${await foreign(claims)}`],
    [
      'a foreign issuer',
      `Bearer ${await foreign({ ...claims, iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other' })}`,
    ],
    ['alg none', `Bearer ${new UnsecuredJWT(claims).encode()}`],
    ['a public key as a shared secret', `Bearer ${confused}.${hmac}`],
    ['a refresh token', `Bearer ${refreshToken}`],
    ['an unknown API key', 'Bearer kb_0000000000000000000000000000000000000000000'],
  ];
}
