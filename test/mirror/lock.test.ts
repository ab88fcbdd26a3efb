import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { realDisk } from '../../src/mirror/disk.ts';
import { lockFolder } from '../../src/mirror/lock.ts';
import { ownProcess } from '../../src/mirror/process.ts';
import { until } from '../cli/kinebase.ts';
import { type Archive, newFolder, openArchive, sync, visibleFiles } from './archive.ts';

const LOCK = new URL('../../dist/mirror/lock.js', import.meta.url).href;
const DISK = new URL('../../dist/mirror/disk.js', import.meta.url).href;

/** A program that takes the lock and keeps it. */
const keeping = (
  folder: string,
) => `import { lockFolder } from ${JSON.stringify(LOCK)}; import { realDisk } from ${JSON.stringify(DISK)};
    await lockFolder(realDisk, ${JSON.stringify(folder)}).then(() => console.log('held'), (error) => console.log(error.code));
    setInterval(() => {}, 1000);`;

const holder = (folder: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', keeping(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const locks = () => join(newFolder(), '.kinebase/lock');

test('a second one is refused by name, and a dead one is in nobody’s way, however it died', async () => {
  const folder = locks();
  const first = holder(folder);
  await until(first, /held/);
  await expect(lockFolder(realDisk, folder)).rejects.toMatchObject({
    code: 'mirror_in_use',
    message: expect.stringMatching(new RegExp(`another sync has .*: process ${first.pid}, since \\d{4}-`)),
  });
  first.kill('SIGKILL');
  await once(first, 'close');
  const lock = await lockFolder(realDisk, folder);
  await expect(lockFolder(realDisk, folder)).rejects.toMatchObject({ code: 'mirror_in_use' });
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await lockFolder(realDisk, folder)).release();
});

test('of many at once one has it', async () => {
  const folder = locks();
  const children = Array.from({ length: 6 }, () => holder(folder));
  const said = await Promise.all(children.map((child) => until(child, /held|mirror_in_use/)));
  expect(said.filter((text) => text.includes('held')).length).toBeLessThanOrEqual(1);
  for (const child of children) child.kill('SIGKILL');
});

test('a process that got the number of a dead one is not taken for it, and what is no claim is in nobody’s way', async () => {
  const folder = locks();
  mkdirSync(folder, { recursive: true });
  const claim = { ...ownProcess(), began: 'another boot 17', since: '2026-01-01T00:00:00Z' };
  writeFileSync(join(folder, 'old.json'), JSON.stringify(claim));
  writeFileSync(join(folder, 'torn.json'), '{"pid":');
  await (await lockFolder(realDisk, folder)).release();
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
  'a dead one that nobody has buried is in nobody’s way',
  async () => {
    const folder = locks();
    // A parent that never asks how its child ended.
    const parent = spawn(
      'sh',
      ['-c', '"$0" --input-type=module -e "$1" & exec sleep 600', process.execPath, keeping(folder)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await until(parent, /held/);
    const { pid } = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8'));
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'latin1')).toMatch(/\) Z /));
    await (await lockFolder(realDisk, folder)).release();
    parent.kill('SIGKILL');
    await once(parent, 'close');
  },
);

describe.each([
  ['another machine', { host: 'pod-2' }],
  ['another container with the same host name', { numbers: 'pid:[2]' }],
])('one of %s', (_, elsewhere) => {
  const ago = (folder: string, seconds: number) => {
    const then = Date.now() / 1000 - seconds;
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), then, then);
  };
  /** Takes the lock from there; its claim is written again when told to. */
  async function takenElsewhere(folder: string) {
    let beat = async () => {};
    const every = (_: number, work: () => Promise<void>) => {
      beat = work;
      return () => {};
    };
    const lock = await lockFolder(realDisk, folder, { own: { ...ownProcess(), ...elsewhere }, every });
    return { lock, beat: () => beat() };
  }

  test('has the folder while it is heard of, and is told when it lost it', async () => {
    const folder = locks();
    const { lock, beat } = await takenElsewhere(folder);
    ago(folder, 3600);
    await beat();
    await lock.assertHeld();
    await expect(lockFolder(realDisk, folder)).rejects.toThrow(
      /another sync has .*: process \d+, since .* on .*; if it was killed, try again a minute after that/,
    );
    ago(folder, 50);
    await expect(lockFolder(realDisk, folder)).rejects.toMatchObject({ code: 'mirror_in_use' });
    ago(folder, 70);
    const other = await lockFolder(realDisk, folder);
    await expect(lock.assertHeld()).rejects.toMatchObject({ code: 'mirror_in_use' });
    // A claim that was lost does not come back.
    await beat();
    await lock.release();
    await other.assertHeld();
    await other.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});

let archive: Archive;
beforeAll(async () => {
  archive = await openArchive(3);
});
afterAll(() => archive.end());

test('two syncs in one folder: the second is refused, the first ends well', async () => {
  const folder = newFolder();
  let second: Promise<unknown> | null = null;
  // No answer comes before the second one has ended.
  archive.door.misbehave(async ({ path }) => {
    if (path !== '/ikData') return undefined;
    second ??= sync(archive, folder).catch((error) => error);
    await second;
    return undefined;
  });
  const first = await sync(archive, folder, { formats: ['json'] });
  archive.door.behave();
  expect(first.complete).toBe(true);
  expect(await second).toMatchObject({ name: 'MirrorError', code: 'mirror_in_use' });
  expect((await sync(archive, folder)).complete).toBe(true);
});

test('a sync whose folder was taken over writes nothing more', async () => {
  const folder = newFolder();
  let taken = false;
  archive.door.misbehave(({ path }) => {
    if (path === '/ikData' && !taken) {
      taken = true;
      const claims = join(folder, '.kinebase/lock');
      for (const name of readdirSync(claims)) rmSync(join(claims, name));
    }
    return undefined;
  });
  await expect(sync(archive, folder, { formats: ['json'] })).rejects.toMatchObject({ code: 'mirror_in_use' });
  archive.door.behave();
  expect(visibleFiles(folder)).toEqual([]);
  expect((await sync(archive, folder)).complete).toBe(true);
});
