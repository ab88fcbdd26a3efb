import { createHash } from 'node:crypto';
import { type Disk, readIfThere } from './disk.ts';
import type { Entry } from './state.ts';

/**
 * What a mirror holds, as lines that are only ever added: so that a sync of one session costs the same in a large mirror as
 * in a small one. Entries come in groups, each closed by a seal over its bytes; a group without its seal never was. A process
 * may be killed at any byte of it.
 */
export interface Journal {
  readonly path: string;
  /** Lines in the file, seals not counted. */
  readonly lines: number;
  /** When this resolves the entries are on the disk, all of them; when it fails, none is. */
  append(entries: readonly Entry[]): Promise<void>;
}

export interface ReadJournal {
  entries: Entry[];
  /** Bytes up to the end of the last whole group. */
  sound_bytes: number;
  /** A group that was whole once and is no more; what comes behind it is not believed. */
  damaged: boolean;
}

const SEAL = /^#([0-9a-f]{64})$/;

export async function readJournal(path: string): Promise<ReadJournal | null> {
  const bytes = await readIfThere(path);
  return bytes === null ? null : parseJournal(bytes);
}

export function parseJournal(bytes: Buffer): ReadJournal {
  const entries: Entry[] = [];
  let sound = 0;
  for (let at = 0; ; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return { entries, sound_bytes: sound, damaged: false };
    if (bytes[at] === 35) {
      const seal = SEAL.exec(bytes.toString('latin1', at, end))?.[1];
      const group = readGroup(bytes.subarray(sound, at), seal);
      // A crash may leave a part of the last group only: a seal behind a damaged one says that it is another fault.
      if (group === null) return { entries, sound_bytes: sound, damaged: sealFollows(bytes, end + 1) };
      for (const entry of group) entries.push(entry);
      sound = end + 1;
    }
    at = end + 1;
  }
}

function readGroup(bytes: Buffer, seal: string | undefined): Entry[] | null {
  if (seal !== digestOf(bytes)) return null;
  try {
    return JSON.parse(`[${bytes.toString('utf8').trimEnd().split('\n').join(',')}]`);
  } catch {
    return null;
  }
}

const sealFollows = (bytes: Buffer, from: number): boolean => bytes.indexOf('\n#', from) >= 0;

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `lines`: how many it has. The file ends with a seal, or is not there. */
export function openJournal(disk: Disk, path: string, lines: number): Journal {
  const journal = {
    path,
    lines,
    async append(entries: readonly Entry[]) {
      if (entries.length === 0) return;
      await disk.append(path, groupOf(entries));
      journal.lines += entries.length;
    },
  };
  return journal;
}

export function groupOf(entries: readonly Entry[]): Buffer {
  const lines = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return Buffer.concat([lines, Buffer.from(`#${digestOf(lines)}\n`)]);
}

/** The groups of a whole journal, some thousand entries each. */
export function* groupsOf(entries: Iterable<Entry>, size = 5000): Iterable<Buffer> {
  let group: Entry[] = [];
  for (const entry of entries) {
    group.push(entry);
    if (group.length < size) continue;
    yield groupOf(group);
    group = [];
  }
  if (group.length > 0) yield groupOf(group);
}
