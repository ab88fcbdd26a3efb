import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSignInDoor } from '../../../src/server/auth/signInDoor.ts';
import { COACH, type Installation, openInstallation } from './installation.ts';

let it: Installation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

// The client's half of SRP in plain BigInt arithmetic, independent of the server's.
const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
const bytes = (value: bigint) => {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
};
const hash = (...parts: Uint8Array[]) =>
  BigInt(`0x${createHash('sha256').update(Buffer.concat(parts)).digest('hex')}`);
const power = (base: bigint, exponent: bigint) => {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % N) if (e & 1n) result = (result * b) % N;
  return result;
};

const a = BigInt(`0x${randomBytes(32).toString('hex')}`);
const A = power(2n, a);

const begin = (USERNAME = COACH.username, SRP_A = A.toString(16)) =>
  it.ask('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: 'riverside',
    AuthParameters: { USERNAME, SRP_A },
  });

type Challenge = {
  Session: string;
  ChallengeParameters: Record<'USER_ID_FOR_SRP' | 'SRP_B' | 'SALT' | 'SECRET_BLOCK', string>;
};

function respond(
  { ChallengeParameters: given }: Challenge,
  password = COACH.password,
  TIMESTAMP = 'Mon Nov 3 09:05:00 UTC 2026',
) {
  const B = BigInt(`0x${given.SRP_B}`);
  const u = hash(bytes(A), bytes(B));
  const identity = createHash('sha256').update(`kinebase${given.USER_ID_FOR_SRP}:${password}`).digest();
  const x = hash(bytes(BigInt(`0x${given.SALT}`)), identity);
  const k = hash(bytes(N), bytes(2n));
  const S = power((((B - k * power(2n, x)) % N) + N) % N, a + u * x);
  const key = Buffer.from(hkdfSync('sha256', bytes(S), bytes(u), 'Caldera Derived Key', 16));
  return {
    USERNAME: given.USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: given.SECRET_BLOCK,
    TIMESTAMP,
    PASSWORD_CLAIM_SIGNATURE: createHmac('sha256', key)
      .update(`kinebase${given.USER_ID_FOR_SRP}`)
      .update(Buffer.from(given.SECRET_BLOCK, 'base64'))
      .update(TIMESTAMP)
      .digest('base64'),
  };
}

const answer = (ChallengeResponses: object, more: object = {}) =>
  it.ask('RespondToAuthChallenge', {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId: 'riverside',
    ChallengeResponses,
    ...more,
  });

test('a client in plain arithmetic signs in, with and without Session, with a padded day', async () => {
  const first: Challenge = (await begin()).json;
  expect((await answer(respond(first), { Session: first.Session })).status).toBe(200);
  const second: Challenge = (await begin()).json;
  expect((await answer(respond(second, COACH.password, 'Tue Nov 03 23:59:59 UTC 2026'))).status).toBe(200);
  const third: Challenge = (await begin()).json;
  expect((await answer({ ...respond(third), DEVICE_KEY: 'local_1' })).status).toBe(200);
});

test('another server of the installation can take the second step', async () => {
  const challenge: Challenge = (await begin()).json;
  const { openAuth } = await import('../../../src/server/auth/auth.ts');
  const { db, now, issuer, poolId } = it.auth;
  const door = createSignInDoor(await openAuth({ db, now, issuer, poolId }));
  const result = await door({
    target: 'AWSCognitoIdentityProviderService.RespondToAuthChallenge',
    body: Buffer.from(
      JSON.stringify({
        ChallengeName: 'PASSWORD_VERIFIER',
        ClientId: 'riverside',
        ChallengeResponses: respond(challenge),
      }),
    ),
    remoteAddress: '',
  });
  expect(result.status).toBe(200);
});

test('a challenge is answered once only', async () => {
  const responses = respond((await begin()).json);
  expect((await answer(responses)).status).toBe(200);
  expect((await answer(responses)).json).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Invalid session for the user.',
  });
});

test('a challenge lasts three minutes', async () => {
  const responses = respond((await begin()).json);
  it.clock.ms += 180_000;
  expect((await answer(responses)).status).toBe(200);
  const late = respond((await begin()).json);
  it.clock.ms += 180_001;
  expect((await answer(late)).json.message).toBe('Invalid session for the user, session is expired.');
});

test('an unknown user gets a challenge like any other, always with the same salt, and fails at the proof', async () => {
  const real: Challenge = (await begin()).json;
  const first: Challenge = (await begin('nobody@riverside.example')).json;
  const second: Challenge = (await begin('Nobody@riverside.example')).json;
  expect(Object.keys(first.ChallengeParameters)).toEqual(Object.keys(real.ChallengeParameters));
  expect(first.ChallengeParameters.SALT).toBe(second.ChallengeParameters.SALT);
  expect(first.ChallengeParameters.SALT).toHaveLength(real.ChallengeParameters.SALT.length);
  expect(first.ChallengeParameters.SRP_B).not.toBe(second.ChallengeParameters.SRP_B);
  const unknown = await answer(respond(first));
  const wrong = await answer(respond(real, 'not-this-one'));
  expect(unknown.body).toBe(wrong.body);
  expect(unknown.json).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test('a user of another organization than the client fails like a wrong password', async () => {
  const challenge: Challenge = (await begin('coach@northside.example')).json;
  expect((await answer(respond(challenge, 'demo-movement-2'))).json.message).toBe(
    'Incorrect username or password.',
  );
});

test('public values that would give the key away are refused', async () => {
  for (const value of [
    '0',
    N.toString(16),
    (2n * N).toString(16),
    (N + 5n).toString(16),
    '-1',
    'xyz',
    'f'.repeat(2000),
  ]) {
    expect((await begin(COACH.username, value)).json.__type).toBe('InvalidParameterException');
  }
  for (const value of ['1', (N - 1n).toString(16)]) {
    const challenge: Challenge = (await begin(COACH.username, value)).json;
    expect((await answer(respond(challenge))).json.message).toBe('Incorrect username or password.');
  }
});

test('damaged, borrowed and mismatched challenges are refused', async () => {
  const challenge: Challenge = (await begin()).json;
  const other: Challenge = (await begin()).json;
  const responses = respond(challenge);
  const block = Buffer.from(responses.PASSWORD_CLAIM_SECRET_BLOCK, 'base64');
  block[block.length - 1]! ^= 1;
  const refused = [
    await answer({ ...responses, PASSWORD_CLAIM_SECRET_BLOCK: block.toString('base64') }),
    await answer({ ...responses, PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' }),
    await answer({ ...responses, PASSWORD_CLAIM_SECRET_BLOCK: other.ChallengeParameters.SECRET_BLOCK }),
    await answer({ ...responses, USERNAME: 'boss@riverside.example' }),
    await answer({ ...responses, PASSWORD_CLAIM_SIGNATURE: 'AAAA' }),
    await answer(responses, { Session: other.Session }),
    await answer(responses, { ClientId: 'open' }),
  ];
  for (const { status, json } of refused) {
    expect([status, json.__type]).toEqual([400, 'NotAuthorizedException']);
  }
  expect((await answer(respond(challenge, COACH.password, '2026-11-03'))).json.__type).toBe(
    'InvalidParameterException',
  );
  expect((await answer(responses, { ChallengeName: 'SMS_MFA' })).json.__type).toBe(
    'InvalidParameterException',
  );
});

test('guesses by SRP are counted with those by password', async () => {
  for (let i = 0; i < 9; i++) await answer(respond((await begin()).json, 'a-wrong-guess'));
  const challenge = (await begin()).json;
  await it.trySignIn({ ...COACH, password: 'a-wrong-guess' });
  expect((await answer(respond(challenge))).json.__type).toBe('TooManyRequestsException');
  expect((await begin()).json.__type).toBe('TooManyRequestsException');
  expect((await it.trySignIn()).json.__type).toBe('TooManyRequestsException');
});

test('a disabled user is told so, but only with the right password', async () => {
  const { patchUser } = await import('../../../src/server/auth/administration.ts');
  await patchUser(it.auth, 'riverside', it.users.coach, { Enabled: false });
  expect((await answer(respond((await begin()).json))).json.message).toBe('User is disabled.');
  expect((await it.trySignIn()).json.message).toBe('User is disabled.');
  expect((await answer(respond((await begin()).json, 'wrong'))).json.message).toBe(
    'Incorrect username or password.',
  );
});
