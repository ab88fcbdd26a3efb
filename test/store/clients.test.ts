import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as clients from '../../src/store/clients.ts';
import type { Db } from '../../src/store/db.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { ENGINES, openTemporary, type Temporary } from '../server/auth/temporary.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let store: Temporary;
  let db: Db;
  const APP = { ClientID: 'app', Name: 'App', BodyForm: 'string' } as const;
  beforeEach(async () => {
    store = await openTemporary(engine);
    db = store.db;
    await createOrganization(db, 'one', 'One', 0);
    await createOrganization(db, 'two', 'Two', 0);
  });
  afterEach(() => store.close());

  test('an organization sees its own clients and those open to all, and changes its own only', async () => {
    expect(await clients.createClient(db, 'one', APP, 0)).toEqual(APP);
    const open = await clients.createClient(db, null, { ...APP, ClientID: 'open' }, 0);
    expect(await clients.createClient(db, 'two', APP, 0)).toBe(null);
    expect(await clients.findClient(db, 'app')).toEqual({ ...APP, organization: 'one' });
    expect(await clients.findClient(db, 'open')).toEqual({ ...open, organization: null });
    expect(await clients.listClients(db, 'one')).toEqual([APP, open]);
    expect(await clients.listClients(db, 'two')).toEqual([open]);
    expect(await clients.patchClient(db, 'two', 'app', { Name: 'Mine' })).toBe(null);
    expect(await clients.patchClient(db, 'one', 'open', { Name: 'Mine' })).toBe(null);
    expect(await clients.patchClient(db, 'one', 'app', { Name: 'New' })).toEqual({ ...APP, Name: 'New' });
    expect(await clients.patchClient(db, 'one', 'app', { BodyForm: 'json' })).toEqual({
      ...APP,
      Name: 'New',
      BodyForm: 'json',
    });
    expect(await clients.deleteClient(db, 'two', 'app')).toBe(false);
    expect(await clients.deleteClient(db, 'one', 'app')).toBe(true);
    expect(await clients.findClient(db, 'app')).toBe(null);
  });
});
