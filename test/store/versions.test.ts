import { expect, test } from 'vitest';
import { openDb } from '../../src/store/open.ts';
import { nextVersion } from '../../src/store/organizations.ts';
import { createVersions } from '../../src/store/versions.ts';
import { describeEngines, watched } from './engines.ts';

describeEngines('versions of organizations', (store, engine) => {
  test('are never behind what was committed before they were asked for', async () => {
    const { db } = store;
    // On PostgreSQL another process writes; a data folder has but one.
    const writer = engine.dialect === 'sqlite' ? db : await openDb(store.url);
    try {
      const versions = createVersions(db);
      const organizations = [await store.organization(), await store.organization()];
      const work = async (organization: string) => {
        for (let round = 0; round < 40; round++) {
          const version = await writer.transaction((db) => nextVersion(db, organization));
          expect(await versions(organization)).toBeGreaterThanOrEqual(version);
        }
      };
      await Promise.all([...organizations, ...organizations, ...organizations].map(work));
      for (const organization of organizations) expect(await versions(organization)).toBe(120);
      expect(await versions('nobody')).toBe(0);
    } finally {
      if (writer !== db) await writer.close();
    }
  });

  test('are asked for together by whoever waits, and only when something may have changed', async () => {
    const { db } = store;
    let asked = 0;
    const versions = createVersions(
      watched(db, (sql) => {
        if (sql.includes('from organizations')) asked++;
      }),
    );
    const organization = await store.organization();
    await versions(organization);
    asked = 0;
    await Promise.all(Array.from({ length: 100 }, () => versions(organization)));
    expect(asked).toBeLessThanOrEqual(engine.dialect === 'sqlite' ? 0 : 2);
  });

  test('say so when the store does not answer, and answer again when it does', async () => {
    let broken = true;
    const versions = createVersions(
      watched(store.db, () => {
        if (broken) throw new Error('away');
      }),
    );
    const organization = await store.organization();
    await expect(versions(organization)).rejects.toThrow('away');
    broken = false;
    expect(await versions(organization)).toBe(0);
  });
});
