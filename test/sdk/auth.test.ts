import { describe, expect, test } from 'vitest';
import { signIn } from '../../src/sdk/index.ts';
import { impatient, type Seen, type Step, scripted } from './scripted.ts';

const ACCOUNT = { username: 'ada@riverside.example', password: 'secret', clientId: 'riverside' };
const tokens = (IdToken: string, more: object = { RefreshToken: 'refresh-1' }): Step => ({
  body: {
    AuthenticationResult: { IdToken, AccessToken: 'a', ExpiresIn: 3600, TokenType: 'Bearer', ...more },
    ChallengeParameters: {},
  },
});
const ok: Step = { body: { statusCode: 200, body: {} } };
const unauthorized: Step = {
  status: 401,
  body: { message: 'Your token has expired.', code: 'unauthorized' },
};
const fault = (__type: string): Step => ({
  status: 400,
  body: { __type, message: 'No.' },
  headers: { 'x-amzn-errortype': __type },
});
const flowsOf = (seen: readonly Seen[]) =>
  seen.map(({ path, body }) => (path === '/' ? JSON.parse(body).AuthFlow : path));

const account = (url: string, options: object = {}) => impatient(url, { ...ACCOUNT, ...options });

describe('an account', () => {
  test('signs in at the first call, once for calls at the same time, and sends the IdToken', async () => {
    const { url, seen } = await scripted(tokens('id-1'), ok, ok, ok);
    const { client } = account(url);
    await Promise.all([client.organization(), client.organization(), client.organization()]);
    expect(flowsOf(seen)).toEqual(['USER_PASSWORD_AUTH', '/organization', '/organization', '/organization']);
    expect(seen[0]!.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    });
    expect(JSON.parse(seen[0]!.body)).toEqual({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'riverside',
      AuthParameters: { USERNAME: 'ada@riverside.example', PASSWORD: 'secret' },
    });
    expect(seen[1]!.headers.authorization).toBe('Bearer id-1');
  });

  test('renews its token shortly before the end, by the refresh token', async () => {
    const { url, seen } = await scripted(tokens('id-1'), ok, ok, tokens('id-2', {}), ok);
    let now_ms = 0;
    const { client } = account(url, { now: () => now_ms });
    await client.organization();
    now_ms = 3_500_000;
    await client.organization();
    now_ms = 3_545_000;
    await client.organization();
    expect(flowsOf(seen)).toEqual([
      'USER_PASSWORD_AUTH',
      '/organization',
      '/organization',
      'REFRESH_TOKEN_AUTH',
      '/organization',
    ]);
    expect(JSON.parse(seen[3]!.body).AuthParameters).toEqual({ REFRESH_TOKEN: 'refresh-1' });
    expect(seen[4]!.headers.authorization).toBe('Bearer id-2');
  });

  test('renews its token once after a 401, together with the calls that met it too', async () => {
    const { url, seen } = await scripted(tokens('id-1'), unauthorized, unauthorized, tokens('id-2'), ok, ok);
    const { client } = account(url);
    await Promise.all([client.organization(), client.organization()]);
    expect(flowsOf(seen).filter((flow) => flow !== '/organization')).toEqual([
      'USER_PASSWORD_AUTH',
      'REFRESH_TOKEN_AUTH',
    ]);
    expect(seen.slice(-2).map(({ headers }) => headers.authorization)).toEqual([
      'Bearer id-2',
      'Bearer id-2',
    ]);
  });

  test('gives up after the second 401', async () => {
    const { url, seen } = await scripted(tokens('id-1'), unauthorized, tokens('id-2'), unauthorized);
    await expect(account(url).client.organization()).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'Your token has expired.',
    });
    expect(seen).toHaveLength(4);
  });

  test('falls back to the password when the refresh token has ended', async () => {
    const { url, seen } = await scripted(
      tokens('id-1'),
      unauthorized,
      fault('NotAuthorizedException'),
      tokens('id-2'),
      ok,
    );
    await account(url).client.organization();
    expect(flowsOf(seen)).toEqual([
      'USER_PASSWORD_AUTH',
      '/organization',
      'REFRESH_TOKEN_AUTH',
      'USER_PASSWORD_AUTH',
      '/organization',
    ]);
  });

  test('with a wrong password hears so, once', async () => {
    const { url, seen } = await scripted(fault('NotAuthorizedException'));
    await expect(account(url).client.organization()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      status: 400,
      message: 'No.',
    });
    expect(seen).toHaveLength(1);
  });

  test('can sign in after a failure', async () => {
    const { url } = await scripted(fault('InternalErrorException'), tokens('id-1'), ok);
    const { client } = account(url);
    await expect(client.organization()).rejects.toMatchObject({ code: 'InternalErrorException' });
    await client.organization();
  });

  test('tries a sign-in again after passing faults, but not many times over', async () => {
    const busy: Step = { status: 503, body: {} };
    const { url, seen } = await scripted(busy, busy, busy, busy, busy, busy);
    await expect(account(url, { retries: 2 }).client.organization()).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(seen).toHaveLength(3);
  });

  test('may sign in elsewhere', async () => {
    const door = await scripted(tokens('id-1'));
    const data = await scripted(ok);
    await account(`${data.url}/production`, { signInUrl: door.url }).client.organization();
    expect(door.seen.map(({ path }) => path)).toEqual(['/']);
    expect(data.seen.map(({ path }) => path)).toEqual(['/production/organization']);
  });
});

test('a kept refresh token is enough', async () => {
  const { url, seen } = await scripted(tokens('id-1', {}), ok);
  await impatient(url, { refreshToken: 'kept', clientId: 'riverside' }).client.organization();
  expect(flowsOf(seen)).toEqual(['REFRESH_TOKEN_AUTH', '/organization']);
});

test('a token from a function is asked for again after a 401', async () => {
  const { url, seen } = await scripted(unauthorized, ok);
  const given = ['old', 'new', 'new'];
  await impatient(url, { token: () => given.shift()! }).client.organization();
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('a fixed token or key is not sent again after a 401', async () => {
  const { url, seen } = await scripted(unauthorized, unauthorized);
  await expect(impatient(url).client.organization()).rejects.toMatchObject({ code: 'unauthorized' });
  await expect(impatient(url, { apiKey: 'kb_1' }).client.organization()).rejects.toMatchObject({
    code: 'unauthorized',
  });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer kb_1']);
});

test('a health check needs no account', async () => {
  const { url, seen } = await scripted({ body: { status: 'ok', version: '1' } });
  expect(await account(url).client.health()).toEqual({ status: 'ok', version: '1' });
  expect(seen[0]!.headers.authorization).toBeUndefined();
});

test('a sign-in that asks for more than a password says so', async () => {
  const { url } = await scripted({ body: { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 's' } });
  await expect(signIn({ url, username: 'a', password: 'b', clientId: 'c' })).rejects.toMatchObject({
    code: 'sign_in_challenge',
    message: expect.stringContaining('NEW_PASSWORD_REQUIRED'),
  });
});
