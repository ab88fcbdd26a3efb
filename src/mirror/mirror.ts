import { randomBytes } from 'node:crypto';
import { rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Disk, namesIfThere, pathWithin, sizeIfThere } from './disk.ts';
import { MirrorError } from './error.ts';
import type { MirrorFormat } from './formats.ts';
import { groupsOf, type Journal, openJournal, readJournal } from './journal.ts';
import { INCOMING, journalPath, LOCKS, MANIFEST, PRIVATE } from './layout.ts';
import { inParallel } from './limit.ts';
import { type Lock, lockFolder } from './lock.ts';
import { LAYOUT, type Manifest, type MirrorSource, readManifest, writeManifest } from './manifest.ts';
import { recoveryOf } from './recover.ts';
import { refuseOtherSource } from './source.ts';
import {
  apply,
  type Entry,
  emptyState,
  entriesOf,
  filesOf,
  type MirrorState,
  RECORD_KINDS,
  sameRecord,
} from './state.ts';

/** What a sync knows of its folder, and how it changes it. */
export interface OpenFolder {
  readonly folder: string;
  readonly state: MirrorState;
  readonly formats: readonly MirrorFormat[];
  /** Where a file may be written before it gets its name. */
  incoming(): string;
  /** Makes a change of the mirror; one at a time, in the order of the calls. */
  settle(change: MirrorChange): Promise<void>;
}

/** A folder that is being synced. */
export interface Mirror extends OpenFolder {
  /** What was found wrong with the folder, and mended. */
  readonly notes: readonly string[];
  /** Writes down that the mirror is complete, or that it is not. */
  finish(complete: boolean, at: string): Promise<void>;
  close(): Promise<void>;
}

export interface MirrorChange {
  /** Files that are flushed under a name of `incoming`, and what they are to be called. */
  put?: readonly { from: string; path: string }[];
  /** Files that are to go. */
  drop?: readonly string[];
  /** What is so when all of that is done. */
  entries: readonly Entry[];
}

export interface OpenOptions {
  folder: string;
  source: MirrorSource;
  /** null: those that the mirror has, or Parquet. */
  formats: readonly MirrorFormat[] | null;
  /** The server is at another URL than before. */
  moved: boolean;
  disk: Disk;
}

/** For a look at what a sync would do: changes are made in memory alone. */
export async function peek(options: OpenOptions): Promise<OpenFolder> {
  const { formats } = options;
  const folder = resolve(options.folder);
  const manifest = await ownManifest(folder, options);
  const read = manifest && (await readJournal(pathWithin(folder, manifest.journal)));
  const state = stateOf(read?.entries ?? []);
  return {
    folder,
    state,
    formats: formats ?? manifest?.formats ?? ['parquet'],
    incoming: () => '',
    async settle({ entries }) {
      for (const entry of entries) apply(state, entry);
    },
  };
}

export async function openMirror(options: OpenOptions): Promise<Mirror> {
  const { disk } = options;
  const folder = resolve(options.folder);
  const inside = (path: string) => pathWithin(folder, path);
  // Before anything is made in it.
  await manifestOf(folder);
  await disk.makeFolder(inside(INCOMING));
  const lock = await lockFolder(disk, inside(LOCKS));
  try {
    return await openLocked(folder, options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(folder: string, options: OpenOptions, lock: Lock): Promise<Mirror> {
  const { source, formats: wanted, disk } = options;
  const inside = (path: string) => pathWithin(folder, path);
  const notes: string[] = [];
  const before = await ownManifest(folder, options);
  const formats = wanted ?? before?.formats ?? ['parquet'];
  let manifest: Manifest = {
    lastComplete: null,
    ...before,
    kinebaseMirror: LAYOUT,
    source,
    formats: [...formats],
    journal: before?.journal ?? (await freshJournal(folder)),
  };
  const read = await readJournal(inside(manifest.journal));
  if (read === null && before !== null && before.lastComplete !== null)
    notes.push(`${manifest.journal} is gone: everything is fetched again`);
  if (read?.damaged)
    notes.push(
      `${manifest.journal} is damaged: what it said behind that place is compared with the server again`,
    );
  const state = stateOf(read?.entries ?? []);
  if (read !== null && (await sizeIfThere(inside(manifest.journal))) !== read.sound_bytes)
    await disk.truncate(inside(manifest.journal), read.sound_bytes);
  let journal = openJournal(disk, inside(manifest.journal), read?.entries.length ?? 0);
  await writeManifest(disk, folder, manifest);
  await clearIncoming(folder, disk, manifest);
  if (state.unfinished !== null) {
    const { entries, remove } = await recoveryOf(folder, state, state.unfinished);
    for (const path of remove) await disk.remove(inside(path));
    await write(journal, state, entries);
  }

  const known = new Set<string>();
  const makeFolder = async (path: string) => {
    if (known.has(path)) return;
    await disk.makeFolder(path);
    known.add(path);
  };
  const makeChange = async ({ put = [], drop = [], entries }: MirrorChange): Promise<void> => {
    await lock.assertHeld();
    const stays = new Set(put.map(({ path }) => path));
    const goes = drop.filter((path) => !stays.has(path));
    if (stays.size + goes.length > 0) await journal.append([{ kind: 'intent', paths: [...stays, ...goes] }]);
    const folders = new Set([...stays, ...goes].map((path) => dirname(inside(path))));
    for (const path of stays) await makeFolder(dirname(inside(path)));
    await inParallel(put, RENAMES, ({ from, path }) => disk.rename(from, inside(path)));
    await inParallel(goes, RENAMES, (path) => disk.remove(inside(path)));
    await inParallel([...folders], RENAMES, (path) => flushIfThere(disk, path));
    await write(journal, state, entries);
    for (const path of goes) await removeEmpty(folder, dirname(inside(path)), known);
  };

  let last: Promise<unknown> = Promise.resolve();
  let incoming = 0;
  return {
    folder,
    state,
    formats,
    notes,
    incoming: () => inside(`${INCOMING}/${incoming++}`),
    settle(change) {
      const done = last.then(() => makeChange(change));
      last = done.catch(() => {});
      return done;
    },
    async finish(complete, at) {
      await lock.assertHeld();
      if (complete) manifest = { ...manifest, lastComplete: { at, ...sizeOf(state) } };
      if (!isWorthIt(journal, state)) return writeManifest(disk, folder, manifest);
      const path = await rewriteJournal(folder, disk, state, manifest.journal);
      const old = manifest.journal;
      manifest = { ...manifest, journal: path };
      await writeManifest(disk, folder, manifest);
      journal = openJournal(disk, inside(path), linesOf(state));
      await disk.remove(inside(old));
    },
    close: lock.release,
  };
}

const RENAMES = 16;

async function write(journal: Journal, state: MirrorState, entries: readonly Entry[]): Promise<void> {
  await journal.append(entries);
  for (const entry of entries) apply(state, entry);
}

function stateOf(entries: readonly Entry[]): MirrorState {
  const state = emptyState();
  for (const entry of entries) apply(state, entry);
  return state;
}

/** Null for a new mirror. Throws MirrorError where the folder is of another source, or holds something else. */
async function ownManifest(folder: string, { source, moved }: OpenOptions): Promise<Manifest | null> {
  const manifest = await manifestOf(folder);
  if (manifest === null) return null;
  // Of a first sync that failed before anything came of it: the folder is nobody's yet.
  const isEmpty = manifest.lastComplete === null && (await visibleIn(folder)).length === 0;
  if (isEmpty && !sameRecord(manifest.source, source)) return null;
  refuseOtherSource(folder, manifest.source, source, moved);
  return manifest;
}

/** A name that no journal has: one that is there and that no manifest names may be of another source. */
async function freshJournal(folder: string): Promise<string> {
  const names = (await namesIfThere(pathWithin(folder, PRIVATE))) ?? [];
  const numbers = names.map((name) => Number(/^journal-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0));
  return journalPath(1 + Math.max(0, ...numbers));
}

/** Names of what is not the mirror's own. */
const visibleIn = async (folder: string): Promise<string[]> =>
  ((await namesIfThere(folder)) ?? []).filter(
    (name) => name !== PRIVATE && name !== MANIFEST && name !== `${MANIFEST}.new`,
  );

/** Null for a new mirror. Throws MirrorError for a folder that holds something else. */
async function manifestOf(folder: string): Promise<Manifest | null> {
  const manifest = await readManifest(folder);
  if (manifest !== null) return manifest;
  const others = await visibleIn(folder);
  if (others.length === 0) return null;
  const [first] = others.sort();
  throw new MirrorError(
    'not_a_mirror',
    `${folder} is no mirror and not empty (it holds ${JSON.stringify(first)}): choose an empty folder`,
  );
}

/** What a killed sync was writing, and journals that no manifest names any more. */
async function clearIncoming(folder: string, disk: Disk, { journal }: Manifest): Promise<void> {
  const inside = (path: string) => pathWithin(folder, path);
  for (const name of (await namesIfThere(inside(INCOMING))) ?? [])
    await disk.remove(inside(`${INCOMING}/${name}`));
  for (const name of (await namesIfThere(inside(PRIVATE))) ?? [])
    if (/^journal-/.test(name) && `${PRIVATE}/${name}` !== journal)
      await disk.remove(inside(`${PRIVATE}/${name}`));
}

async function flushIfThere(disk: Disk, folder: string): Promise<void> {
  await disk.flushFolder(folder).catch((error) => {
    // A folder of files that were to go may be gone with them.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

/** Folders that have become empty, up to the mirror's own. */
async function removeEmpty(root: string, start: string, known: Set<string>): Promise<void> {
  for (let folder = start; folder !== root; folder = dirname(folder)) {
    try {
      await rmdir(folder);
      known.delete(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return;
    }
  }
}

const linesOf = ({ athletes, assessments, exercises, sessions, reports, tables }: MirrorState): number =>
  athletes.size +
  assessments.size +
  exercises.size +
  sessions.size +
  reports.size +
  tables.size +
  RECORD_KINDS.length +
  1;

/** A journal is written anew when more than half of it is history. */
const isWorthIt = (journal: Journal, state: MirrorState): boolean =>
  journal.lines > 2 * linesOf(state) + 1000;

async function rewriteJournal(folder: string, disk: Disk, state: MirrorState, old: string): Promise<string> {
  const path = journalPath(Number(/(\d+)\.jsonl$/.exec(old)?.[1] ?? 0) + 1);
  const fresh = pathWithin(folder, `${INCOMING}/${randomBytes(6).toString('hex')}`);
  await disk.write(fresh, groupsOf(entriesOf(state)));
  await disk.rename(fresh, pathWithin(folder, path));
  await disk.flushFolder(pathWithin(folder, PRIVATE));
  return path;
}

function sizeOf(state: MirrorState): { sessions: number; files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const file of filesOf(state)) {
    files++;
    bytes += file.bytes;
  }
  return { sessions: state.sessions.size, files, bytes };
}
