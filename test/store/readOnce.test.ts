import { expect, test } from 'vitest';
import { openDb } from '../../src/store/open.ts';
import { nextVersion, organizationVersion } from '../../src/store/organizations.ts';
import { createReadOnce } from '../../src/store/readOnce.ts';
import { describeEngines } from './engines.ts';

describeEngines('what is read once', (store, engine) => {
  test('is never behind what was committed before it was asked for', async () => {
    const { db } = store;
    // On PostgreSQL another process writes; a data folder has but one.
    const writer = engine.dialect === 'sqlite' ? db : await openDb(store.url);
    try {
      const readOnce = createReadOnce<number>(db);
      const organizations = [await store.organization(), await store.organization()];
      const version = (organization: string) =>
        readOnce(organization, () => organizationVersion(db, organization));
      const work = async (organization: string) => {
        for (let round = 0; round < 40; round++) {
          const written = await writer.transaction((db) => nextVersion(db, organization));
          expect(await version(organization)).toBeGreaterThanOrEqual(written);
        }
      };
      await Promise.all([...organizations, ...organizations, ...organizations].map(work));
      for (const organization of organizations) expect(await version(organization)).toBe(120);
    } finally {
      if (writer !== db) await writer.close();
    }
  });

  test('is read again only when something may have changed', async () => {
    const { db } = store;
    const readOnce = createReadOnce<string>(db);
    const organization = await store.organization();
    const reads: string[] = [];
    const ask = (key: string) =>
      readOnce(key, async () => {
        reads.push(key);
        return `${key} ${reads.length}`;
      });
    expect(await ask('a')).toBe('a 1');
    expect(await ask('b')).toBe('b 2');
    const again = await ask('a');
    expect(again).toBe(engine.dialect === 'sqlite' ? 'a 1' : 'a 3');
    await db.transaction((db) => nextVersion(db, organization));
    const before = reads.length;
    expect(await ask('a')).toBe(`a ${before + 1}`);
  });

  test('is not kept when something was committed while it was read', async () => {
    const { db } = store;
    const readOnce = createReadOnce<number>(db);
    const organization = await store.organization();
    const stale = await readOnce(organization, async () => {
      const read = await organizationVersion(db, organization);
      await db.transaction((db) => nextVersion(db, organization));
      return read;
    });
    expect(stale).toBe(0);
    expect(await readOnce(organization, () => organizationVersion(db, organization))).toBe(1);
  });

  test('is not kept when it could not be read', async () => {
    const readOnce = createReadOnce<number>(store.db);
    await expect(readOnce('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await readOnce('a', async () => 1)).toBe(1);
  });
});
