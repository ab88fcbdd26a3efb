import type { Db } from '../../store/db.ts';
import { type ListChanges, listChanges } from '../../store/listedSessions.ts';
import type { Log } from '../log.ts';
import { buildCopy } from './buildCopy.ts';
import type { ListCopy } from './listCopy.ts';

/**
 * Copies of the lists of organizations that are asked for again and again: whoever asks for a page at any place is answered
 * from the copy of this process, once that has every change up to the organization's version.
 */
export interface Lists {
  /**
   * A copy that has every change up to a version; at once where it has them already. Null: there is none, ask the store. It
   * is good until others have had a turn.
   */
  at(organization: string, version: number): ListCopy | null | Promise<ListCopy | null>;
  close(): void;
}

/** Pages asked for before a copy is worth making, which reads the whole list. */
const ASKED_BEFORE = 3;
/** Changes that are applied one by one; after more, the copy is made anew. */
const MOST_CHANGES = 2000;
/** A copy that is made anew takes no more than a tenth of the time since it was made last. */
const REST = 10;
const LEAST_REST_MS = 1000;
/** What did not fit is not tried again for a while, and what was asked for within one is not given up for another. */
const LARGE_REST_MS = 600_000;
const IN_USE_MS = 60_000;
const MOST_COPIES = 500;

interface Entry {
  copy: ListCopy | null;
  asked: number;
  asked_ms: number;
  /** No new copy before. */
  rests_until_ms: number;
  isBuilding: boolean;
  bringing?: Promise<ListCopy | null> | undefined;
}

export interface ListsSettings {
  db: Db;
  log: Log;
  /** Disk that all copies may take. */
  limit_bytes: number;
  now: () => number;
}

export function createLists({ db, log, limit_bytes, now }: ListsSettings): Lists {
  /** In the order in which they were asked for. */
  const entries = new Map<string, Entry>();
  const waiting = new Set<string>();
  let building = false;
  let closed = false;

  const entryOf = (organization: string): Entry => {
    const entry = entries.get(organization) ?? {
      copy: null,
      asked: 0,
      asked_ms: 0,
      rests_until_ms: 0,
      isBuilding: false,
    };
    entries.delete(organization);
    entries.set(organization, entry);
    entry.asked_ms = now();
    return entry;
  };
  const drop = (entry: Entry) => {
    entry.copy?.close();
    entry.copy = null;
  };
  const want = (organization: string, entry: Entry) => {
    if (entry.isBuilding || closed || limit_bytes === 0 || now() < entry.rests_until_ms) return;
    waiting.add(organization);
    if (!building) void buildAll();
  };

  /** One after the other: each takes turns with whoever asks for pages. */
  const buildAll = async () => {
    building = true;
    for (const organization of waiting) {
      const entry = entries.get(organization)!;
      entry.isBuilding = true;
      waiting.delete(organization);
      if (!closed) await build(organization, entry);
      entry.isBuilding = false;
    }
    building = false;
  };
  const build = async (organization: string, entry: Entry) => {
    const started_ms = now();
    try {
      const copy = await buildCopy(db, organization, limit_bytes, () => closed);
      const ended_ms = now();
      entry.rests_until_ms = ended_ms + Math.max(LEAST_REST_MS, REST * (ended_ms - started_ms));
      if (copy === null || closed || !makeRoom(organization, copy.size_bytes)) {
        copy?.close();
        entry.rests_until_ms = ended_ms + LARGE_REST_MS;
        return;
      }
      drop(entry);
      entry.copy = copy;
    } catch (error) {
      giveUp(organization, entry, error);
    }
  };
  const giveUp = (organization: string, entry: Entry, error: unknown) => {
    entry.rests_until_ms = now() + LARGE_REST_MS;
    if (!closed)
      log.warn(
        { err: error, organization },
        'no copy of a list of sessions: its pages are read from the store',
      );
  };

  /** Gives up what was not asked for lately; whether that is enough for a copy of so many bytes. */
  const makeRoom = (organization: string, bytes: number): boolean => {
    const others = [...entries].filter(([name, { copy }]) => name !== organization && copy !== null);
    let taken = others.reduce((sum, [, { copy }]) => sum + copy!.size_bytes, bytes);
    let count = others.length + 1;
    for (const [, entry] of others) {
      if ((taken <= limit_bytes && count <= MOST_COPIES) || now() - entry.asked_ms < IN_USE_MS) break;
      taken -= entry.copy!.size_bytes;
      count--;
      drop(entry);
    }
    return taken <= limit_bytes && count <= MOST_COPIES;
  };

  /** What is half applied, on a full disk, is no list. */
  const applyTo = (copy: ListCopy, changes: ListChanges, organization: string, entry: Entry) => {
    try {
      copy.apply(changes);
    } catch (error) {
      drop(entry);
      giveUp(organization, entry, error);
    }
  };

  const bring = async (organization: string, entry: Entry): Promise<ListCopy | null> => {
    const { copy } = entry;
    try {
      const changes = await listChanges(db, organization, copy!.version, MOST_CHANGES);
      // It may have been given up meanwhile.
      if (entry.copy !== copy) return entry.copy;
      if (changes === null) drop(entry);
      else applyTo(copy!, changes, organization, entry);
      if (entry.copy === null || copy!.isWorn) want(organization, entry);
      return entry.copy;
    } finally {
      entry.bringing = undefined;
    }
  };
  const upTo = async (organization: string, entry: Entry, version: number): Promise<ListCopy | null> => {
    while (entry.copy !== null && entry.copy.version < version) {
      entry.bringing ??= bring(organization, entry);
      await entry.bringing;
    }
    return entry.copy;
  };

  return {
    at(organization, version) {
      if (limit_bytes === 0) return null;
      const entry = entryOf(organization);
      if (entry.copy !== null)
        return entry.copy.version >= version ? entry.copy : upTo(organization, entry, version);
      if (++entry.asked > ASKED_BEFORE) want(organization, entry);
      return null;
    },
    close() {
      closed = true;
      for (const entry of entries.values()) drop(entry);
    },
  };
}
