import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pathWithin } from './disk.ts';
import {
  type Entry,
  type FileEntry,
  filesOf,
  type MirroredSession,
  type MirrorState,
  PART_NAMES,
} from './state.ts';

/** What is to be done about a mirror whose files are not what its journal says. */
export interface Recovery {
  /** Files that nobody names, or that are not what they should be. */
  remove: string[];
  /** Forgets what has to be fetched again. */
  entries: Entry[];
}

/**
 * After a sync that was killed while it changed these paths: each of them may be as before, as it was to be, or gone. What
 * the journal does not name goes; what it names stays if it is that, and is fetched again otherwise.
 */
export async function recoveryOf(
  folder: string,
  state: MirrorState,
  paths: readonly string[],
): Promise<Recovery> {
  const touched = new Set(paths);
  const { entries, remove } = await examine(
    state,
    (file) => !touched.has(file.path) || isWhole(folder, file),
  );
  const named = new Set<string>();
  for (const { path } of filesOf(state)) named.add(path);
  return {
    remove: [...paths.filter((path) => !named.has(path)), ...remove],
    // Says at least that the change is no longer under way.
    entries: [...entries, { kind: 'token', token: state.token }],
  };
}

/** What is to be done about files that are not as they should be. */
export async function examine(
  state: MirrorState,
  isGood: (file: FileEntry) => boolean | Promise<boolean>,
): Promise<Recovery & { damaged: string[] }> {
  const remove: string[] = [];
  const damaged: string[] = [];
  const isSound = async (file: FileEntry) => {
    const good = await isGood(file);
    if (!good) damaged.push(file.path);
    return good;
  };
  const entries: Entry[] = [];
  for (const file of state.tables.values()) {
    if (await isSound(file)) continue;
    entries.push({ kind: 'table', path: file.path, table: null });
    remove.push(file.path);
  }
  for (const [id, session] of state.sessions) {
    const parts: MirroredSession['parts'] = {};
    let lost = false;
    for (const name of PART_NAMES) {
      const part = session.parts[name];
      if (part === undefined) continue;
      const good = await Promise.all(part.files.map(isSound));
      if (!good.includes(false)) parts[name] = part;
      else {
        lost = true;
        // A part is fetched as a whole: what is left of it would be named by nobody.
        remove.push(...part.files.map(({ path }) => path));
      }
    }
    if (lost) entries.push({ kind: 'session', id, ...session, parts });
  }
  return { entries, remove, damaged };
}

export async function isWhole(folder: string, { path, sha256, bytes }: FileEntry): Promise<boolean> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const chunk of createReadStream(pathWithin(folder, path), { highWaterMark: 1 << 18 })) {
      hash.update(chunk);
      read += chunk.length;
    }
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  return read === bytes && hash.digest('hex') === sha256;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);
