import {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type Changes,
  type ChangesQuery,
  NOW,
  type Upsert,
} from '../contract/changes.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../contract/page.ts';
import { assessmentsAt } from '../store/assessments.ts';
import { athletesAt } from '../store/athletes.ts';
import { BEGINNING, type ChangeEntry, changesAfter, type Versioned, wholeVersion } from '../store/changes.ts';
import type { Db } from '../store/db.ts';
import { exercisesAt } from '../store/exercises.ts';
import { currentReportsAt } from '../store/reports.ts';
import { sessionsAt } from '../store/sessions.ts';
import type { Handler } from './call.ts';
import { readChangeToken, writeChangeToken } from './changeToken.ts';
import { ApiError } from './errors.ts';
import { etagOf, names } from './etag.ts';
import { readQuery } from './input.ts';

/**
 * The feed after a token. Nothing is asked of the store but the organization's version while there is nothing new: a client
 * may look as often as it likes.
 */
export const list: Handler = async (deps, { organization, query, headers, form }) => {
  const { db, cursorSecret } = deps;
  const { since, kinds: named, limit = DEFAULT_LIMIT } = readQuery<ChangesQuery>('ChangesQuery', query);
  const kinds = readKinds(named);
  // A token that is not ours is refused before anything is asked of the store.
  const from =
    since === undefined || since === NOW ? BEGINNING : readChangeToken(cursorSecret, organization, since);
  const head = await deps.versions(organization);
  const after = since === NOW ? wholeVersion(head) : from;
  if (after.version > head) throw lost(after.version, head);
  const key = JSON.stringify([form, since, kinds, limit]);
  // The same answer may leave zipped or plain, so that the ETag is a weak one.
  const etag = etagOf(key, head);
  const has = headers['if-none-match'];
  const cached = { etag: `W/${etag}`, 'cache-control': 'private, no-cache', vary: VARY };
  if (has !== undefined && names(has, etag)) return { kind: 'bytes', status: 304, headers: cached, body: '' };
  const { entries, place, more } = await changesAfter(
    db,
    organization,
    after,
    head,
    kinds,
    Math.min(limit, MAX_LIMIT),
  );
  const value: Changes = {
    changes: await withRecords(db, organization, entries),
    token: writeChangeToken(cursorSecret, organization, place),
    hasMore: more,
  };
  return { kind: 'value', value, headers: cached };
};

const VARY = 'Accept-Encoding, Prefer, Authorization';

export function readKinds(text: string | undefined): ChangeKind[] {
  if (text === undefined) return [...CHANGE_KINDS];
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !CHANGE_KINDS.some((kind) => kind === word));
  if (unknown !== undefined) {
    throw new ApiError(
      'invalid_parameter',
      `Query parameter kinds must be some of ${CHANGE_KINDS.join(', ')}, separated by commas, not ${JSON.stringify(unknown.slice(0, 60))}.`,
    );
  }
  return CHANGE_KINDS.filter((kind) => words.includes(kind));
}

const lost = (version: number, head: number): ApiError =>
  new ApiError(
    'changes_lost',
    `Your token is of version ${version}, but the organization is at version ${head}: a backup was put back. Begin again without since, and forget what the feed does not bring.`,
  );

type Lookup = (
  db: Db,
  organization: string,
  first: number,
  last: number,
) => Promise<Versioned<Upsert<ChangeKind>['record']>[]>;

const LOOKUPS: Readonly<Record<ChangeKind, Lookup>> = {
  athlete: athletesAt,
  assessment: assessmentsAt,
  exercise: exercisesAt,
  session: sessionsAt,
  report: currentReportsAt,
};

/**
 * Entries with what they tell of. What was changed or removed since they were found is left out: it stands further on in
 * the feed, behind the version that they were read up to.
 */
async function withRecords(db: Db, organization: string, entries: readonly ChangeEntry[]): Promise<Change[]> {
  const found = new Map<string, Upsert<ChangeKind>['record']>();
  const keyOf = ({ kind, id, version }: Omit<ChangeEntry, 'deleted'>) => `${version} ${kind} ${id}`;
  for (const kind of CHANGE_KINDS) {
    const versions = entries
      .filter((entry) => entry.kind === kind && !entry.deleted)
      .map((entry) => entry.version);
    if (versions.length === 0) continue;
    const records = await LOOKUPS[kind](db, organization, versions[0]!, versions.at(-1)!);
    for (const { id, version, record } of records) found.set(keyOf({ kind, id, version }), record);
  }
  return entries.flatMap((entry): Change[] => {
    if (entry.deleted) return [{ ...entry, deleted: true, record: null }];
    const record = found.get(keyOf(entry));
    return record === undefined ? [] : [{ ...entry, record } as Change];
  });
}
