import { readFile } from 'node:fs/promises';
import { UsageError } from './explain.ts';

/** The bytes of a file that the command line names; a folder is refused in words. */
export async function readNamedFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw new UsageError(`${file} is a folder; name the files in it`);
    throw error;
  }
}
