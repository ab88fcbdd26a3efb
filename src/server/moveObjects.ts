import { createHash } from 'node:crypto';
import type { Objects } from '../objects/objects.ts';
import { openObjects } from '../objects/open.ts';
import type { Db } from '../store/db.ts';
import { countSessions, prefixesAfter, type SessionPrefix } from '../store/move/prefixes.ts';
import { listOrganizations } from '../store/organizations.ts';
import type { Config } from './config.ts';
import { namedKeys } from './sessionKeys.ts';

export interface MovedObjects {
  /** That rows name and the target now has. */
  objects: number;
  bytes: number;
  /** Of them, those that it did not have before. */
  copied: number;
  /** That rows name and the source does not have. */
  missing: string[];
}

export type ObjectsPlace = Pick<Config, 'objectsUrl' | 's3'>;

/** Sessions copied at the same time. */
const AT_ONCE = 4;
const SLICE = 500;

/**
 * Copies every object that a row names, unless the target has it, and reads both sides again to compare them. What no row names (of
 * deleted sessions, of uploads that were cut off) stays behind.
 */
export async function moveObjects(
  db: Db,
  source: ObjectsPlace,
  target: ObjectsPlace,
  progress: (done: number, total: number) => void,
): Promise<MovedObjects> {
  const from = await openObjects(source.objectsUrl, source.s3);
  const to = await openObjects(target.objectsUrl, target.s3);
  const moved: MovedObjects = { objects: 0, bytes: 0, copied: 0, missing: [] };
  const organizations = (await listOrganizations(db)).map(({ OrganizationID }) => OrganizationID);
  let total = 0;
  for (const organization of organizations) total += await countSessions(db, organization);
  let done = 0;
  for (const organization of organizations) {
    for await (const slice of slices(db, organization)) {
      const queue = slice.values();
      const work = async () => {
        for (const session of queue) {
          for (const key of await namedKeys(db, organization, session))
            await moveObject(from, to, key, moved);
          progress(++done, total);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    }
  }
  return moved;
}

async function* slices(db: Db, organization: string): AsyncGenerator<SessionPrefix[]> {
  for (let after = ''; ; ) {
    const sessions = await prefixesAfter(db, organization, after, SLICE);
    if (sessions.length > 0) yield sessions;
    if (sessions.length < SLICE) return;
    after = sessions.at(-1)!.sessionId;
  }
}

async function moveObject(from: Objects, to: Objects, key: string, moved: MovedObjects): Promise<void> {
  if ((await to.size(key)) === null) {
    const source = await from.getStream(key);
    if (source === null) {
      moved.missing.push(key);
      return;
    }
    await to.putStream(key, source);
    moved.copied++;
  }
  const [here, there] = [await digest(from, key), await digest(to, key)];
  if (here === null) {
    moved.missing.push(key);
    return;
  }
  if (here.sha256 !== there?.sha256) throw new Error(`the object ${key} differs between source and target`);
  moved.objects++;
  moved.bytes += here.bytes;
}

async function digest(objects: Objects, key: string): Promise<{ sha256: string; bytes: number } | null> {
  const stream = await objects.getStream(key);
  if (stream === null) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
