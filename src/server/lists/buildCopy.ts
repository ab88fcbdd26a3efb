import { setImmediate as others } from 'node:timers/promises';
import type { Db } from '../../store/db.ts';
import { organizationVersion } from '../../store/organizations.ts';
import { type Position, sessionPage } from '../../store/sessionPage.ts';
import { openNamelessSync } from '../nameless.ts';
import { ListCopy } from './listCopy.ts';

/** Sessions read with one statement. The embedded store is done with it within two milliseconds, for which everybody waits. */
const SLICE = { sqlite: 1000, postgres: 2000 } as const;

/**
 * Reads a whole list, slice by slice. What changes meanwhile may be in it or not: it is a copy of the version at the
 * beginning once the changes since then are applied. Null when it takes more room than there is, or is not wanted any more.
 */
export async function buildCopy(
  db: Db,
  organization: string,
  room_bytes: number,
  stopped: () => boolean,
): Promise<ListCopy | null> {
  const copy = new ListCopy(openNamelessSync(), await organizationVersion(db, organization));
  try {
    for (let after: Position | null = null; ; ) {
      const { items, next } = await sessionPage(db, organization, NEWEST, after, SLICE[db.dialect]);
      copy.append(items);
      if (next === null) return copy.ready();
      if (copy.size_bytes > room_bytes || stopped()) break;
      after = next;
      await others();
    }
  } catch (error) {
    copy.close();
    throw error;
  }
  copy.close();
  return null;
}

const NEWEST = { order: 'newest' } as const;
