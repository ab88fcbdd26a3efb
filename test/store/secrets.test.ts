import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { getOrCreateSecret } from '../../src/store/secrets.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let db: Db;
  beforeAll(async () => {
    store = await openTemporary(engine);
    db = store.db;
  });
  afterAll(() => store.close());

  test('a secret is 32 random bytes, the same for everyone who asks, also at the same moment', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => getOrCreateSecret(db, 'one')));
    expect(new Set(asked.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(asked[0]).toHaveLength(32);
    expect(await getOrCreateSecret(db, 'two')).not.toEqual(asked[0]);
  });
});
