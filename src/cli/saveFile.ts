import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './explain.ts';

/**
 * Writes a file as it comes in, under a name of its own beside the wanted one, and gives it that name when it is whole and
 * on disk: so a file under the wanted name is never a part of one. What fails or is broken off leaves nothing.
 */
export async function saveFile(
  file: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { force = false, onWritten = (_bytes: number) => {} } = {},
): Promise<number> {
  if (!force && (await isThere(file))) throw taken(file);
  const part = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.part`);
  let bytes = 0;
  const out = await open(part, 'wx').catch((error) => {
    throw cannotWrite(file, error);
  });
  const left = () => rmSync(part, { force: true });
  process.once('exit', left);
  try {
    try {
      for await (const chunk of chunks) {
        await out.writeFile(chunk);
        bytes += chunk.length;
        onWritten(bytes);
      }
      await out.sync();
    } finally {
      await out.close();
    }
    if (force) await rename(part, file);
    else await nameUnlessTaken(part, file);
  } finally {
    await rm(part, { force: true });
    process.off('exit', left);
  }
  return bytes;
}

/** What is wrong with the place, in the words of whoever named it: nobody asked for the name of the part. */
function cannotWrite(file: string, { code, message }: NodeJS.ErrnoException): UsageError {
  const folder = dirname(file);
  if (code === 'ENOENT') return new UsageError(`there is no folder ${folder}`);
  if (code === 'ENOTDIR') return new UsageError(`${folder} is no folder`);
  return new UsageError(`nothing can be written to the folder ${folder}: ${message.split(',', 1)[0]}`);
}

const taken = (file: string): UsageError =>
  new UsageError(`${file} is there already; name another with --output, or replace it with --force`);

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** A second name is refused where the name is taken, in one step; a file system without second names can only look first. */
async function nameUnlessTaken(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await isThere(file))) throw taken(file);
    await rename(part, file);
  }
}
