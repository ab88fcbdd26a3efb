import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { apply, emptyState, entriesOf } from '../../src/mirror/state.ts';
import {
  type Archive,
  doorClient,
  expectEqual,
  newFolder,
  openArchive,
  stateOf,
  sync,
  visibleFiles,
} from './archive.ts';
import { fill, openDestination } from './destination.ts';

/** What a summary counts is what its run wrote. */

const SESSIONS = 6;
let archive: Archive;
let bare: Archive;
beforeAll(async () => {
  archive = await openArchive(SESSIONS);
  bare = await openArchive(SESSIONS, { bare: true });
});
afterEach(() => {
  archive.door.behave();
  bare.door.behave();
});
afterAll(async () => {
  await archive.end();
  await bare.end();
});

const none = { new: 0, changed: 0, deleted: 0, unchanged: 0 };
const nothing = { written: 0, removed: 0, written_bytes: 0 };
const renameOne = async ({ client }: Archive, name: string) => {
  const [session] = (await client.sessions.list()).items;
  await client.sessions.patch(session!['Session ID'], { 'Session Name': name });
};

test.each([
  ['Kinebase', () => archive],
  ['a server with lists only', () => bare],
])('what --only leaves out counts when it is written, from %s', async (_, its) => {
  const folder = newFolder();
  const some = { only: new Set(['athletes'] as const), formats: ['json'] as const };
  const first = await sync(its(), folder, some);
  expect(first.files.written).toBe(visibleFiles(folder).length);
  expect(visibleFiles(folder)).toEqual(['athletes.json']);
  expect(first.counts).toMatchObject({
    athletes: { ...none, new: 2 },
    sessions: none,
    series: none,
    reports: none,
  });
  const second = await sync(its(), folder);
  expect(second.counts).toMatchObject({
    athletes: { ...none, unchanged: 2 },
    sessions: { ...none, new: SESSIONS },
    series: { ...none, new: SESSIONS },
  });
  await renameOne(its(), `Only ${_}`);
  expect((await sync(its(), folder, some)).counts.sessions).toEqual({ ...none, unchanged: SESSIONS });
  expect((await sync(its(), folder)).counts.sessions).toEqual({
    ...none,
    changed: 1,
    unchanged: SESSIONS - 1,
  });
});

test('a journal that is written anew still knows what no table shows', async () => {
  const folder = newFolder();
  await sync(archive, folder, { only: new Set(['athletes']), formats: ['json'] });
  const state = stateOf(folder);
  const again = emptyState();
  for (const entry of entriesOf(state)) apply(again, entry);
  expect(again.unwritten.sessions.size).toBe(SESSIONS);
  expect(again.unwritten).toEqual(state.unwritten);
});

test('what is fetched again and is the same, foreseen, or gone already is not written and not removed', async () => {
  const folder = newFolder();
  await sync(archive, folder, { formats: ['json'] });
  expect((await sync(archive, folder, { refresh: true })).files).toEqual(nothing);

  const added = await archive.record(40);
  const would = await sync(archive, folder, { dryRun: true });
  expect(would.files).toEqual(nothing);
  for (const kind of ['sessions', 'series', 'reports', 'originals'] as const)
    expect([kind, would.counts[kind]]).toEqual([kind, { ...none, new: 1, unchanged: SESSIONS }]);
  expect((await sync(archive, folder)).counts).toEqual(would.counts);
  await archive.client.sessions.delete(added['Session ID']);
  await sync(archive, folder);

  rmSync(join(folder, 'series'), { recursive: true });
  expect((await sync(archive, folder)).files).toMatchObject({ written: SESSIONS, removed: 0 });
});

describe('interrupted', () => {
  test('in the middle, it says so, and counts the files that are there', async () => {
    const folder = newFolder();
    const ended = new AbortController();
    let asked = 0;
    archive.door.misbehave(({ path }) => {
      if (path === '/ikData' && ++asked === 3) ended.abort();
      return undefined;
    });
    const summary = await sync(archive, folder, { formats: ['json'], parallel: 1, signal: ended.signal });
    expect(summary).toMatchObject({ interrupted: true, complete: false, failed: [] });
    const files = visibleFiles(folder);
    expect(summary.files.written).toBe(files.length);
    expect(summary.counts).toMatchObject({
      sessions: none,
      series: { ...none, new: 2 },
      reports: { ...none, new: 2 },
      originals: { ...none, new: 2 },
    });
    expect(files.filter((path) => path.startsWith('series/'))).toHaveLength(2);
    archive.door.behave();
    const next = await sync(archive, folder);
    expect(next).toMatchObject({
      interrupted: false,
      complete: true,
      counts: {
        sessions: { ...none, new: SESSIONS },
        series: { ...none, new: SESSIONS - 2, unchanged: 2 },
      },
    });
    await expectEqual(folder, doorClient(archive));
  });

  test.each(['/organization', '/changes'])(
    'while %s is asked for, it ends in order all the same',
    async (place) => {
      const folder = newFolder();
      const ended = new AbortController();
      archive.door.misbehave(({ path }) => {
        if (path === place) ended.abort();
        return undefined;
      });
      const summary = await sync(archive, folder, { formats: ['json'], signal: ended.signal });
      expect(summary).toMatchObject({ interrupted: true, complete: false, failed: [], files: nothing });
      expect(visibleFiles(folder)).toEqual([]);
      archive.door.behave();
      expect(await sync(archive, folder)).toMatchObject({ complete: true });
    },
  );

  test('while files are read again, it says how far it came', async () => {
    const folder = newFolder();
    await sync(archive, folder, { formats: ['json'] });
    const ended = new AbortController();
    const summary = await sync(archive, folder, {
      verify: true,
      signal: ended.signal,
      onProgress: ({ phase, done }) => {
        if (phase === 'verifying' && done === 1) ended.abort();
      },
    });
    expect(summary).toMatchObject({ interrupted: true, complete: false, files: nothing });
    expect(summary.notes).toEqual([
      expect.stringMatching(/^[1-4] of \d+ files were read again before it was interrupted$/),
    ]);
    expect((await sync(archive, folder)).files).toEqual(nothing);
  });

  test.each(['source', 'destination'] as const)('an import that asks its %s ends in order', async (side) => {
    const destination = await openDestination();
    const ended = new AbortController();
    const { door } = side === 'source' ? archive : destination;
    door.misbehave(({ path }) => {
      if (path === '/athletes') ended.abort();
      return undefined;
    });
    const summary = await fill(archive, destination, { signal: ended.signal });
    expect(summary).toMatchObject({ interrupted: true, complete: false, failed: [] });
    await destination.end();
  });
});

test('a server that refuses in the middle leaves tables of what had come', async () => {
  const folder = newFolder();
  let asked = 0;
  archive.door.misbehave(({ path }) =>
    path === '/ikData' && ++asked === 3
      ? {
          kind: 'answer',
          answer: { status: 403, body: Buffer.from('{"message":"Revoked.","code":"forbidden"}') },
        }
      : undefined,
  );
  const summary = await sync(archive, folder, { formats: ['json'], parallel: 1 });
  expect(summary).toMatchObject({ interrupted: false, complete: false });
  expect(existsSync(join(folder, 'sessions.json'))).toBe(true);
  expect(summary.files.written).toBe(visibleFiles(folder).length);
  expect(summary.counts.sessions.new).toBe(stateOf(folder).sessions.size);
});
