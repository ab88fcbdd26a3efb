import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteRetiredSigningKeys, insertSigningKey, listSigningKeys } from '../../src/store/signingKeys.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  beforeAll(async () => {
    store = await openTemporary(engine);
  });
  afterAll(() => store.close());

  test('the newest key comes first; a key goes when its successor is old enough, the newest never', async () => {
    const ids = async () => (await listSigningKeys(store.db)).map((key) => key.id);
    for (const [id, created_us] of [
      ['a', 100],
      ['b', 200],
      ['c', 300],
    ] as const) {
      await insertSigningKey(store.db, { id, privateJwk: { d: id }, publicJwk: { n: id }, created_us });
    }
    expect(await ids()).toEqual(['c', 'b', 'a']);
    await deleteRetiredSigningKeys(store.db, 200);
    expect(await ids()).toEqual(['c', 'b', 'a']);
    await deleteRetiredSigningKeys(store.db, 201);
    expect(await ids()).toEqual(['c', 'b']);
    await deleteRetiredSigningKeys(store.db, 1_000);
    expect(await listSigningKeys(store.db)).toEqual([
      { id: 'c', privateJwk: { d: 'c' }, publicJwk: { n: 'c' }, created_us: 300 },
    ]);
  });
});
