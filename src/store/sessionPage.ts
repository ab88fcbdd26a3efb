import { STAND_ALONE } from '../contract/sessions.ts';
import type { Db, Value } from './db.ts';

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
  /** The sessions' wire texts, escaped, joined by commas; empty when there are none. */
  items: string;
  count: number;
  /** Place of the last session, when more follow it; null at the end. */
  next: Position | null;
}

/**
 * One page after a position: a range of one index, whatever the depth. Free sessions are never listed. Every text names
 * one organization, and each combination of filters is its own text, so that the planner sees plain equalities.
 */
export async function sessionPage(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: Position | null,
  limit: number,
): Promise<SessionPage> {
  const newest = filter.order === 'newest';
  const { where, values } = conditions(organization, filter);
  const range = (position: Position | null) =>
    position === null
      ? { text: where, bound: [...values] }
      : {
          text: `${where} and (recorded_at, session_id) ${newest ? '<' : '>'} ($${values.length + 1}, $${values.length + 2})`,
          bound: [...values, position.recordedAt_us, position.sessionId],
        };
  const direction = newest ? 'desc' : 'asc';
  const page = range(after);
  // The subquery's order is the order in which the aggregate reads it. The last place is the least (greatest) of texts of
  // equal width: time shifted to 17 digits, then the id.
  const rows = await db.query<{ items: string | null; count: number; last: string | null }>(
    `select string_agg(wire, ',') as items, count(*) as count,
            ${newest ? 'min' : 'max'}((recorded_at + ${SHIFT}) || ' ' || session_id) as last
     from (select recorded_at, session_id, wire from sessions where ${page.text}
           order by recorded_at ${direction}, session_id ${direction} limit $${page.bound.length + 1}) as page`,
    [...page.bound, limit],
  );
  const { items, count, last } = rows[0]!;
  if (count < limit || last === null) return { items: items ?? '', count, next: null };
  const position = { recordedAt_us: Number(BigInt(last.slice(0, 17)) - SHIFT), sessionId: last.slice(18) };
  const rest = range(position);
  const more = await db.query(
    `select 1 from sessions where ${rest.text} order by recorded_at ${direction}, session_id ${direction} limit 1`,
    rest.bound,
  );
  return { items: items ?? '', count, next: more.length > 0 ? position : null };
}

/** Makes any time from 1654 to 4500 a number of 17 digits. */
const SHIFT = 20_000_000_000_000_000n;

function conditions(organization: string, filter: SessionFilter): { where: string; values: Value[] } {
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
