import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../src/store/clients.ts';
import type { Db } from '../../src/store/db.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import * as signIns from '../../src/store/signIns.ts';
import { createUser, patchUser } from '../../src/store/users.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let db: Db;
  const SIGN_IN = { origin: 'o1', userId: 'U1', clientId: 'c', issued_us: 10, expires_us: 100 };
  beforeEach(async () => {
    store = await openTemporary(engine);
    db = store.db;
    await createOrganization(db, 'one', 'One', 0);
    await createClient(db, 'one', { ClientID: 'c', Name: 'C', BodyForm: 'json' }, 0);
    const ann = {
      UserID: 'U1',
      Username: 'ann@x.example',
      Role: 'coach',
      Enabled: true,
      Operator: false,
    } as const;
    await createUser(db, 'one', ann, { passwordHash: 'hash', srpSalt: 'aa', srpVerifier: 'bb' }, 0);
  });
  afterEach(() => store.close());

  test('a sign-in is found by origin and by token, with its user and the form of body', async () => {
    expect(await signIns.insertSignIn(db, SIGN_IN, 't1', 'hash')).toBe(true);
    const found = await signIns.findSignIn(db, 'o1');
    expect(found).toMatchObject({
      ...SIGN_IN,
      revoked: false,
      bodyForm: 'json',
      account: { Username: 'ann@x.example', organization: 'one' },
    });
    expect(await signIns.findSignInByToken(db, 't1')).toEqual(found);
    expect(await signIns.findSignIn(db, 'o2')).toBe(null);
    expect(await signIns.findSignInByToken(db, 't2')).toBe(null);
  });

  test('one is not recorded twice, nor with a password of yesterday, nor for a disabled or missing user', async () => {
    expect(await signIns.insertSignIn(db, SIGN_IN, 't1', 'hash')).toBe(true);
    expect(await signIns.insertSignIn(db, SIGN_IN, 't2', 'hash')).toBe(false);
    expect(await signIns.insertSignIn(db, { ...SIGN_IN, origin: 'o2' }, 't2', 'older')).toBe(false);
    expect(await signIns.insertSignIn(db, { ...SIGN_IN, origin: 'o2', userId: 'U9' }, 't2', 'hash')).toBe(
      false,
    );
    await patchUser(db, 'one', 'U1', { Enabled: false });
    expect(await signIns.insertSignIn(db, { ...SIGN_IN, origin: 'o2' }, 't2', 'hash')).toBe(false);
  });

  test('revoking ends one, all, or all but one', async () => {
    for (const n of [1, 2, 3])
      await signIns.insertSignIn(db, { ...SIGN_IN, origin: `o${n}` }, `t${n}`, 'hash');
    const revoked = () =>
      Promise.all(['o1', 'o2', 'o3'].map(async (origin) => (await signIns.findSignIn(db, origin))!.revoked));
    await signIns.revokeSignIn(db, 'o1', 20);
    expect(await revoked()).toEqual([true, false, false]);
    await signIns.revokeSignInsOf(db, 'U1', 20, 'o3');
    expect(await revoked()).toEqual([true, true, false]);
    await signIns.revokeSignInsOf(db, 'U1', 20);
    expect(await revoked()).toEqual([true, true, true]);
  });

  test('expired ones are removed', async () => {
    await signIns.insertSignIn(db, SIGN_IN, 't1', 'hash');
    await signIns.deleteExpiredSignIns(db, 100);
    expect(await signIns.findSignIn(db, 'o1')).not.toBe(null);
    await signIns.deleteExpiredSignIns(db, 101);
    expect(await signIns.findSignIn(db, 'o1')).toBe(null);
  });
});
