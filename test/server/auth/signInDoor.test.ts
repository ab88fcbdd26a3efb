import fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOSS, COACH, type Installation, OTHER, openInstallation } from './installation.ts';

let it: Installation;
beforeAll(async () => {
  it = await openInstallation();
});
afterAll(() => it.close());

describe('InitiateAuth with USER_PASSWORD_AUTH', () => {
  test('answers three tokens, their lifetime and their type', async () => {
    const answer = await it.trySignIn();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.1');
    const { AuthenticationResult: tokens, ChallengeParameters } = answer.json;
    expect(ChallengeParameters).toEqual({});
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    for (const token of [tokens.IdToken, tokens.AccessToken, tokens.RefreshToken]) {
      expect(token).toMatch(/^[A-Za-z0-9\-_=]+\.[A-Za-z0-9\-_=]+\.[A-Za-z0-9\-_=]+$/);
    }
  });

  test('the tokens carry the claims of Cognito', async () => {
    const tokens = await it.signIn();
    const iat = Math.floor(it.clock.ms / 1000);
    const common = {
      sub: it.users.coach,
      iss: 'http://127.0.0.1:4750/local_kinebase',
      iat,
      exp: iat + 3600,
      auth_time: iat,
      email: COACH.username,
      'cognito:groups': ['coach'],
      'custom:organization': 'riverside',
      jti: expect.any(String),
      origin_jti: expect.any(String),
    };
    const id = decodeJwt(tokens.IdToken);
    const access = decodeJwt(tokens.AccessToken);
    expect(id).toEqual({ ...common, token_use: 'id', aud: 'riverside', 'cognito:username': COACH.username });
    expect(access).toEqual({
      ...common,
      token_use: 'access',
      client_id: 'riverside',
      username: COACH.username,
    });
    expect(id.origin_jti).toBe(access.origin_jti);
    expect(id.jti).not.toBe(access.jti);
    expect(decodeProtectedHeader(tokens.IdToken)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(decodeJwt(tokens.RefreshToken)).toMatchObject({ token_use: 'refresh', exp: iat + 30 * 24 * 3600 });
  });

  test('the user name is not case-sensitive', async () => {
    expect((await it.trySignIn({ ...COACH, username: 'Coach@Riverside.Example' })).status).toBe(200);
  });

  test('a client open to all organizations takes users of any', async () => {
    expect((await it.trySignIn(COACH, 'open')).status).toBe(200);
    expect((await it.trySignIn(OTHER, 'open')).status).toBe(200);
  });

  test('wrong password, unknown user and a user of another organization get the same answer', async () => {
    const answers = [
      await it.trySignIn({ ...COACH, password: 'not-this-one' }),
      await it.trySignIn({ username: 'nobody@riverside.example', password: 'not-this-one' }),
      await it.trySignIn(OTHER, 'riverside'),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(answer.headers['x-amzn-errortype']).toBe('NotAuthorizedException');
      expect(answer.body).toBe(
        '{"__type":"NotAuthorizedException","message":"Incorrect username or password."}',
      );
    }
  });

  test('an unknown user costs a password hash as well', async () => {
    const hashed: (string | null)[] = [];
    const verify = it.auth.passwords.verify;
    it.auth.passwords.verify = (hash, ...rest) => {
      hashed.push(hash);
      return verify(hash, ...rest);
    };
    await it.trySignIn({ username: 'nobody@riverside.example', password: 'not-this-one' });
    await it.trySignIn(OTHER, 'riverside');
    it.auth.passwords.verify = verify;
    expect(hashed).toEqual([null, null]);
  });

  test('an unknown client id is told', async () => {
    const answer = await it.trySignIn(COACH, 'nobody');
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'User pool client nobody does not exist.',
    });
  });

  test('members that other clients send make no difference', async () => {
    const answer = await it.ask('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'riverside',
      AuthParameters: {
        USERNAME: COACH.username,
        PASSWORD: COACH.password,
        DEVICE_KEY: null,
        SECRET_HASH: 'x',
      },
      ClientMetadata: { a: 'b' },
      AnalyticsMetadata: { AnalyticsEndpointId: 'x' },
      UserContextData: {},
      Unheard: [1],
    });
    expect(answer.status).toBe(200);
  });

  test('twenty sign-ins in a row all succeed', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => it.trySignIn()));
    expect(answers.map((answer) => answer.status)).toEqual(Array(25).fill(200));
  });
});

describe('failed sign-ins', () => {
  const guess = (address: string, username = BOSS.username) =>
    it.trySignIn({ username, password: 'a-wrong-guess' }, 'riverside', address);

  test('after ten in a minute even the right password has to wait, but only from that address', async () => {
    for (let i = 0; i < 10; i++)
      expect((await guess('198.51.100.1')).json.__type).toBe('NotAuthorizedException');
    const answer = await it.trySignIn(BOSS, 'riverside', '198.51.100.1');
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      __type: 'TooManyRequestsException',
      message: 'Too many failed sign-ins. Try again in 60 s.',
    });
    expect((await it.trySignIn(BOSS, 'riverside', '198.51.100.2')).status).toBe(200);
    expect((await it.trySignIn(COACH, 'riverside', '198.51.100.1')).status).toBe(200);
    it.clock.ms += 60_000;
    expect((await it.trySignIn(BOSS, 'riverside', '198.51.100.1')).status).toBe(200);
  });

  test('a hundred guesses sent at once get hardly more looks than ten', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => guess('198.51.100.3')));
    const looked = answers.filter((answer) => answer.json.__type === 'NotAuthorizedException').length;
    expect(looked).toBeGreaterThanOrEqual(10);
    expect(looked).toBeLessThanOrEqual(13);
  });
});

describe('hostile requests', () => {
  const send = (target: string | undefined, body: string | Uint8Array) =>
    it.door({
      target,
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      remoteAddress: '',
    });
  const OPERATIONS = [
    'InitiateAuth',
    'RespondToAuthChallenge',
    'RevokeToken',
    'GlobalSignOut',
    'GetUser',
    'ChangePassword',
  ];

  test('an unknown target is an UnknownOperationException', async () => {
    for (const target of [
      undefined,
      '',
      'InitiateAuth',
      'AWSCognitoIdentityProviderService.toString',
      'AWSCognitoIdentityProviderService.',
    ]) {
      const answer = await send(target, '{}');
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body).__type).toBe('UnknownOperationException');
    }
  });

  test('a body that is not a JSON object is a SerializationException', async () => {
    for (const body of [
      '',
      'x',
      '[]',
      'null',
      '"a"',
      '<html>',
      new Uint8Array([0x7b, 0xff, 0x7d]),
      'x'.repeat(70_000),
    ]) {
      const answer = await send('AWSCognitoIdentityProviderService.InitiateAuth', body);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toEqual({
        __type: 'SerializationException',
        message: expect.stringMatching(/^The request body/),
      });
    }
  });

  test('missing members are named', async () => {
    const parameters = {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'riverside',
      AuthParameters: { USERNAME: 'a' },
    };
    expect((await it.ask('InitiateAuth', parameters)).json.message).toBe(
      'Missing required parameter PASSWORD.',
    );
    expect((await it.ask('InitiateAuth', { AuthFlow: 'CUSTOM_AUTH' })).json).toEqual({
      __type: 'InvalidParameterException',
      message:
        'AuthFlow must be one of USER_PASSWORD_AUTH, USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN.',
    });
    expect((await it.ask('GetUser', {})).json.message).toBe('Missing required parameter AccessToken.');
  });

  test('a NUL character, which PostgreSQL cannot store, is named', async () => {
    const answer = await it.trySignIn({ username: 'a\0b', password: 'x' });
    expect(answer.json).toEqual({
      __type: 'InvalidParameterException',
      message: 'USERNAME must not contain a NUL character.',
    });
  });

  test('an access token from elsewhere, even by the same key, is none', async () => {
    const { AccessToken } = await it.signIn();
    const { id, key } = await it.auth.keys.signer();
    const forged = await new SignJWT({ ...decodeJwt(AccessToken), iss: 'http://elsewhere.example' })
      .setProtectedHeader({ alg: 'RS256', kid: id })
      .sign(key);
    for (const token of [forged, 'x', `${AccessToken}x`]) {
      const answer = await it.ask('GetUser', { AccessToken: token });
      expect(answer.json).toEqual({ __type: 'NotAuthorizedException', message: 'Invalid Access Token' });
    }
  });

  test('whatever the body, the answer is 400 with a name and a message', async () => {
    const names = [
      'AuthFlow',
      'ClientId',
      'AuthParameters',
      'ChallengeName',
      'ChallengeResponses',
      'Session',
      'Token',
      'AccessToken',
      'PreviousPassword',
      'ProposedPassword',
      '__proto__',
    ];
    const parameters = [
      'USERNAME',
      'PASSWORD',
      'SRP_A',
      'REFRESH_TOKEN',
      'PASSWORD_CLAIM_SECRET_BLOCK',
      'PASSWORD_CLAIM_SIGNATURE',
      'TIMESTAMP',
    ];
    const flows = [
      'USER_PASSWORD_AUTH',
      'USER_SRP_AUTH',
      'REFRESH_TOKEN_AUTH',
      'PASSWORD_VERIFIER',
      'riverside',
      'Mon Nov 3 09:05:00 UTC 2026',
      '0',
      'ff',
      '\0',
    ];
    const scalar = fc.oneof(
      fc.string(),
      fc.constantFrom(...flows),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
    );
    const likely = fc.dictionary(fc.constantFrom(...parameters), scalar);
    const body = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), fc.oneof(scalar, likely, fc.array(scalar))),
      fc.record({
        AuthFlow: fc.constantFrom(...flows),
        ClientId: fc.constantFrom('riverside', 'x', 'a\0b'),
        AuthParameters: likely,
        ChallengeName: fc.constant('PASSWORD_VERIFIER'),
        ChallengeResponses: likely,
      }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS), body, async (operation, members) => {
        const answer = await send(`AWSCognitoIdentityProviderService.${operation}`, JSON.stringify(members));
        const json = JSON.parse(answer.body);
        // The first step of SRP is the one thing that can be asked without knowing any secret.
        if (
          json.ChallengeName === 'PASSWORD_VERIFIER' ||
          (operation === 'RevokeToken' && answer.status === 200)
        )
          return;
        expect(answer.status).toBe(400);
        expect(answer.headers['content-type']).toBe('application/x-amz-json-1.1');
        expect(answer.headers['x-amzn-errortype']).toBe(json.__type);
        expect(json).toEqual({
          __type: expect.stringMatching(/^[A-Za-z]+Exception$/),
          message: expect.stringMatching(/./),
        });
      }),
      { numRuns: 400 },
    );
    expect(it.faults).toEqual([]);
  });

  test('while the store is away the answer is 503, and says when to come again', async () => {
    const { db } = it.auth;
    const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:5432'), { code: 'ECONNREFUSED' });
    it.auth.db = { ...db, query: () => Promise.reject(away) };
    const answer = await it.trySignIn();
    it.auth.db = db;
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json.__type).toBe('InternalErrorException');
    expect(answer.body).not.toContain('10.0.0.5');
    expect(it.faults.pop()).toMatchObject({ err: away });
  });

  test('a fault of ours tells nothing but the id that the log explains', async () => {
    const broken = await openInstallation();
    const { db } = broken.auth;
    broken.auth.db = { ...db, query: () => Promise.reject(new Error('disk full at /secret/path')) };
    const answer = await broken.trySignIn();
    broken.auth.db = db;
    expect(answer.status).toBe(500);
    expect(answer.json.__type).toBe('InternalErrorException');
    expect(answer.body).not.toContain('secret');
    expect(broken.faults).toEqual([
      expect.objectContaining({ requestId: answer.headers['x-amzn-requestid'] }),
    ]);
    expect(answer.json.message).toContain(answer.headers['x-amzn-requestid']);
    await broken.close();
  });
});
