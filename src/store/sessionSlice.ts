import type { Db } from './db.ts';
import { conditions, type SessionFilter } from './sessionPage.ts';

/** A stretch of all the sessions of an organization, in the order of their ids. */
export interface SessionSlice {
  /** The wire texts of those that match, escaped, each behind the next with an escaped end of line between; '' when none does. */
  lines: string;
  /** Where the next slice begins; null: there is none. */
  last: string | null;
}

/** An end of line as it stands inside a JSON string. */
const END_OF_LINE = '\\n';

/**
 * The next so many sessions after an id, and of them those that match. An id never changes, so a session that is there all
 * the while is in exactly one slice, whatever is recorded, changed and removed meanwhile. The size counts what is looked
 * at and not what matches: a slice is one short statement, however rare a match is.
 */
export async function sessionSlice(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: string,
  size: number,
): Promise<SessionSlice> {
  const { where, values } = conditions(organization, filter);
  const [from, limit, between] = [after, size, END_OF_LINE].map((value) => `$${values.push(value)}`);
  // The subquery's order is the order in which the aggregate reads it.
  const rows = await db
    .within(organization)
    .query<{ lines: string | null; last: string | null; count: number }>(
      `select string_agg(wire, ${between}) filter (where ${where}) as lines, max(session_id) as last, count(*) as count
       from (select org_id, session_id, listed, athlete_id, exercise_id, assessment_id, session_name, recorded_at, wire
             from sessions where org_id = $1 and session_id > ${from}
             order by session_id limit ${limit}) as slice`,
      values,
    );
  const { lines, last, count } = rows[0]!;
  return { lines: lines ?? '', last: count < size ? null : last };
}
