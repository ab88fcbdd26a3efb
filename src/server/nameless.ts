import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files in the folder for temporary files that nobody else can open: nothing of them outlives the process. */

export async function openNameless(): Promise<FileHandle> {
  const path = freshPath();
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The same at once; answers the descriptor. */
export function openNamelessSync(): number {
  const path = freshPath();
  const fd = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

const freshPath = () => join(tmpdir(), `kinebase-${randomBytes(12).toString('hex')}`);
