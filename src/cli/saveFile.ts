import { randomBytes } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
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
  await checkPlace(file, { force });
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

/** Refuses what has no place to be written to: before long work, that is, and not after it. */
export async function checkPlace(file: string, { force }: { force: boolean }): Promise<void> {
  const folder = await stat(dirname(file)).catch((error) => {
    throw cannotWrite(file, error);
  });
  if (!folder.isDirectory()) throw new UsageError(`${dirname(file)} is no folder`);
  const there = await lookAt(file);
  if (there?.isDirectory()) throw new UsageError(`${file} is a folder; name a file in it`);
  if (there !== null && !force) throw taken(file);
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

const lookAt = (file: string): Promise<Stats | null> => stat(file).catch(() => null);

/** A second name is refused where the name is taken, in one step; a file system without second names can only look first. */
async function nameUnlessTaken(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await lookAt(file)) !== null)
      throw taken(file);
    await rename(part, file);
  }
}
