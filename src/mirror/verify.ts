import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { examine } from './recover.ts';
import type { Run } from './run.ts';
import { filesOf } from './state.ts';

/** Folders that hold nothing but what the mirror made. */
const FOLDERS = ['series', 'series-long', 'reports', 'originals'];
const NAMED = 10;

/** Reads every file of the mirror again; what is not what it was is forgotten, and fetched again by the sync that follows. */
export async function verify(run: Run): Promise<void> {
  let total = 0;
  for (const _ of filesOf(run.state)) total++;
  run.progress({ phase: 'verifying', total, open: false });
  const { entries, remove, damaged } = await examine(run.folder, run.state, null, () =>
    run.progress({ done: 1 }),
  );
  if (damaged.length > 0)
    run.notes.push(
      `${damaged.length} of ${total} files were damaged or gone, and are made again: ${listed(damaged)}`,
    );
  else run.notes.push(`${total} files are what they were`);
  await run.settle({ drop: remove, entries });
  const named = new Set([...filesOf(run.state)].map(({ path }) => path));
  const strange: string[] = [];
  for (const folder of FOLDERS) {
    for await (const path of filesBelow(run.folder, folder)) if (!named.has(path)) strange.push(path);
  }
  if (strange.length > 0)
    run.notes.push(`${strange.length} files are not of the mirror, and were left alone: ${listed(strange)}`);
}

const listed = (paths: readonly string[]): string =>
  paths.slice(0, NAMED).join(', ') + (paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '');

async function* filesBelow(root: string, folder: string): AsyncGenerator<string, void, undefined> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else yield path;
  }
}
