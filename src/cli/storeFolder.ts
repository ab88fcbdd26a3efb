import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './explain.ts';

/** A mistyped folder would be opened as a new, empty store. What is no folder speaks for itself. */
export function refuseMissingStore(databaseUrl: string): void {
  const folder = /^sqlite:(.*)$/.exec(databaseUrl)?.[1];
  if (folder !== undefined && !existsSync(join(folder, 'kinebase.db')))
    throw new UsageError(`there is no store in ${folder}`);
}
