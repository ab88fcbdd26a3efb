import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';

/** The files of a mirror, as far as it touches them: an argument, so that tests can fill the disk. Paths are absolute. */
export interface Disk {
  /** A new file, flushed when this resolves; when it fails nothing is left of it. */
  write(path: string, content: Content): Promise<void>;
  /** Adds to the end of a file, which comes to be with it; flushed. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  truncate(path: string, bytes: number): Promise<void>;
  /** In one step: whoever reads finds the old file or the new one. */
  rename(from: string, to: string): Promise<void>;
  /** Of a file that is gone too. */
  remove(path: string): Promise<void>;
  /** With the folders around it; new ones are flushed. */
  makeFolder(path: string): Promise<void>;
  /** After this its names survive a crash. */
  flushFolder(path: string): Promise<void>;
}

export type Content = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export const realDisk: Disk = {
  async write(path, content) {
    const file = await open(path, 'wx');
    try {
      try {
        await writeAll(file, content);
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  },
  async append(path, bytes) {
    const file = await open(path, 'a');
    try {
      await writeAll(file, bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  async truncate(path, bytes) {
    const file = await open(path, 'r+');
    try {
      await file.truncate(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    const outermost = dirname(first);
    for (let folder = path; folder.length > outermost.length; ) {
      folder = dirname(folder);
      await realDisk.flushFolder(folder);
    }
  },
  async flushFolder(path) {
    // Windows opens no folders; its own journal keeps the names.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  for await (const chunk of content instanceof Uint8Array ? [content] : content) await file.writeFile(chunk);
}

/** The path of a name in a folder, checked here where it is built: it can never leave the folder. */
export function pathWithin(root: string, name: string): string {
  const path = resolve(root, name);
  if (name === '' || !path.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new Error(`the name ${JSON.stringify(name)} leaves its folder`);
  return path;
}

/** Null where there is no such file. */
export const readIfThere = (path: string): Promise<Buffer | null> => unlessAbsent(readFile(path));

export async function sizeIfThere(path: string): Promise<number | null> {
  const found = await unlessAbsent(stat(path));
  return found?.isFile() ? found.size : null;
}

/** Names in a folder; null where there is no folder. */
export const namesIfThere = (path: string): Promise<string[] | null> => unlessAbsent(readdir(path));

async function unlessAbsent<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
