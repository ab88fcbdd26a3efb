import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersGo } from 'node:timers/promises';
import { pathWithin } from './disk.ts';
import { examine, isWhole, type Recovery } from './recover.ts';
import type { Run } from './run.ts';
import { filesOf } from './state.ts';

/** Folders that hold nothing but what the mirror made. */
const FOLDERS = ['series', 'series-long', 'reports', 'originals'];
const NAMED = 10;

/** Reads every file of the mirror again; what is not what it was is forgotten, and fetched again by the sync that follows. */
export async function verify(run: Run): Promise<void> {
  const files = [...filesOf(run.state)];
  run.progress({ phase: 'verifying', total: files.length, open: false });
  let read = 0;
  const { damaged, ...recovery } = await examine(run.state, async (file) => {
    // What was not read is not known to be damaged.
    if (run.interrupted()) return true;
    const whole = await isWhole(run.folder, file);
    read++;
    run.progress({ done: 1 });
    return whole;
  });
  if (damaged.length > 0) await mend(run, recovery, damaged, files.length);
  if (run.interrupted()) {
    run.notes.push(`${read} of ${files.length} files were read again before it was interrupted`);
    return;
  }
  if (damaged.length === 0) run.notes.push(`${files.length} files are what they were`);
  const named = new Set(files.map(({ path }) => path));
  const strange: string[] = [];
  for (const folder of FOLDERS) {
    for await (const path of filesBelow(run.folder, folder)) if (!named.has(path)) strange.push(path);
  }
  if (strange.length > 0)
    run.notes.push(`${strange.length} files are not of the mirror, and were left alone: ${listed(strange)}`);
}

/** Whether every file is there, and as long as it was: reads none of them, so that every sync can do it. */
export async function findLost(run: Run): Promise<void> {
  const lost = new Set<string>();
  let total = 0;
  for (const { path, bytes } of filesOf(run.state)) {
    if (++total % SLICE === 0) await othersGo();
    // Asked without waiting: half a million files take two seconds so, and fifteen otherwise.
    const found = statSync(pathWithin(run.folder, path), { throwIfNoEntry: false });
    if (!found?.isFile() || found.size !== bytes) lost.add(path);
  }
  if (lost.size === 0) return;
  const { damaged, ...recovery } = await examine(run.state, ({ path }) => !lost.has(path));
  await mend(run, recovery, damaged, total);
}

const SLICE = 500;

async function mend(run: Run, { remove, entries }: Recovery, damaged: string[], total: number) {
  const what = run.dryRun
    ? 'are damaged or gone, and would be made again'
    : 'were damaged or gone, and are made again';
  run.notes.push(`${damaged.length} of ${total} files ${what}: ${listed(damaged)}`);
  // What is gone is not removed.
  const drop = remove.filter((path) => existsSync(pathWithin(run.folder, path)));
  await run.settle({ drop, entries });
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
