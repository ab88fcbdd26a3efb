import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Objects } from '../../src/objects/objects.ts';
import { openObjects } from '../../src/objects/open.ts';
import { objectsOf, originalKey, reportKey } from '../../src/server/sessionObjects.ts';
import { sweepOrganization } from '../../src/server/sweep.ts';
import type { Db } from '../../src/store/db.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { deleteSession, insertSession } from '../../src/store/sessions.ts';
import { furnish, session } from '../store/records.ts';

let folder: string;
let db: Db;
let objects: Objects;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-sweep-'));
  db = await openDb(`sqlite:${folder}`);
  objects = await openObjects(`file:${folder}/objects`);
  for (const organization of ['one', 'two']) {
    await createOrganization(db, organization, organization, 0);
    await furnish(db, organization);
  }
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const sweep = (organization: string, now_ms: number) =>
  sweepOrganization({ db, objects, now: () => now_ms }, organization);
const there = async (organization: string, prefix: string) =>
  (await objects.get(originalKey(organization, prefix))) !== null;

/** Objects as an upload writes them, due at one second. */
async function write(organization: string, prefix: string): Promise<void> {
  await markLoose(db, organization, prefix, 1_000_000);
  await objects.put(originalKey(organization, prefix), Buffer.from('original'));
  await objects.put(reportKey(organization, prefix, 'report-1'), Buffer.from('report'));
}

test('objects that no row took up are removed when they are due, not before', async () => {
  await write('one', 'a');
  await sweep('one', 999);
  expect(await there('one', 'a')).toBe(true);
  await sweep('one', 1000);
  expect(await there('one', 'a')).toBe(false);
  expect(await objects.get(reportKey('one', 'a', 'report-1'))).toBe(null);
  await sweep('one', 1000);
});

test('objects of a session stay, however late it is, until the session is removed', async () => {
  const kept = session('R1');
  await write('one', kept.objects);
  expect(await insertSession(db, 'one', kept, 1)).toBe('inserted');
  await sweep('one', 1e12);
  expect(await there('one', kept.objects)).toBe(true);
  await deleteSession(db, 'one', 'R1', 5_000_000);
  await sweep('one', 5000);
  expect(await there('one', kept.objects)).toBe(false);
});

test('a sweep of one organization leaves another alone, also where prefixes are the same', async () => {
  await write('one', 'a');
  await write('two', 'a');
  await sweep('one', 1000);
  expect([await there('one', 'a'), await there('two', 'a')]).toEqual([false, true]);
});

test('a sweep that could not remove an object tries again the next time, and nobody takes it up meanwhile', async () => {
  const late = session('R1');
  await write('one', late.objects);
  const broken: Objects = { ...objects, deleteAll: () => Promise.reject(new Error('disk')) };
  await expect(sweepOrganization({ db, objects: broken, now: () => 1000 }, 'one')).rejects.toThrow('disk');
  expect(await insertSession(db, 'one', late, 1)).toBe('swept');
  await sweep('one', 1000);
  expect(await objects.get(`${objectsOf('one', late.objects)}original`)).toBe(null);
  expect(await db.query('select prefix from loose_objects order by prefix limit 1')).toEqual([]);
});
