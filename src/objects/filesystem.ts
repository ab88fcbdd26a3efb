import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { checkKey, type Objects } from './objects.ts';

/** No such file; a folder of that name; a file where a folder would be. */
const NOTHING_THERE = new Set(['ENOENT', 'EISDIR', 'ENOTDIR']);

/**
 * Objects as files in a folder. A file is written under a temporary name, flushed, renamed, and its folder flushed: after
 * a crash it is whole or absent. Temporary files of a crash are removed at the next opening.
 */
export async function openFolder(folder: string): Promise<Objects> {
  const root = resolve(folder);
  const drafts = join(root, '.tmp');
  await removeLeftDrafts(drafts);
  // A folder of its own: several servers may share the objects, and none may touch what another is writing.
  const temporary = join(drafts, `${hostname()}.${process.pid}.${randomBytes(6).toString('hex')}`);
  await mkdir(temporary, { recursive: true });

  /** The path of a key, checked here where it is built: it can never leave the folder. */
  const pathOf = (key: string): string => {
    const path = resolve(root, checkKey(key));
    if (!path.startsWith(root + sep)) throw new Error(`key leaves its folder: ${key}`);
    return path;
  };

  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const draft = join(temporary, randomBytes(12).toString('hex'));
      try {
        await writeFlushed(draft, bytes);
        await makeFolder(root, dirname(path));
        await rename(draft, path);
        await flushFolder(dirname(path));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async get(key) {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (NOTHING_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return null;
        throw error;
      }
    },
    async deleteAll(prefix) {
      if (!prefix.endsWith('/')) throw new Error(`a prefix ends in a slash: ${prefix}`);
      const path = pathOf(prefix.slice(0, -1));
      // A file that is being written meanwhile makes the folder hard to remove: then it is tried again.
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    },
    async check() {
      const probe = join(temporary, `check-${randomBytes(6).toString('hex')}`);
      await writeFlushed(probe, new Uint8Array(1));
      await unlink(probe);
      await readdir(temporary);
    },
  };
}

/** On another machine a process cannot be asked for; its drafts count as left after this. */
const LEFT_AFTER_MS = 86_400_000;

/** Removes what processes that are no more left behind. */
async function removeLeftDrafts(drafts: string): Promise<void> {
  const names = await readdir(drafts).catch(() => []);
  for (const name of names) {
    const [, host, pid] = /^(.+)\.(\d+)\.[0-9a-f]+$/.exec(name) ?? [];
    const path = join(drafts, name);
    const age_ms = Date.now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
    const left = host === hostname() ? !isRunning(Number(pid)) : age_ms > LEFT_AFTER_MS;
    if (host === undefined || left) await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Creates the folders below root and flushes each parent, so that a new folder survives a crash too. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let path = folder; path.length >= dirname(first).length && path.startsWith(root); path = dirname(path))
    await flushFolder(path);
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
