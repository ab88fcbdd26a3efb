import { openFolder } from './filesystem.ts';
import type { Objects } from './objects.ts';

/** Opens `file:FOLDER`. */
export async function openObjects(url: string): Promise<Objects> {
  if (url.startsWith('file:')) {
    return openFolder(url.slice('file:'.length));
  }
  throw new Error(`the objects URL must start with file:, not ${url.split(':')[0]}:`);
}
