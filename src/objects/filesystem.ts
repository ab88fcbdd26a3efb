import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { openDrafts } from './drafts.ts';
import { flushFolder, makeFolder, writeFlushed } from './flushed.ts';
import {
  allEnded,
  checkKey,
  checkPrefix,
  type ListedObject,
  type NewObject,
  type Objects,
  ObjectTakenError,
} from './objects.ts';

/**
 * Objects as files in a folder. A file is written under a temporary name, flushed, linked under its own, and its folder
 * flushed: after a crash it is whole or absent, and of two writers at once the second finds the first. Temporary files of
 * a crash are removed at the next opening.
 */
export async function openFolder(folder: string): Promise<Objects> {
  const root = resolve(folder);
  const drafts = await openDrafts(root);

  /** The path of a key, checked here where it is built: it can never leave the folder. */
  const pathOf = (key: string): string => {
    const path = resolve(root, checkKey(key));
    if (!path.startsWith(root + sep)) throw new Error(`key leaves its folder: ${key}`);
    return path;
  };

  /** What lies in one folder is flushed with it once. */
  const putAll = async (objects: readonly NewObject[]): Promise<void> => {
    const files = objects.map(({ key, content }) => ({
      key,
      content,
      path: pathOf(key),
      draft: join(drafts, randomBytes(12).toString('hex')),
    }));
    const folders = new Set(files.map(({ path }) => dirname(path)));
    try {
      await allEnded(files.map(({ draft, content }) => writeFlushed(draft, content)));
      for (const folder of folders) await makeFolder(root, folder);
      await allEnded(
        files.map(async ({ key, path, draft }) => {
          if (!(await named(draft, path)) && !(await sameBytes(draft, path))) throw new ObjectTakenError(key);
        }),
      );
      for (const folder of folders) await flushFolder(folder);
    } finally {
      await allEnded(files.map(({ draft }) => unlessNothing(() => unlink(draft))));
    }
  };
  const put = (key: string, content: NewObject['content']) => putAll([{ key, content }]);

  return {
    put,
    putStream: put,
    putAll,
    async get(key) {
      const path = pathOf(key);
      return unlessNothing(() => readFile(path));
    },
    async getStream(key, part) {
      const path = pathOf(key);
      // Opened here, so that an object that is removed meanwhile is still read to its end.
      const file = await unlessNothing(() => open(path, 'r'));
      if (file === null) return null;
      if ((await file.stat()).isFile())
        return file.createReadStream(part === undefined ? {} : { start: part.first, end: part.last });
      await file.close();
      return null;
    },
    async size(key) {
      const path = pathOf(key);
      const found = await unlessNothing(() => stat(path));
      return found?.isFile() ? found.size : null;
    },
    list(prefix) {
      checkPrefix(prefix);
      return filesBelow(root, prefix);
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
    async deleteAll(prefix) {
      const path = pathOf(checkPrefix(prefix).slice(0, -1));
      // A file that is being written meanwhile makes the folder hard to remove: then it is tried again.
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    },
    // A file of this machine cannot be read without its server.
    downloadUrl: async () => null,
    // The next opening clears them away.
    unfinished: async () => 0,
    async check() {
      const probe = join(drafts, `check-${randomBytes(6).toString('hex')}`);
      await writeFlushed(probe, new Uint8Array(1));
      await unlink(probe);
      await readdir(drafts);
    },
  };
}

/** No such file; a folder of that name; a file where a folder would be. */
const NOTHING_THERE = new Set(['ENOENT', 'EISDIR', 'ENOTDIR']);

async function unlessNothing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (NOTHING_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Of file systems that know no second name for a file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Gives a draft its name; false when that is taken. */
async function named(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
  }
  if ((await unlessNothing(() => stat(path))) !== null) return false;
  await rename(draft, path);
  return true;
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  if ((await stat(one)).size !== (await stat(other)).size) return false;
  const [first, second] = await Promise.all([hashOf(one), hashOf(other)]);
  return first === second;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function* filesBelow(root: string, prefix: string): AsyncGenerator<ListedObject> {
  for (const name of await namesIn(join(root, prefix))) {
    if (name.endsWith('/')) {
      yield* filesBelow(root, prefix + name);
      continue;
    }
    // Removed since the folder was read: then it is not there.
    const found = await unlessNothing(() => stat(join(root, prefix, name)));
    if (found !== null) yield { key: prefix + name, size_bytes: found.size, writtenAt_ms: found.mtimeMs };
  }
}

/** In the order of whole keys: a folder counts as its name and the slash behind it. Names are ASCII, as keys are. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await unlessNothing(() => readdir(folder, { withFileTypes: true }));
  return (entries ?? []).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
}
