import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import * as keys from '../../src/store/keys.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let db: Db;
  beforeEach(async () => {
    store = await openTemporary(engine);
    db = store.db;
    await createOrganization(db, 'one', 'One', 0);
    await createOrganization(db, 'two', 'Two', 0);
  });
  afterEach(() => store.close());

  test('a key is found by itself and stored as a hash only', async () => {
    const secret = keys.newKey();
    expect(secret).toMatch(/^kb_[A-Za-z0-9_-]{43}$/);
    const made = await keys.createKey(
      db,
      'one',
      {
        KeyID: 'K1',
        Name: 'sync',
        Scopes: ['read', 'record'],
        BodyForm: 'json',
        Expires: '2030-01-01T00:00:00.000Z',
      },
      secret,
      1_000_000,
    );
    expect(made).toMatchObject({
      Created: '1970-01-01T00:00:01.000Z',
      Revoked: false,
      Expires: '2030-01-01T00:00:00.000Z',
    });
    expect(await keys.findKey(db, secret)).toEqual({
      ...made,
      organization: 'one',
      expires_us: Date.UTC(2030, 0) * 1000,
    });
    expect(await keys.findKey(db, keys.newKey())).toBe(null);
    const [row] = await db.query('select * from api_keys order by key_id limit 1');
    expect(row!.key_hash).toBe(keys.hashOfSecret(secret));
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  test('keys are listed newest first and revoked inside their organization', async () => {
    const make = (KeyID: string, now_us: number) =>
      keys.createKey(
        db,
        'one',
        { KeyID, Name: KeyID, Scopes: ['read'], BodyForm: 'string', Expires: null },
        keys.newKey(),
        now_us,
      );
    await make('K1', 1);
    await make('K2', 2);
    expect(await keys.revokeKey(db, 'two', 'K1', 9)).toBe(false);
    expect(await keys.revokeKey(db, 'one', 'K1', 9)).toBe(true);
    expect(await keys.revokeKey(db, 'one', 'K1', 99)).toBe(true);
    expect((await keys.listKeys(db, 'one')).map((key) => [key.KeyID, key.Revoked])).toEqual([
      ['K2', false],
      ['K1', true],
    ]);
    expect(await keys.listKeys(db, 'two')).toEqual([]);
  });
});
