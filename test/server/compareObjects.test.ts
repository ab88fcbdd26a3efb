import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Objects } from '../../src/objects/objects.ts';
import { openObjects } from '../../src/objects/open.ts';
import { compareObjects } from '../../src/server/compareObjects.ts';
import { objectsOf } from '../../src/server/sessionObjects.ts';
import type { Db } from '../../src/store/db.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { deleteSession, insertSession } from '../../src/store/sessions.ts';
import { type ObjectsPlace, STORES } from '../objects/stores.ts';
import { furnish, session } from '../store/records.ts';

const DAY_MS = 86_400_000;

for (const store of STORES) {
  describe.skipIf(!store.available)(`objects compared with rows (${store.name})`, () => {
    let folder: string;
    let db: Db;
    let place: ObjectsPlace;
    let objects: Objects;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'kinebase-compare-'));
      db = await openDb(`sqlite:${folder}`);
      place = await store.place();
      objects = await openObjects(place.url, place.credentials);
      for (const organization of ['one', 'three', 'two']) {
        await createOrganization(db, organization, organization, 0);
        await furnish(db, organization);
      }
    }, 180_000);
    afterEach(async () => {
      await db?.close();
      await place?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    /** A session with everything that is stored of one. */
    async function record(organization: string, id: string): Promise<string> {
      const made = { ...session(id), s3Key: `ik-${id}`, objects: `${id}.0123456789ab` };
      await markLoose(db, organization, made.objects, 1);
      for (const kind of ['original', 'series-1', 'series-1.br', 'report-1'])
        await objects.put(`${objectsOf(organization, made.objects)}${kind}`, Buffer.from(kind));
      expect(await insertSession(db, organization, made, 1)).toBe('inserted');
      return objectsOf(organization, made.objects);
    }

    /** As if it were asked so much later. */
    async function compare(later_ms = 2 * DAY_MS, remove = false) {
      const strays: string[] = [];
      const missing: string[] = [];
      const counts = await compareObjects(
        { db, objects, now: () => Date.now() + later_ms },
        {
          remove,
          findings: {
            stray: (key) => void strays.push(key),
            missing: (...what) => void missing.push(what.join(' ')),
          },
        },
      );
      expect(counts.strays.objects).toBe(strays.length);
      expect(counts.missing).toBe(missing.length);
      return { ...counts, strays, missing };
    }

    test('where every object has its row and every row its objects, nothing is found', async () => {
      expect(await compare()).toMatchObject({ sessions: 0, stored: { objects: 0 }, strays: [], missing: [] });
      // Ids of which one begins with the other are not ordered as their keys are.
      for (const id of ['R1', 'R1-2', 'R10', 'R2', randomUUID(), randomUUID().toUpperCase()])
        for (const organization of ['one', 'two']) await record(organization, id);
      expect(await compare()).toMatchObject({
        sessions: 12,
        stored: { objects: 48 },
        strays: [],
        missing: [],
        foreign: { objects: 0 },
        unfinished: 0,
      });
    });

    test('what no row names is found after a day, and removed when asked; everything else stays', async () => {
      const kept = await record('two', 'R1');
      const gone = await record('one', 'R2');
      await deleteSession(db, 'one', 'R2', 1);
      // Its entry among the loose objects is lost, as in a database restored from a backup.
      await db.within('one').query('delete from loose_objects where org_id = $1', ['one']);
      const strays = [
        ...['original', 'report-1', 'series-1', 'series-1.br'].map((kind) => gone + kind),
        `${objectsOf('three', 'R9.0123456789ab')}original`,
        `${kept}77/report`,
        `${kept}draft`,
      ];
      for (const key of strays.slice(4)) await objects.put(key, Buffer.from('stray'));
      expect((await compare(0)).strays).toEqual([]);
      expect((await compare()).strays.sort()).toEqual(strays.sort());
      const removed = await compare(2 * DAY_MS, true);
      expect(removed.strays.sort()).toEqual(strays.sort());
      expect(removed.stored).toEqual({ objects: 11, bytes: expect.any(Number) });
      expect(await compare()).toMatchObject({ stored: { objects: 4 }, strays: [], missing: [], sessions: 1 });
    });

    test('what is loose is known already, and left to the server', async () => {
      const kept = await record('one', 'R1');
      await markLoose(db, 'one', 'R2.0123456789ab', 1);
      await objects.put(`${objectsOf('one', 'R2.0123456789ab')}original`, Buffer.from('x'));
      await markLoose(db, 'one', 'R1.0123456789ab/77', 1);
      await objects.put(`${kept}77/report`, Buffer.from('x'));
      expect((await compare(2 * DAY_MS, true)).strays).toEqual([]);
      expect(await objects.size(`${kept}77/report`)).toBe(1);
    });

    test('what rows name and is not there is named', async () => {
      const first = await record('one', 'R1');
      const whole = await record('three', 'R1');
      await objects.delete(`${first}series-1`);
      await objects.deleteAll(whole);
      const { missing, sessions } = await compare(0, true);
      expect(missing.sort()).toEqual(
        [
          `one R1 ${first}series-1`,
          ...['original', 'report-1', 'series-1', 'series-1.br'].map((kind) => `three R1 ${whole}${kind}`),
        ].sort(),
      );
      expect(sessions).toBe(2);
    });

    test('objects of organizations that this store does not know are never removed', async () => {
      await record('one', 'R1');
      await objects.put('org/four/R1.0123456789ab/original', Buffer.from('of another database'));
      const found = await compare(2 * DAY_MS, true);
      expect([found.strays, found.foreign]).toEqual([[], { objects: 1, bytes: 19 }]);
      expect(await objects.size('org/four/R1.0123456789ab/original')).toBe(19);
    });

    test('recorded and removed while it compares, nothing is found and nothing is removed', async () => {
      for (let i = 0; i < 20; i++) await record('one', `R${i}`);
      let busy = true;
      const others = (async () => {
        for (let i = 0; i < 20; i++) {
          await record('one', `S${i}`);
          await deleteSession(db, 'one', `R${i}`, Date.now() * 1000);
        }
        busy = false;
      })();
      while (busy) expect(await compare(2 * DAY_MS, true)).toMatchObject({ strays: [], missing: [] });
      await others;
      expect(await compare()).toMatchObject({ sessions: 20, missing: [] });
    });
  });
}
