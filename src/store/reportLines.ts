import type { Db, Value } from './db.ts';
import {
  conditions,
  FIRST_MEMBER,
  lastPosition,
  type Position,
  pageRange,
  type SessionFilter,
} from './sessionPage.ts';

/**
 * Sessions with the lines of their current reports, one session a line. Both texts are of the same sessions in the same
 * order; '' when there is none.
 */
export interface ReportLines {
  /** The wire texts, escaped, with an escaped end of line between. */
  sessions: string;
  /** Version of the report, a blank, and its lines as text; nothing behind the blank where they are not at hand. */
  reports: string;
}

/** An end of line as it stands inside a JSON string. */
const END_OF_LINE = '\\n';

/** A session's line: looked up for each, because a join would not keep the order in which lines are put together. */
const REPORT = (session: string) =>
  `${session}.report_version || ' ' || coalesce((select flat from reports where reports.org_id = $1
     and reports.session_id = ${session}.session_id and reports.report_version = ${session}.report_version), '')`;

export interface ReportSlice extends ReportLines {
  /** Where the next slice begins; null: there is none. */
  last: string | null;
}

/** The reports of a stretch of all sessions: as `sessionSlice`. */
export async function reportSlice(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: string,
  size: number,
): Promise<ReportSlice> {
  const { where, values } = conditions(organization, filter);
  const bind = (value: Value) => `$${values.push(value)}`;
  const [from, limit, between, end] = [bind(after), bind(size), bind(END_OF_LINE), bind('\n')];
  // The subquery's order is the order in which the aggregates read it.
  const rows = await db.within(organization).query<{
    sessions: string | null;
    reports: string | null;
    last: string | null;
    count: number;
  }>(
    `select string_agg(wire, ${between}) filter (where ${where}) as sessions,
       string_agg(${REPORT('slice')}, ${end}) filter (where ${where}) as reports,
       max(session_id) as last, count(*) as count
     from (select org_id, session_id, listed, athlete_id, exercise_id, assessment_id, session_name, recorded_at, wire, report_version
           from sessions where org_id = $1 and session_id > ${from}
           order by session_id limit ${limit}) as slice`,
    values,
  );
  const { sessions, reports, last, count } = rows[0]!;
  return { sessions: sessions ?? '', reports: reports ?? '', last: count < size ? null : last };
}

export interface ReportPage extends ReportLines {
  /** Place of the last session, when more follow it; null at the end. */
  next: Position | null;
}

/** The reports of one page of sessions: as `sessionPage`. */
export async function reportPage(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: Position | null,
  limit: number,
): Promise<ReportPage> {
  const { range, values } = pageRange(organization, filter, after, limit + 1);
  const [between, end] = [END_OF_LINE, '\n'].map((value) => `$${values.push(value)}`);
  const rows = await db.within(organization).query<{
    sessions: string | null;
    reports: string | null;
    count: number;
  }>(
    `select string_agg(wire, ${between}) as sessions, string_agg(${REPORT('page')}, ${end}) as reports, count(*) as count
     from (select session_id, wire, report_version from sessions where ${range}) as page`,
    values,
  );
  const { sessions, reports, count } = rows[0]!;
  if (count <= limit) return { sessions: sessions ?? '', reports: reports ?? '', next: null };
  const kept = sessions!.slice(0, sessions!.lastIndexOf(END_OF_LINE + FIRST_MEMBER));
  return {
    sessions: kept,
    reports: reports!.slice(0, reports!.lastIndexOf('\n')),
    next: lastPosition(kept),
  };
}
