import { CHANGE_KINDS, type ChangeKind } from '../contract/changes.ts';
import type { Db, Value } from './db.ts';

/**
 * The change feed of an organization: every record under the version of its last change, every deletion under its own. The
 * order of versions is the order of commits (`nextVersion`), so whoever has read everything up to the version that was the
 * last one when they began has missed nothing. A record that is changed again meanwhile moves behind that version, and is
 * found there.
 */
export interface ChangeEntry {
  kind: ChangeKind;
  id: string;
  version: number;
  deleted: boolean;
}

/** A record and the version of its last change. */
export interface Versioned<T> {
  id: string;
  version: number;
  record: T;
}

/**
 * How far somebody has read. Of one version come first the records in the order of their kinds, then the deletions: a
 * record's place among those ten is its lane. `lane` ALL: everything of that version.
 */
export interface FeedPlace {
  version: number;
  lane: number;
  /** Last one read in its lane. */
  id: string;
}

export const LANES = 2 * CHANGE_KINDS.length;
const ALL = LANES;

export const wholeVersion = (version: number): FeedPlace => ({ version, lane: ALL, id: '' });

/**
 * Before the first change. Deletions come too: who begins again because it could not keep its first token has records that
 * may be gone by now.
 */
export const BEGINNING = wholeVersion(0);

interface Lane {
  kind: ChangeKind;
  deleted: boolean;
  table: string;
  version: string;
  id: string;
  /** Beside the organization. */
  where: string;
}

const lane = (kind: ChangeKind, table: string, id: string, version = 'version', where = ''): Lane => ({
  kind,
  deleted: false,
  table,
  version,
  id,
  where,
});

/** A report goes with its session, so the deletion of the one is that of the other. */
const deletions = (kind: ChangeKind): Lane => ({
  kind,
  deleted: true,
  table: 'tombstones',
  version: 'version',
  id: 'record_id',
  where: `and kind = '${kind === 'report' ? 'session' : kind}' `,
});

const LANE_LIST: readonly Lane[] = [
  lane('athlete', 'athletes', 'athlete_id'),
  lane('assessment', 'assessments', 'assessment_id'),
  lane('exercise', 'exercises', 'exercise_id'),
  lane('session', 'sessions', 'session_id', 'version', 'and listed = 1 '),
  lane('report', 'sessions', 'session_id', 'report_changed', 'and listed = 1 '),
  ...CHANGE_KINDS.map(deletions),
];

export interface Feed {
  entries: ChangeEntry[];
  /** Behind the last entry; when nothing follows, behind everything up to the head. */
  place: FeedPlace;
  more: boolean;
}

/**
 * The next changes after a place, of some kinds, up to the version `head`, which must have been read before: each lane is a
 * range of one index, however long the feed. What is in a lane stays in its order; lanes are merged here, because ids of
 * different tables need not be compared in the same way.
 */
export async function changesAfter(
  db: Db,
  organization: string,
  after: FeedPlace,
  head: number,
  kinds: readonly ChangeKind[],
  limit: number,
): Promise<Feed> {
  const end = { entries: [], place: wholeVersion(head), more: false };
  if (after.version > head || (after.version === head && after.lane === ALL)) return { ...end, place: after };
  const values: Value[] = [organization, head, limit + 1];
  const lanes = LANE_LIST.flatMap(({ kind, table, version, id, where }, number) => {
    if (!kinds.includes(kind)) return [];
    const [fromVersion, fromId] = startOf(number, after).map((value) => `$${values.push(value)}`);
    return `select * from (select ${version} as version, ${number} as lane, ${id} as id from ${table}
      where org_id = $1 ${where}and (${version}, ${id}) > (${fromVersion}, ${fromId}) and ${version} <= $2
      order by ${version}, ${id} limit $3) as lane_${number}`;
  });
  const rows = await db
    .within(organization)
    .query<{ version: number; lane: number; id: string }>(lanes.join('\nunion all '), values);
  // Stable: rows of one version and lane stay as they came.
  rows.sort((a, b) => a.version - b.version || a.lane - b.lane);
  const page = rows.slice(0, limit);
  const entries = page.map(({ version, lane, id }) => {
    const { kind, deleted } = LANE_LIST[lane]!;
    return { kind, id, version, deleted };
  });
  if (rows.length <= limit) return { ...end, entries };
  return { entries, place: page.at(-1)!, more: true };
}

/** Version and id behind which a lane goes on. No id is empty, so an empty one leaves the whole version in. */
function startOf(lane: number, after: FeedPlace): [version: number, id: string] {
  if (lane === after.lane) return [after.version, after.id];
  return [lane < after.lane ? after.version + 1 : after.version, ''];
}
