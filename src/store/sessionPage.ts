import { STAND_ALONE } from '../contract/sessions.ts';
import type { Db, Value } from './db.ts';
import { fromOwnIso } from './time.ts';

/** Which sessions a list holds, and in which order. Times are microseconds. */
export interface SessionFilter {
  athleteIds?: readonly string[];
  exerciseId?: string;
  /** `singleExercise` selects recordings made outside an assessment. */
  assessmentId?: string;
  name?: string;
  /** Recorded at or after. */
  from_us?: number;
  /** Recorded before. */
  before_us?: number;
  order: 'newest' | 'oldest';
}

/** Place of a session in a list: its time of recording, then its id. */
export interface Position {
  recordedAt_us: number;
  sessionId: string;
}

export interface SessionPage {
  /** The sessions' wire texts, escaped, joined by commas, in UTF-8; empty when there are none. */
  items: Buffer;
  count: number;
  /** Place of the last session, when more follow it; null at the end. */
  next: Position | null;
}

/**
 * One page after a position: a range of one index, whatever the depth. Free sessions are never listed. Every text names
 * one organization, and each combination of filters is its own text, so that the planner sees plain equalities.
 *
 * One row more than the page is read, in one value: whether it is there says whether more follows. It is cut off again,
 * and the place of the last session is read off its own text, which carries its id and its time in full.
 */
export async function sessionPage(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: Position | null,
  limit: number,
): Promise<SessionPage> {
  const { range, values } = pageRange(organization, filter, after, limit + 1);
  // The subquery's order is the order in which the aggregate reads it.
  const rows = await db.within(organization).query<{ items: string | null; count: number }>(
    `select string_agg(wire, ',') as items, count(*) as count
     from (select wire from sessions where ${range}) as page`,
    values,
  );
  const { items, count } = rows[0]!;
  if (count <= limit) return { items: Buffer.from(items ?? ''), count, next: null };
  const whole = items!.slice(0, items!.lastIndexOf(NEXT_ITEM));
  return { items: Buffer.from(whole), count: limit, next: lastPosition(whole) };
}

/**
 * Every wire text begins like this. It cannot stand inside one: quotes within a name are escaped once more there, as
 * `\\\"`.
 */
export const FIRST_MEMBER = '{\\"Session ID\\":\\"';
const NEXT_ITEM = `,${FIRST_MEMBER}`;
const POSITION = /^\{\\"Session ID\\":\\"([^\\]+)\\",\\"Date\\":\\"([^\\]+)\\"/;

/** Place of the last of some wire texts. */
export const lastPosition = (items: string): Position =>
  positionOf(items.slice(items.lastIndexOf(FIRST_MEMBER)));

/** Where a session stands in the list, read off the beginning of its wire text. */
export function positionOf(wire: string): Position {
  const [, sessionId, date] = POSITION.exec(wire) ?? [];
  const recordedAt_us = date === undefined ? Number.NaN : fromOwnIso(date);
  if (sessionId === undefined || Number.isNaN(recordedAt_us))
    throw new Error(`a session's wire text is damaged: ${wire}`);
  return { recordedAt_us, sessionId };
}

/** The sessions after a position, as it stands behind `where`, with the values it binds: one range of one index. */
export function pageRange(
  organization: string,
  filter: SessionFilter,
  after: Position | null,
  most: number,
): { range: string; values: Value[] } {
  const [before, direction] = filter.order === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  const { where, values } = conditions(organization, filter);
  const bind = (value: Value) => `$${values.push(value)}`;
  const beyond =
    after === null
      ? ''
      : ` and (recorded_at, session_id) ${before} (${bind(after.recordedAt_us)}, ${bind(after.sessionId)})`;
  const order = `order by recorded_at ${direction}, session_id ${direction} limit ${bind(most)}`;
  return { range: `${where}${beyond} ${order}`, values };
}

/** The filter as it stands behind `where`, with the values it binds; the first of them is the organization. */
export function conditions(organization: string, filter: SessionFilter): { where: string; values: Value[] } {
  const values: Value[] = [organization];
  const bind = (value: Value) => `$${values.push(value)}`;
  const parts = ['org_id = $1', 'listed = 1'];
  if (filter.athleteIds?.length === 1) parts.push(`athlete_id = ${bind(filter.athleteIds[0]!)}`);
  else if (filter.athleteIds) parts.push(`athlete_id in (${filter.athleteIds.map(bind).join(', ')})`);
  if (filter.exerciseId !== undefined) parts.push(`exercise_id = ${bind(filter.exerciseId)}`);
  if (filter.assessmentId === STAND_ALONE) parts.push('assessment_id is null');
  else if (filter.assessmentId !== undefined) parts.push(`assessment_id = ${bind(filter.assessmentId)}`);
  if (filter.name !== undefined) parts.push(`session_name = ${bind(filter.name)}`);
  if (filter.from_us !== undefined) parts.push(`recorded_at >= ${bind(filter.from_us)}`);
  if (filter.before_us !== undefined) parts.push(`recorded_at < ${bind(filter.before_us)}`);
  return { where: parts.join(' and '), values };
}
