import { createHmac, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as administration from '../../../src/server/auth/administration.ts';
import { openAuth } from '../../../src/server/auth/auth.ts';
import { createAuthenticator } from '../../../src/server/auth/authenticate.ts';
import { jwks, openidConfiguration } from '../../../src/server/auth/discovery.ts';
import { createSignInDoor } from '../../../src/server/auth/signInDoor.ts';
import { BOSS, COACH, type Installation, OTHER, openInstallation, refusal } from './installation.ts';

let it: Installation;
beforeEach(async () => {
  it = await openInstallation();
});
afterEach(() => it.close());

const refused = (token: string) => refusal(it.authenticate(`Bearer ${token}`));

/** A second server on the same store. */
const secondServer = async () => {
  const { db, now, issuer, poolId } = it.auth;
  const auth = await openAuth({ db, now, issuer, poolId });
  return { auth, authenticate: createAuthenticator(auth) };
};

describe('tokens of ours', () => {
  test('IdToken and AccessToken say who is asking', async () => {
    const tokens = await it.signIn();
    for (const token of [tokens.IdToken, tokens.AccessToken]) {
      expect(await it.authenticate(`Bearer ${token}`)).toEqual({
        organization: 'riverside',
        scopes: new Set(['read', 'record']),
        operator: false,
        bodyForm: 'string',
        subject: it.users.coach,
        kind: 'user',
      });
    }
    expect((await it.authenticate(`bearer  ${(await it.signIn(BOSS)).IdToken} `)).scopes).toEqual(
      new Set(['read', 'record', 'admin']),
    );
  });

  test('the client id decides the form of body', async () => {
    const tokens = await it.signIn(OTHER, 'northside-swift');
    expect(await it.authenticate(`Bearer ${tokens.IdToken}`)).toMatchObject({
      organization: 'northside',
      bodyForm: 'json',
    });
    expect((await it.authenticate(`Bearer ${tokens.AccessToken}`)).bodyForm).toBe('json');
  });

  test('a token lasts 3,600 s and 30 s of grace, cached or not', async () => {
    const { IdToken, AccessToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    it.clock.ms = (decodeJwt(IdToken).exp! + 29) * 1000;
    expect(await refused(IdToken)).toBe(null);
    expect(await refused(AccessToken)).toBe(null);
    it.clock.ms += 1000;
    expect(await refused(IdToken)).toBe('unauthorized');
    expect(await refused(AccessToken)).toBe('unauthorized');
  });

  test('a refresh token is no bearer token', async () => {
    expect(await refused((await it.signIn()).RefreshToken)).toBe('unauthorized');
  });

  test('what is no token is refused with what to change', async () => {
    for (const header of [
      undefined,
      '',
      '  ',
      'Bearer',
      'Bearer ',
      'Basic abc',
      'Bearer a b',
      'Bearer x',
      'Bearer a.b.c',
      'Bearer ..',
      `Bearer ${'é'.repeat(9)}`,
    ]) {
      const error = await it.authenticate(header).catch((error) => error);
      expect([error.code, error.status, error.headers['WWW-Authenticate']]).toEqual([
        'unauthorized',
        401,
        'Bearer',
      ]);
      expect(error.message).toMatch(/Send|send|must/);
    }
  });
});

describe('forged tokens', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('without a signature, or signed with the public key as a secret', async () => {
    const { IdToken } = await it.signIn();
    const claims = decodeJwt(IdToken);
    const { kid } = decodeProtectedHeader(IdToken);
    expect(await refused(`${part({ alg: 'none', kid })}.${part(claims)}.`)).toBe('unauthorized');
    expect(await refused(`${part({ alg: 'none' })}.${part(claims)}.${IdToken.split('.')[2]}`)).toBe(
      'unauthorized',
    );
    const [jwk] = await it.auth.keys.publicKeys();
    const publicKey = (await importJWK({ ...jwk!, ext: true }, 'RS256')) as CryptoKey;
    for (const secret of [await exportSPKI(publicKey), jwk!.n!, JSON.stringify(jwk)]) {
      const signed = `${part({ alg: 'HS256', kid })}.${part(claims)}`;
      expect(
        await refused(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`),
      ).toBe('unauthorized');
    }
  });

  test('with changed claims, a foreign key, or an embedded one', async () => {
    const { IdToken } = await it.signIn();
    const [header, , signature] = IdToken.split('.');
    const claims = decodeJwt(IdToken);
    const { kid } = decodeProtectedHeader(IdToken);
    expect(await refused(`${header}.${part({ ...claims, sub: it.users.boss })}.${signature}`)).toBe(
      'unauthorized',
    );
    const foreign = await generateKeyPair('RS256', { extractable: true });
    for (const more of [{ kid: kid! }, { kid: 'unknown' }, {}, { kid: kid!, jku: it.url }]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', ...more })
        .sign(foreign.privateKey);
      expect(await refused(forged)).toBe('unauthorized');
    }
  });

  test('by our own key but with claims that do not fit', async () => {
    const { IdToken } = await it.signIn();
    const claims = decodeJwt(IdToken);
    const { id, key } = await it.auth.keys.signer();
    const sign = (changes: object) =>
      new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'RS256', kid: id }).sign(key);
    expect(await refused(await sign({}))).toBe(null);
    for (const changes of [
      { iss: 'http://elsewhere.example/local_kinebase' },
      { token_use: 'refresh' },
      { token_use: 'access' },
      { token_use: undefined },
      { aud: 'northside-swift' },
      { aud: ['riverside'] },
      { sub: it.users.boss },
      { origin_jti: randomUUID() },
      { exp: undefined },
      { exp: 1 },
      { nbf: claims.exp },
    ]) {
      expect(await refused(await sign(changes)), JSON.stringify(changes)).toBe('unauthorized');
    }
  });
});

describe('revocation', () => {
  test('takes effect at once in this process, whatever ends the token', async () => {
    const ends: [string, () => Promise<unknown>][] = [
      [
        'password set',
        () => administration.patchUser(it.auth, 'riverside', it.users.coach, { Password: COACH.password }),
      ],
      [
        'user disabled',
        () => administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: false }),
      ],
      ['client deleted', () => administration.deleteClient(it.auth, 'riverside', 'riverside')],
      ['user deleted', () => administration.deleteUser(it.auth, 'riverside', it.users.coach)],
    ];
    for (const [what, end] of ends) {
      await administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: true });
      await administration
        .createClient(it.auth, 'riverside', { Name: 'Riverside', ClientID: 'riverside' })
        .catch(() => {});
      const clientId = what === 'user deleted' ? 'open' : 'riverside';
      const { IdToken, RefreshToken } = await it.signIn(COACH, clientId);
      expect(await refused(IdToken), what).toBe(null);
      it.clock.ms += 1;
      await end();
      expect(await refused(IdToken), what).toBe('unauthorized');
      const refresh = {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: clientId,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      };
      expect((await it.ask('InitiateAuth', refresh)).status, what).toBe(400);
    }
  });

  test('a global sign-out ends tokens in use and sign-ins that are just being made', async () => {
    const { IdToken, AccessToken } = await it.signIn();
    expect(await refused(IdToken)).toBe(null);
    const verify = it.auth.passwords.verify;
    it.auth.passwords.verify = async (...known) => {
      it.clock.ms += 1;
      expect((await it.ask('GlobalSignOut', { AccessToken })).status).toBe(200);
      return verify(...known);
    };
    const begunBefore = await it.signIn();
    it.auth.passwords.verify = verify;
    expect(await refused(IdToken)).toBe('unauthorized');
    expect(await refused(begunBefore.IdToken)).toBe('unauthorized');
    expect(await refused((await it.signIn()).IdToken)).toBe(null);
  });

  test('enabling a user again does not bring old tokens back', async () => {
    const { IdToken } = await it.signIn();
    it.clock.ms += 1;
    await administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: false });
    await administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: true });
    expect(await refused(IdToken)).toBe('unauthorized');
  });

  test('a new role counts at once, for tokens in use', async () => {
    const { IdToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    await administration.patchUser(it.auth, 'riverside', it.users.coach, { Role: 'viewer' });
    expect((await it.authenticate(`Bearer ${IdToken}`)).scopes).toEqual(new Set(['read']));
  });

  test('another server sees it within a second', async () => {
    const second = await secondServer();
    const { IdToken } = await it.signIn();
    const seen = () => refusal(second.authenticate(`Bearer ${IdToken}`));
    expect(await seen()).toBe(null);
    it.clock.ms += 400;
    await administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: false });
    it.clock.ms += 599;
    expect(await seen()).toBe(null);
    it.clock.ms += 1;
    expect(await seen()).toBe('unauthorized');
  });

  test('another server asks one question a second, however many tokens it knows', async () => {
    const second = await secondServer();
    const tokens = await Promise.all(Array.from({ length: 10 }, async () => (await it.signIn()).IdToken));
    const all = () => Promise.all(tokens.map((token) => second.authenticate(`Bearer ${token}`)));
    await all();
    const asked: string[] = [];
    const { query } = it.db;
    it.db.query = (...statement) => {
      asked.push(statement[0]);
      return query(...statement) as never;
    };
    for (let round = 0; round < 5; round++) {
      it.clock.ms += 1_000;
      await all();
    }
    it.db.query = query;
    expect(asked).toEqual(Array.from({ length: 5 }, () => expect.stringContaining('from counters')));
  });

  test('what was changed in the database by hand is seen within a minute', async () => {
    const { IdToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    await it.db.query('update users set enabled = 0 where user_id = $1', [it.users.coach]);
    it.clock.ms += 60_000;
    expect(await refused(IdToken)).toBe('unauthorized');
  });

  test('a slow answer of the database holds nobody for more than one question', async () => {
    const { IdToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    const { query } = it.db;
    it.db.query = (...statement) => {
      it.clock.ms += 5_000;
      return query(...statement) as never;
    };
    it.clock.ms += 6_000;
    expect(await refused(IdToken)).toBe(null);
    it.db.query = query;
  });

  test('many requests at once ask the database once', async () => {
    const { IdToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    let queries = 0;
    const { query } = it.db;
    it.db.query = (...statement) => {
      queries++;
      return query(...statement) as never;
    };
    it.clock.ms += 6_000;
    await Promise.all(Array.from({ length: 50 }, () => it.authenticate(`Bearer ${IdToken}`)));
    it.db.query = query;
    expect(queries).toBe(1);
  });

  test('one that happens while a token is being checked is not overtaken by the check', async () => {
    await it.authenticate(`Bearer ${(await it.signIn(BOSS)).IdToken}`);
    const { IdToken } = await it.signIn();
    const { query } = it.db;
    it.db.query = async (...statement) => {
      const rows = await query(...statement);
      it.db.query = query;
      await administration.patchUser(it.auth, 'riverside', it.users.coach, { Enabled: false });
      return rows as never;
    };
    await it.authenticate(`Bearer ${IdToken}`);
    expect(await refused(IdToken)).toBe('unauthorized');
  });

  test('an unrelated one during a check does not keep that check alive for ever', async () => {
    const { IdToken } = await it.signIn();
    await it.authenticate(`Bearer ${IdToken}`);
    it.clock.ms += 6_000;
    const { query } = it.db;
    it.db.query = async (...statement) => {
      const rows = await query(...statement);
      it.auth.verified.drop({ user: 'somebody else' });
      return rows as never;
    };
    await it.authenticate(`Bearer ${IdToken}`);
    it.db.query = query;
    await query('update users set enabled = 0 where user_id = $1', [it.users.coach]);
    it.clock.ms += 60_000;
    expect(await refused(IdToken)).toBe('unauthorized');
  });
});

describe('API keys', () => {
  test('carry organization, scopes and form of body of their own', async () => {
    const { Key, KeyID } = await administration.createKey(it.auth, 'northside', {
      Name: 'sync',
      Scopes: ['read', 'record'],
      BodyForm: 'json',
    });
    expect(Key).toMatch(/^kb_[A-Za-z0-9_-]{43}$/);
    expect(await it.authenticate(`Bearer ${Key}`)).toEqual({
      organization: 'northside',
      scopes: new Set(['read', 'record']),
      operator: false,
      bodyForm: 'json',
      subject: KeyID,
      kind: 'key',
    });
    expect(await refused(`${Key.slice(0, -1)}${Key.endsWith('A') ? 'B' : 'A'}`)).toBe('unauthorized');
  });

  test('stop when revoked, at once, and when they expire', async () => {
    const expires = new Date(it.clock.ms + 60_000).toISOString();
    const { Key, KeyID } = await administration.createKey(it.auth, 'riverside', { Name: 'a' });
    const passing = await administration.createKey(it.auth, 'riverside', { Name: 'b', Expires: expires });
    expect(passing.Expires).toBe(expires);
    expect(await refused(Key)).toBe(null);
    expect(await refused(passing.Key)).toBe(null);
    await administration.deleteKey(it.auth, 'riverside', KeyID);
    expect(await refused(Key)).toBe('unauthorized');
    it.clock.ms += 60_000;
    expect(await refused(passing.Key)).toBe('unauthorized');
  });
});

describe('signing keys', () => {
  test('after a rotation the new key signs and old tokens stay good, here and on another server', async () => {
    const second = await secondServer();
    const before = await it.signIn();
    it.clock.ms += 2_000;
    const { KeyID } = await administration.rotateSigningKey(it.auth);
    const after = await it.signIn();
    expect(decodeProtectedHeader(after.IdToken).kid).toBe(KeyID);
    expect(decodeProtectedHeader(before.IdToken).kid).not.toBe(KeyID);
    for (const token of [before.IdToken, after.IdToken, before.AccessToken, after.AccessToken]) {
      expect((await it.authenticate(`Bearer ${token}`)).subject).toBe(it.users.coach);
      expect((await second.authenticate(`Bearer ${token}`)).subject).toBe(it.users.coach);
    }
    expect((await jwks(it.auth)).keys.map((key) => key.kid)).toEqual([
      KeyID,
      decodeProtectedHeader(before.IdToken).kid,
    ]);
  });

  test('a replaced key goes once nothing it signed can be valid', async () => {
    const { IdToken } = await it.signIn();
    it.clock.ms += 2_000;
    await administration.rotateSigningKey(it.auth);
    it.clock.ms += 3_600_000;
    await administration.sweepSignIns(it.auth);
    const second = await secondServer();
    expect((await second.auth.keys.publicKeys()).length).toBe(2);
    it.clock.ms += 3_601_000;
    await administration.sweepSignIns(it.auth);
    const third = await secondServer();
    expect((await third.auth.keys.publicKeys()).length).toBe(1);
    expect(await refusal(third.authenticate(`Bearer ${IdToken}`))).toBe('unauthorized');
  });

  test('a key that another server made is found at once, also right after a look for others', async () => {
    const second = await secondServer();
    await second.auth.keys.publicKeys();
    await administration.rotateSigningKey(it.auth);
    expect(await refusal(second.authenticate(`Bearer ${(await it.signIn()).IdToken}`))).toBe(null);
    // The next look has to wait for its turn, and the token with it.
    await administration.rotateSigningKey(it.auth);
    expect(await refusal(second.authenticate(`Bearer ${(await it.signIn()).IdToken}`))).toBe(null);
  });

  test('made-up key ids do not become queries', async () => {
    const { IdToken } = await it.signIn();
    let queries = 0;
    const { query } = it.db;
    it.db.query = (...statement) => {
      queries++;
      return query(...statement) as never;
    };
    const foreign = await generateKeyPair('RS256');
    it.clock.ms += 2_000;
    const madeUp = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        new SignJWT(decodeJwt(IdToken))
          .setProtectedHeader({ alg: 'RS256', kid: `kid ${i}` })
          .sign(foreign.privateKey),
      ),
    );
    expect(new Set(await Promise.all(madeUp.map(refused)))).toEqual(new Set(['unauthorized']));
    it.db.query = query;
    expect(queries).toBe(1);
  });

  test('the published keys hold nothing private and verify our tokens', async () => {
    const { keys } = await jwks(it.auth);
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(openidConfiguration(it.auth, 'https://kinebase.example')).toMatchObject({
      issuer: 'http://127.0.0.1:4750/local_kinebase',
      jwks_uri: 'https://kinebase.example/.well-known/jwks.json',
    });
  });
});

describe('a new public URL', () => {
  const NEW = 'https://motion.example/local_kinebase';
  /** A server with the new setting beside one that still has the old one. */
  const renamedServer = async () => {
    const { db, now, poolId } = it.auth;
    const auth = await openAuth({ db, now, issuer: NEW, poolId });
    return { auth, authenticate: createAuthenticator(auth) };
  };

  test('ends no sign-in: tokens of the old issuer and of the new one are good at old and new servers', async () => {
    const before = await it.signIn();
    const renamed = await renamedServer();
    const answer = await createSignInDoor(renamed.auth)({
      target: 'AWSCognitoIdentityProviderService.InitiateAuth',
      body: Buffer.from(
        JSON.stringify({
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId: 'riverside',
          AuthParameters: { REFRESH_TOKEN: before.RefreshToken },
        }),
      ),
      remoteAddress: '192.0.2.1',
    });
    const { IdToken, AccessToken } = JSON.parse(answer.body).AuthenticationResult;
    expect(decodeJwt(IdToken).iss).toBe(NEW);
    for (const token of [before.IdToken, before.AccessToken, IdToken, AccessToken]) {
      expect(await refused(token)).toBe(null);
      expect(await refusal(renamed.authenticate(`Bearer ${token}`))).toBe(null);
    }
  });

  test('is what discovery answers', async () => {
    const { auth } = await renamedServer();
    expect(openidConfiguration(auth, NEW)).toMatchObject({
      issuer: NEW,
      jwks_uri: `${NEW}/.well-known/jwks.json`,
    });
  });
});
