import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../src/store/clients.ts';
import type { Db } from '../../src/store/db.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { findSignIn, insertSignIn } from '../../src/store/signIns.ts';
import * as users from '../../src/store/users.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let db: Db;
  const ANN = {
    UserID: 'U1',
    Username: 'Ann@x.example',
    Role: 'admin',
    Enabled: true,
    Operator: false,
  } as const;
  const SECRET = { passwordHash: 'hash', srpSalt: 'aa', srpVerifier: 'bb' };
  beforeEach(async () => {
    store = await openTemporary(engine);
    db = store.db;
    await createOrganization(db, 'one', 'One', 0);
    await createOrganization(db, 'two', 'Two', 0);
  });
  afterEach(() => store.close());

  test('an operator is told from other users', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    expect(await users.anyOperator(db)).toBe(false);
    await users.createUser(
      db,
      'one',
      { ...ANN, UserID: 'U9', Username: 'op@x.example', Operator: true },
      SECRET,
      5,
    );
    expect(await users.anyOperator(db)).toBe(true);
  });

  test('a user is found by name in any case, by id only inside its organization', async () => {
    expect(await users.anyOperator(db)).toBe(false);
    const ann = { ...ANN, Username: 'ann@x.example' };
    expect(await users.createUser(db, 'one', ANN, SECRET, 5)).toEqual(ann);
    expect(await users.anyOperator(db)).toBe(false);
    expect(await users.findAccount(db, 'ANN@x.example')).toEqual({
      ...ann,
      ...SECRET,
      organization: 'one',
      signedOut_us: 0,
    });
    expect(await users.findAccount(db, 'bob@x.example')).toBe(null);
    expect(await users.getUser(db, 'one', 'U1')).toEqual(ann);
    expect(await users.getUser(db, 'two', 'U1')).toBe(null);
    expect(await users.listUsers(db, 'one')).toEqual([ann]);
    expect(await users.listUsers(db, 'two')).toEqual([]);
  });

  test('a name is taken in the whole installation', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    expect(
      await users.createUser(db, 'two', { ...ANN, UserID: 'U2', Username: 'ann@X.example' }, SECRET, 5),
    ).toBe(null);
  });

  test('role and state change one by one; other organizations change nothing', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    expect(await users.patchUser(db, 'one', 'U1', { Role: 'viewer' })).toMatchObject({
      Role: 'viewer',
      Enabled: true,
    });
    expect(await users.patchUser(db, 'one', 'U1', { Enabled: false })).toMatchObject({
      Role: 'viewer',
      Enabled: false,
    });
    expect(await users.patchUser(db, 'two', 'U1', { Enabled: true })).toBe(null);
    expect(await users.setPassword(db, 'two', 'U1', { ...SECRET, passwordHash: 'x' })).toBe(false);
    await users.setSignedOut(db, 'two', 'U1', 99);
    expect(await users.deleteUser(db, 'two', 'U1')).toBe(false);
    expect(await users.findAccount(db, 'ann@x.example')).toMatchObject({
      passwordHash: 'hash',
      signedOut_us: 0,
      Enabled: false,
    });
  });

  test('of two password changes that saw the same password only one counts', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    const change = (passwordHash: string) =>
      users.setPassword(db, 'one', 'U1', { ...SECRET, passwordHash }, 'hash');
    expect([await change('first'), await change('second')]).toEqual([true, false]);
    expect((await users.findAccount(db, 'ann@x.example'))!.passwordHash).toBe('first');
  });

  test('the moment of signing out never moves back', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    await users.setSignedOut(db, 'one', 'U1', 20);
    await users.setSignedOut(db, 'one', 'U1', 10);
    expect((await users.findAccount(db, 'ann@x.example'))!.signedOut_us).toBe(20);
  });

  test('other administrators are those enabled, in the same organization', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    await users.createUser(
      db,
      'one',
      { ...ANN, UserID: 'U2', Username: 'bob@x.example', Enabled: false },
      SECRET,
      5,
    );
    await users.createUser(
      db,
      'one',
      { ...ANN, UserID: 'U3', Username: 'cy@x.example', Role: 'coach' },
      SECRET,
      5,
    );
    await users.createUser(db, 'two', { ...ANN, UserID: 'U4', Username: 'di@x.example' }, SECRET, 5);
    expect(await users.hasOtherAdministrator(db, 'one', 'U1')).toBe(false);
    expect(await users.hasOtherAdministrator(db, 'one', 'U3')).toBe(true);
  });

  test('a removed user takes its sign-ins along', async () => {
    await users.createUser(db, 'one', ANN, SECRET, 5);
    await createClient(db, null, { ClientID: 'c', Name: 'C', BodyForm: 'string' }, 0);
    await insertSignIn(
      db,
      { origin: 'o', userId: 'U1', clientId: 'c', issued_us: 1, expires_us: 2 },
      't',
      'hash',
    );
    expect(await users.deleteUser(db, 'one', 'U1')).toBe(true);
    expect(await findSignIn(db, 'o')).toBe(null);
    expect(await db.query('select 1 from sign_ins order by origin_id limit 1')).toEqual([]);
  });
});
