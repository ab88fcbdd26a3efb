import type { ListedObject } from '../objects/objects.ts';
import type { Db } from '../store/db.ts';
import { isLoose } from '../store/looseObjects.ts';
import { prefixesAfter, type SessionPrefix } from '../store/move/prefixes.ts';
import { listOrganizations } from '../store/organizations.ts';
import { getSession } from '../store/sessions.ts';
import type { Deps } from './call.ts';
import { namedKeys } from './sessionKeys.ts';
import { objectsOf, sessionIdOf } from './sessionObjects.ts';

export interface Counted {
  objects: number;
  bytes: number;
}

export interface Comparison {
  sessions: number;
  stored: Counted;
  /** Objects that no row names, and have lain there for a day. */
  strays: Counted;
  /** Objects of organizations that there are no rows of: another database's, or this is the wrong one. Never removed. */
  foreign: Counted;
  /** Objects that rows name and the store does not have. */
  missing: number;
  /** Uploads in parts that were begun a day ago and never ended. */
  unfinished: number;
}

export interface Findings {
  stray(key: string): void;
  missing(organization: string, sessionId: string, key: string): void;
}

/** Younger ones may be of an upload that has no row yet. */
const OLD_MS = 86_400_000;
const SLICE = 1000;

/** What lies below one session's prefix. */
interface Folder {
  organization: string;
  prefix: string;
  found: ListedObject[];
}

type Comparing = Pick<Deps, 'db' | 'objects' | 'now'>;

/**
 * Compares everything that is stored with everything that rows name, whichever store it is: both are read once, in the
 * order of their keys, an organization after the other, and no more than one session is in memory. Neither stands still
 * meanwhile, so what seems wrong is looked up again before it counts. `remove` removes the strays, and nothing else.
 */
export async function compareObjects(
  deps: Comparing,
  { remove, findings }: { remove: boolean; findings: Findings },
): Promise<Comparison> {
  const { db, objects } = deps;
  const old_ms = deps.now() - OLD_MS;
  const result: Comparison = {
    sessions: 0,
    stored: { objects: 0, bytes: 0 },
    strays: { objects: 0, bytes: 0 },
    foreign: { objects: 0, bytes: 0 },
    missing: 0,
    unfinished: await objects.unfinished(old_ms, remove),
  };

  const judgeStray = async ({ organization, prefix }: Folder, object: ListedObject) => {
    if (object.writtenAt_ms >= old_ms) return;
    const [attempt] = object.key.slice(objectsOf(organization, prefix).length).split('/');
    // In this order: what is loose no more has its row by then, or is gone.
    if (await isLoose(db, organization, prefix, `${prefix}/${attempt}`)) return;
    if (await isNamed(db, organization, prefix, object.key)) return;
    if ((await objects.size(object.key)) === null) return;
    count(result.strays, object.size_bytes);
    findings.stray(object.key);
    if (remove) await objects.delete(object.key);
  };

  const compareSession = async (session: SessionPrefix, folder: Folder) => {
    const { organization, found } = folder;
    const { sessionId } = session;
    result.sessions++;
    const named = await namedKeys(db, organization, session);
    for (const object of found) if (!named.delete(object.key)) await judgeStray(folder, object);
    for (const key of named) {
      if ((await objects.size(key)) !== null) continue;
      // Removed meanwhile, it lacks nothing.
      if ((await getSession(db, organization, sessionId)) === null) continue;
      result.missing++;
      findings.missing(organization, sessionId, key);
    }
  };

  /** The list has nothing of it, or has it in another place: ids need not be ordered as the keys made of them. */
  const compareAlone = async (organization: string, session: SessionPrefix) => {
    const found: ListedObject[] = [];
    for await (const object of objects.list(objectsOf(organization, session.prefix))) found.push(object);
    await compareSession(session, { organization, prefix: session.prefix, found });
  };

  const known = new Set((await listOrganizations(db)).map(({ OrganizationID }) => OrganizationID));
  const unseen = new Set(known);
  let organization = '';
  let rows: AsyncGenerator<SessionPrefix, null> | null = null;
  let row: SessionPrefix | null = null;
  const next = async () => {
    row = rows === null ? null : (await rows.next()).value;
  };
  const finish = async () => {
    for (; row !== null; await next()) await compareAlone(organization, row);
  };
  const begin = async (name: string) => {
    await finish();
    organization = name;
    unseen.delete(name);
    rows = rowsOf(deps, name);
    await next();
  };

  for await (const folder of foldersIn(objects.list('org/'), result.stored)) {
    if (!known.has(folder.organization)) {
      for (const { size_bytes } of folder.found) count(result.foreign, size_bytes);
      continue;
    }
    if (folder.organization !== organization) await begin(folder.organization);
    for (; row !== null && prefixOf(row) < folder.prefix; await next()) await compareAlone(organization, row);
    if (row !== null && prefixOf(row) === folder.prefix) {
      await compareSession(row, folder);
      await next();
    } else {
      for (const object of folder.found) await judgeStray(folder, object);
    }
  }
  for (const name of [...unseen]) await begin(name);
  await finish();
  return result;
}

/** Whether a row names the key now: of a session recorded meanwhile, or one whose row is ordered elsewhere. */
async function isNamed(db: Db, organization: string, prefix: string, key: string): Promise<boolean> {
  const sessionId = sessionIdOf(prefix);
  const session = await getSession(db, organization, sessionId);
  if (session?.objects !== prefix) return false;
  return (await namedKeys(db, organization, { sessionId, prefix })).has(key);
}

function count(counted: Counted, size_bytes: number): void {
  counted.objects++;
  counted.bytes += size_bytes;
}

const prefixOf = ({ prefix }: SessionPrefix): string => prefix;

async function* rowsOf({ db }: Comparing, organization: string): AsyncGenerator<SessionPrefix, null> {
  for (let after = ''; ; ) {
    const slice = await prefixesAfter(db, organization, after, SLICE);
    yield* slice;
    if (slice.length < SLICE) return null;
    after = slice.at(-1)!.sessionId;
  }
}

/** Objects of one session after those of another; each is counted. */
async function* foldersIn(listed: AsyncIterable<ListedObject>, stored: Counted): AsyncGenerator<Folder> {
  let folder = null as Folder | null;
  for await (const object of listed) {
    count(stored, object.size_bytes);
    const [, organization = '', prefix = ''] = object.key.split('/');
    if (folder?.organization !== organization || folder.prefix !== prefix) {
      if (folder !== null) yield folder;
      folder = { organization, prefix, found: [] };
    }
    folder.found.push(object);
  }
  if (folder !== null) yield folder;
}
