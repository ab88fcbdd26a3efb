import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as administration from '../../../src/server/auth/administration.ts';
import { openAuth } from '../../../src/server/auth/auth.ts';
import { createAuthenticator } from '../../../src/server/auth/authenticate.ts';
import { getOrganization } from '../../../src/store/organizations.ts';
import { findSignIn } from '../../../src/store/signIns.ts';
import { findAccount } from '../../../src/store/users.ts';
import { BOSS, COACH, type Installation, openInstallation, refusal } from './installation.ts';
import { ENGINES } from './temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let it: Installation;
  beforeEach(async () => {
    it = await openInstallation({}, engine);
  });
  afterEach(() => it.close());

  describe('users', () => {
    test('a made-up password is readable, shown once, and works', async () => {
      const { Password, ...user } = await administration.createUser(it.auth, 'riverside', {
        Username: 'New@Riverside.example',
        Role: 'viewer',
      });
      expect(Password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
      expect(user).toEqual({
        UserID: expect.any(String),
        Username: 'new@riverside.example',
        Role: 'viewer',
        Enabled: true,
        Operator: false,
      });
      expect((await it.trySignIn({ username: user.Username, password: Password! })).status).toBe(200);
      const listed = await administration.listUsers(it.auth, 'riverside');
      expect(listed.map((user) => user.Username)).toEqual([
        BOSS.username,
        COACH.username,
        'new@riverside.example',
      ]);
      expect(JSON.stringify(listed)).not.toMatch(/argon|verifier|salt/i);
    });

    test('a given password is not answered; a taken name is a conflict, in any organization and case', async () => {
      const input = { Username: 'x@y.example', Role: 'coach', Password: 'long-enough-1' } as const;
      expect(await administration.createUser(it.auth, 'riverside', input)).not.toHaveProperty('Password');
      expect(
        await refusal(administration.createUser(it.auth, 'northside', { ...input, Username: 'X@y.example' })),
      ).toBe('conflict');
    });

    test('another organization’s user does not exist', async () => {
      expect(
        await refusal(administration.patchUser(it.auth, 'northside', it.users.coach, { Role: 'admin' })),
      ).toBe('not_found');
      expect(await refusal(administration.deleteUser(it.auth, 'northside', it.users.coach))).toBe(
        'not_found',
      );
      expect((await administration.listUsers(it.auth, 'northside')).map((user) => user.UserID)).toEqual([
        it.users.other,
      ]);
    });

    test('the last enabled administrator stays one', async () => {
      const { boss, coach } = it.users;
      for (const attempt of [
        () => administration.patchUser(it.auth, 'riverside', boss, { Role: 'coach' }),
        () => administration.patchUser(it.auth, 'riverside', boss, { Enabled: false }),
        () => administration.deleteUser(it.auth, 'riverside', boss),
      ]) {
        expect(await refusal(attempt())).toBe('conflict');
      }
      await administration.patchUser(it.auth, 'riverside', coach, { Role: 'admin', Enabled: false });
      expect(await refusal(administration.deleteUser(it.auth, 'riverside', boss))).toBe('conflict');
      await administration.patchUser(it.auth, 'riverside', coach, { Enabled: true });
      const both = await Promise.all([
        refusal(administration.patchUser(it.auth, 'riverside', boss, { Role: 'viewer' })),
        refusal(administration.patchUser(it.auth, 'riverside', coach, { Role: 'viewer' })),
      ]);
      expect(both.sort()).toEqual(['conflict', null]);
    });

    test('the last administrator may still set a password, which ends the sign-ins made before', async () => {
      const { IdToken } = await it.signIn(BOSS);
      it.clock.ms += 1;
      await administration.patchUser(it.auth, 'riverside', it.users.boss, {
        Password: 'brand-new-password',
        Role: 'admin',
      });
      expect(await refusal(it.authenticate(`Bearer ${IdToken}`))).toBe('unauthorized');
      expect((await it.trySignIn(BOSS)).status).toBe(400);
      expect((await it.trySignIn({ ...BOSS, password: 'brand-new-password' })).status).toBe(200);
    });

    test('a sign-in that was under way when the password was set is not recorded', async () => {
      const verify = it.auth.passwords.verify;
      it.auth.passwords.verify = async (...known) => {
        const equal = await verify(...known);
        await administration.patchUser(it.auth, 'riverside', it.users.coach, {
          Password: 'brand-new-password',
        });
        return equal;
      };
      expect((await it.trySignIn()).status).toBe(400);
      it.auth.passwords.verify = verify;
    });

    test('only an operator touches an operator', async () => {
      const operator = await administration.createUser(
        it.auth,
        'riverside',
        { Username: 'op@x.example', Role: 'admin' },
        true,
      );
      expect(
        await refusal(
          administration.patchUser(it.auth, 'riverside', operator.UserID, { Password: 'taken-over-now' }),
        ),
      ).toBe('forbidden');
      expect(await refusal(administration.deleteUser(it.auth, 'riverside', operator.UserID))).toBe(
        'forbidden',
      );
      const by = { operator: true };
      expect(
        (await administration.patchUser(it.auth, 'riverside', operator.UserID, { Role: 'coach' }, by)).Role,
      ).toBe('coach');
      await administration.deleteUser(it.auth, 'riverside', operator.UserID, by);
    });

    test('every change counts in the version of the organization', async () => {
      const version = async () => (await getOrganization(it.db, 'riverside'))!.Version;
      const before = await version();
      await administration.patchUser(it.auth, 'riverside', it.users.coach, { Role: 'viewer' });
      await administration.createKey(it.auth, 'riverside', { Name: 'k' });
      expect(await version()).toBe(before + 2);
    });
  });

  describe('clients', () => {
    test('are created with an id of their own, changed, listed and removed', async () => {
      const made = await administration.createClient(it.auth, 'riverside', { Name: 'App' });
      expect(made).toEqual({
        ClientID: expect.stringMatching(/^[a-z0-9]{26}$/),
        Name: 'App',
        BodyForm: 'string',
      });
      const { IdToken } = await it.signIn(COACH, made.ClientID);
      expect((await it.authenticate(`Bearer ${IdToken}`)).bodyForm).toBe('string');
      const patched = await administration.patchClient(it.auth, 'riverside', made.ClientID, {
        BodyForm: 'json',
      });
      expect(patched).toEqual({ ...made, BodyForm: 'json' });
      expect((await it.authenticate(`Bearer ${IdToken}`)).bodyForm).toBe('json');
      expect(
        (await administration.listClients(it.auth, 'riverside')).map((client) => client.ClientID).sort(),
      ).toEqual([made.ClientID, 'open', 'riverside'].sort());
      await administration.deleteClient(it.auth, 'riverside', made.ClientID);
      expect((await it.trySignIn(COACH, made.ClientID)).json.__type).toBe('ResourceNotFoundException');
    });

    test('a client registered again does not bring old sign-ins back', async () => {
      const { IdToken } = await it.signIn();
      await administration.deleteClient(it.auth, 'riverside', 'riverside');
      await administration.createClient(it.auth, 'riverside', { Name: 'Again', ClientID: 'riverside' });
      expect(await refusal(it.authenticate(`Bearer ${IdToken}`))).toBe('unauthorized');
    });

    test('another organization’s client does not exist, one open to all may not be changed', async () => {
      expect(
        await refusal(administration.patchClient(it.auth, 'riverside', 'northside-swift', { Name: 'x' })),
      ).toBe('not_found');
      expect(await refusal(administration.deleteClient(it.auth, 'riverside', 'northside-swift'))).toBe(
        'not_found',
      );
      expect(await refusal(administration.deleteClient(it.auth, 'riverside', 'open'))).toBe('forbidden');
      expect(
        await refusal(
          administration.createClient(it.auth, 'riverside', { Name: 'x', ClientID: 'northside-swift' }),
        ),
      ).toBe('conflict');
    });
  });

  describe('API keys', () => {
    test('are listed without the key, also when revoked', async () => {
      const { Key, ...made } = await administration.createKey(it.auth, 'riverside', { Name: 'sync' });
      expect(made).toEqual({
        KeyID: expect.any(String),
        Name: 'sync',
        Scopes: ['read'],
        BodyForm: 'string',
        Expires: null,
        Created: new Date(it.clock.ms).toISOString(),
        Revoked: false,
      });
      await administration.deleteKey(it.auth, 'riverside', made.KeyID);
      expect(await administration.listKeys(it.auth, 'riverside')).toEqual([{ ...made, Revoked: true }]);
      expect(
        JSON.stringify(await it.db.query('select * from api_keys order by key_id limit 10')),
      ).not.toContain(Key);
    });

    test('expire in the future or not at all', async () => {
      for (const Expires of ['yesterday', '2001-01-01', new Date(it.clock.ms).toISOString()]) {
        expect(await refusal(administration.createKey(it.auth, 'riverside', { Name: 'k', Expires }))).toBe(
          'invalid_parameter',
        );
      }
      const { Expires } = await administration.createKey(it.auth, 'riverside', {
        Name: 'k',
        Expires: '2100-01-01T01:00:00+01:00',
      });
      expect(Expires).toBe('2100-01-01T00:00:00.000Z');
    });

    test('of another organization cannot be revoked', async () => {
      const { KeyID } = await administration.createKey(it.auth, 'riverside', { Name: 'k' });
      expect(await refusal(administration.deleteKey(it.auth, 'northside', KeyID))).toBe('not_found');
    });
  });

  test('the first administrator is made once, where nobody may create organizations yet', async () => {
    await it.db.query('update users set operator = 0 where user_id <> $1', ['']);
    const attempts = await Promise.all([
      administration.ensureFirstAdministrator(it.auth),
      administration.ensureFirstAdministrator(it.auth),
    ]);
    const first = attempts.find((attempt) => attempt !== null)!;
    expect(attempts.filter((attempt) => attempt === null).length).toBe(1);
    expect(await administration.ensureFirstAdministrator(it.auth)).toBe(null);
    expect(first).toMatchObject({
      organization: 'main',
      username: 'admin@kinebase.local',
      clientId: 'kinebase',
    });
    const { IdToken } = await it.signIn(first, first.clientId);
    expect(await it.authenticate(`Bearer ${IdToken}`)).toMatchObject({
      organization: 'main',
      operator: true,
      scopes: new Set(['read', 'record', 'admin']),
    });
  });

  test('old sign-ins are swept, two hours after they have expired', async () => {
    const { IdToken } = await it.signIn();
    const { origin_jti } = JSON.parse(Buffer.from(IdToken.split('.')[1]!, 'base64url').toString());
    it.clock.ms += 30 * 24 * 3_600_000 + 7_200_000;
    await administration.sweepSignIns(it.auth);
    expect(await findSignIn(it.db, origin_jti)).not.toBe(null);
    it.clock.ms += 1;
    await administration.sweepSignIns(it.auth);
    expect(await findSignIn(it.db, origin_jti)).toBe(null);
  });

  test('a refresh token lasts 30 days and works for its client only', async () => {
    const { RefreshToken } = await it.signIn();
    const refresh = (ClientId: string, AuthFlow = 'REFRESH_TOKEN') =>
      it.ask('InitiateAuth', {
        AuthFlow,
        ClientId,
        AuthParameters: { REFRESH_TOKEN: RefreshToken, DEVICE_KEY: null },
      });
    expect((await refresh('open')).json.message).toBe('Invalid Refresh Token');
    it.clock.ms += 30 * 24 * 3_600_000 - 1;
    const { status, json } = await refresh('riverside');
    expect([status, Object.keys(json.AuthenticationResult)]).toEqual([
      200,
      ['IdToken', 'AccessToken', 'ExpiresIn', 'TokenType'],
    ]);
    await it.authenticate(`Bearer ${json.AuthenticationResult.IdToken}`);
    it.clock.ms += 1;
    expect((await refresh('riverside', 'REFRESH_TOKEN_AUTH')).json.message).toBe('Refresh Token has expired');
  });

  test('a restart keeps keys and secrets: tokens and passwords stay good', async () => {
    const { IdToken } = await it.signIn();
    const { db, now, issuer, poolId } = it.auth;
    const again = await openAuth({ db, now, issuer, poolId });
    expect((await createAuthenticator(again)(`Bearer ${IdToken}`)).subject).toBe(it.users.coach);
    expect(again.secrets).toEqual(it.auth.secrets);
  });

  test('what is stored of a password is argon2id with 19 MiB and 2 passes, and a verifier', async () => {
    const account = (await findAccount(it.db, COACH.username))!;
    expect(account.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(account.srpSalt).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(account)).not.toContain(COACH.password);
  });
});
