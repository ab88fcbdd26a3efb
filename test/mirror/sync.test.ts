import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Archive,
  doorClient,
  expectEqual,
  expectSound,
  newFolder,
  openArchive,
  stateOf,
  sync,
  visibleFiles,
} from './archive.ts';

let archive: Archive;
let bare: Archive;
beforeAll(async () => {
  archive = await openArchive(6);
  bare = await openArchive(6, { bare: true });
});
afterAll(async () => {
  await archive.end();
  await bare.end();
});

const none = { new: 0, changed: 0, deleted: 0 };

test('mirrors everything, and a second run with nothing new asks five times at most and changes nothing', async () => {
  const folder = newFolder();
  const first = await sync(archive, folder, { formats: ['json'] });
  expect(first).toMatchObject({ by: 'changes', complete: true, failed: [], missing: [], left: 0 });
  expect(first.counts.sessions).toEqual({ new: 6, changed: 0, deleted: 0, unchanged: 0 });
  expect(first.counts.series).toEqual(first.counts.sessions);
  expect(first.counts.originals).toEqual(first.counts.sessions);
  expect(first.counts.athletes.new).toBe(2);
  const { lastComplete } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  expect(first.files).toEqual({ written: lastComplete.files, removed: 0, written_bytes: lastComplete.bytes });
  await expectEqual(folder, doorClient(archive));

  archive.door.asked.length = 0;
  const again = await sync(archive, folder);
  expect(archive.door.asked.length).toBeLessThanOrEqual(5);
  expect(again.complete).toBe(true);
  expect(again.files).toEqual({ written: 0, removed: 0, written_bytes: 0 });
  for (const counts of Object.values(again.counts)) expect(counts).toMatchObject(none);
  expect(again.counts.sessions.unchanged).toBe(6);
});

test('a table and the folder of a session that somebody removed come back, for the questions that they cost', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['parquet'] });
  const before = visibleFiles(folder);
  const original = before.find((path) => path.startsWith('originals/'))!;
  rmSync(join(folder, original, '..'), { recursive: true });
  rmSync(join(folder, 'sessions.parquet'));
  archive.door.asked.length = 0;
  const summary = await sync(archive, folder);
  expect(summary).toMatchObject({ complete: true, files: { written: 2, removed: 0 } });
  expect(summary.notes).toEqual([expect.stringMatching(/^2 of \d+ files were damaged or gone/)]);
  expect(archive.door.asked.length).toBeLessThanOrEqual(5 + 1);
  expectSound(folder);
  expect(visibleFiles(folder)).toEqual(before);

  archive.door.asked.length = 0;
  expect(await sync(archive, folder)).toMatchObject({ notes: [], files: { written: 0, removed: 0 } });
  expect(archive.door.asked.length).toBeLessThanOrEqual(5);
});

test('follows edits and deletions, and tells exactly those', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  const [one, other, third] = (await archive.client.sessions.list()).items;
  await archive.client.sessions.patch(one!['Session ID'], { 'Session Name': 'Second look' });
  await archive.client.sessions.delete(other!['Session ID']);
  await archive.client.sessions.patch(third!['Session ID'], { Date: '2025-12-24T18:00:00Z' });
  const added = await archive.record(6);
  const told: string[] = [];
  const summary = await sync(archive, folder, {
    onHappening: ({ kind, what, id }) => told.push(`${what} ${kind} ${id}`),
  });
  expect(told.sort()).toEqual(
    [
      `changed sessions ${one!['Session ID']}`,
      `changed sessions ${third!['Session ID']}`,
      ...['sessions', 'series', 'reports', 'originals'].flatMap((kind) => [
        `deleted ${kind} ${other!['Session ID']}`,
        `new ${kind} ${added['Session ID']}`,
      ]),
    ].sort(),
  );
  expect(summary.files.written_bytes).toBeGreaterThan(0);
  expect(summary.counts.sessions).toEqual({ new: 1, changed: 2, deleted: 1, unchanged: 3 });
  expect(summary.counts.series).toEqual({ new: 1, changed: 0, deleted: 1, unchanged: 5 });
  await expectEqual(folder, doorClient(archive));
});

test('fetches series and report again when they were computed again', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  const [session] = (await archive.client.sessions.list()).items;
  await archive.client.sessions.patch(session!['Session ID'], { Processing: { CutOff: 4 } });
  const summary = await sync(archive, folder);
  expect(summary.counts).toMatchObject({
    sessions: { changed: 0 },
    series: { changed: 1 },
    reports: { changed: 1 },
    originals: { changed: 0 },
  });
  await expectEqual(folder, doorClient(archive));
});

test('leaves series as they are when only the report was computed anew', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  const [session] = (await archive.client.sessions.list()).items;
  const id = session!['Session ID'];
  archive.door.asked.length = 0;
  await archive.client.sessions.repetitions(id, { Repetitions: [{ Start: 0.1, End: 0.5 }] });
  const summary = await sync(archive, folder);
  expect(summary.counts).toMatchObject({ series: { changed: 0 }, reports: { changed: 1 } });
  expect(archive.door.asked.filter(({ path }) => path === '/ikData')).toEqual([]);
  await archive.client.sessions.patch(id, { 'Session Name': 'Renamed' });
  await sync(archive, folder);
  await archive.client.sessions.patch(id, { Processing: { CutOff: 5 } });
  expect((await sync(archive, folder)).counts.series.changed).toBe(1);
  await expectEqual(folder, doorClient(archive));
});

test('a recording under the id of one that was removed takes its place', async () => {
  const folder = newFolder();
  const sessionID = '0190AAAA-0000-7000-8000-000000000001';
  await archive.record(20, { sessionID });
  await sync(archive, folder, { formats: ['json'] });
  await archive.client.sessions.delete(sessionID);
  await archive.record(21, { sessionID });
  const summary = await sync(archive, folder);
  expect(summary.counts).toMatchObject({ sessions: { new: 0, deleted: 0 }, originals: { changed: 1 } });
  await expectEqual(folder, doorClient(archive));
  await archive.client.sessions.delete(sessionID);
});

test('compares all lists of a server that has no change feed, and finds edits and deletions', async () => {
  const folder = newFolder();
  const first = await sync(bare, folder, { formats: ['json'] });
  expect(first).toMatchObject({ by: 'lists', complete: true, failed: [], missing: [] });
  expect(first.counts.originals).toEqual({ ...none, unchanged: 0 });
  await expectEqual(folder, doorClient(bare), { originals: false });

  bare.door.asked.length = 0;
  const again = await sync(bare, folder);
  expect(again.files.written).toBe(0);
  expect(bare.door.asked.filter(({ path }) => /Data$/.test(path))).toEqual([]);

  const [one, other] = (await bare.client.sessions.list()).items;
  await bare.client.sessions.patch(one!['Session ID'], { 'Session Name': 'Second look' });
  await bare.client.sessions.delete(other!['Session ID']);
  await bare.client.athletes.create({ FirstName: 'Mary', LastName: 'Brook' });
  await bare.record(6);
  const summary = await sync(bare, folder);
  expect(summary.complete).toBe(true);
  expect(summary.counts.sessions).toEqual({ new: 1, changed: 1, deleted: 1, unchanged: 4 });
  expect(summary.counts.athletes).toEqual({ new: 1, changed: 0, deleted: 0, unchanged: 2 });
  await expectEqual(folder, doorClient(bare), { originals: false });
});

test('takes the formats of the mirror, changes them when asked, and leaves out what is not wanted', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['csv', 'mot'], only: new Set(['sessions', 'series']) });
  const endings = () => [...new Set(visibleFiles(folder).map((path) => path.split('.').at(-1)))].sort();
  expect(endings()).toEqual(['csv', 'mot']);
  expect(visibleFiles(folder).filter((path) => path.startsWith('reports/'))).toEqual([]);
  await sync(archive, folder, { formats: ['json'] });
  expect(endings()).toEqual(['json', 'mot']);
  expect(
    visibleFiles(folder)
      .filter((path) => path.endsWith('.mot'))
      .every((path) => path.startsWith('originals/')),
  ).toBe(true);
  await expectEqual(folder, doorClient(archive));
  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).formats).toEqual(['json']);
});

test('a dry run says what there is to do, and writes nothing', async () => {
  const folder = join(newFolder(), 'mirror');
  const would = await sync(archive, folder, { dryRun: true });
  expect(would.counts.series.new).toBe(would.counts.sessions.new);
  expect(() => readFileSync(join(folder, 'manifest.json'))).toThrow('ENOENT');
  await sync(archive, folder, { formats: ['json'] });
  const [one] = (await archive.client.sessions.list()).items;
  await archive.client.sessions.patch(one!['Session ID'], { 'Session Name': 'Third look' });
  const next = await sync(archive, folder, { dryRun: true });
  expect(next.counts.sessions).toMatchObject({ new: 0, changed: 1 });
  expect((await sync(archive, folder)).counts.sessions).toEqual(next.counts.sessions);
});

test.each([
  ['a folder that holds something else', 'thesis.txt', '', 'not_a_mirror'],
  ['a manifest of something else', 'manifest.json', '{"name":"app"}', 'not_a_mirror'],
  ['a mirror of a later version', 'manifest.json', '{"kinebaseMirror":2}', 'newer_mirror'],
])('refuses %s, and writes nothing into it', async (_, name, content, code) => {
  const folder = newFolder();
  writeFileSync(join(folder, name), content);
  await expect(sync(archive, folder)).rejects.toMatchObject({ name: 'MirrorError', code });
  expect(readdirSync(folder)).toEqual([name]);
});

test('refuses a mirror of another server, organization or account', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  await expect(sync(bare, folder)).rejects.toMatchObject({ code: 'other_source' });
  await expect(sync(archive, folder, { url: 'http://elsewhere.example' })).rejects.toThrow(
    /mirrors the server .*--moved/,
  );
  await sync(archive, folder, { url: 'http://elsewhere.example', moved: true });
  await expect(sync(archive, folder)).rejects.toMatchObject({ code: 'other_source' });
  const plain = newFolder();
  await sync(bare, plain, { formats: ['json'] });
  await expect(sync(bare, plain, { account: 'somebody@else.example' })).rejects.toThrow(
    /mirrors the account/,
  );
});

test('a folder whose first sync failed before anything was stored is free for another server', async () => {
  const folder = newFolder();
  archive.door.misbehave(({ path }) =>
    path === '/changes'
      ? { kind: 'answer', answer: { status: 403, body: Buffer.from('{"message":"No.","code":"forbidden"}') } }
      : undefined,
  );
  await expect(sync(archive, folder, { formats: ['csv'] })).rejects.toMatchObject({ code: 'forbidden' });
  archive.door.behave();
  expect(readdirSync(folder)).toContain('manifest.json');
  expect((await sync(bare, folder, { dryRun: true })).counts.athletes.new).toBeGreaterThan(0);
  expect(await sync(bare, folder, { formats: ['json'] })).toMatchObject({ by: 'lists', complete: true });
  await expectEqual(folder, doorClient(bare), { originals: false });
  await expect(sync(archive, folder)).rejects.toMatchObject({ code: 'other_source' });
});

test('what a first sync knew that was interrupted is not taken for that of another server', async () => {
  const folder = newFolder();
  const ended = new AbortController();
  bare.door.misbehave(({ path }) => {
    if (path === '/reportData') ended.abort();
    return undefined;
  });
  await sync(bare, folder, { formats: ['json'], signal: ended.signal });
  bare.door.behave();
  expect(visibleFiles(folder)).toEqual([]);
  expect(stateOf(folder).athletes.size).toBeGreaterThan(0);
  expect(await sync(archive, folder, { formats: ['json'] })).toMatchObject({ complete: true });
  await expectEqual(folder, doorClient(archive));
});

test('a journal that no manifest names is not believed', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  for (const name of readdirSync(folder))
    if (name !== '.kinebase') rmSync(join(folder, name), { recursive: true });
  expect(await sync(bare, folder, { formats: ['json'] })).toMatchObject({ complete: true });
  await expectEqual(folder, doorClient(bare), { originals: false });
});
