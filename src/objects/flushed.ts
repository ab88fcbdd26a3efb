import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file that survives a crash, once its folder is flushed too. */
export async function writeFlushed(
  path: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) await file.writeFile(chunk);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Creates the folders below root and flushes each parent, so that a new folder survives a crash too. */
export async function makeFolder(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let path = folder; path.length >= dirname(first).length && path.startsWith(root); path = dirname(path))
    await flushFolder(path);
}

export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
