import { isDay, offsetsOf, startOfDay } from '../contract/days.ts';
import type { Session } from '../contract/sessions.ts';
import { fromIso } from '../contract/time.ts';
import type { Beyond } from './call.ts';
import { KinebaseError } from './errors.ts';

/** Which sessions; all filters must hold. */
export interface SessionFilters {
  /** One athlete, or several. */
  athleteID?: string | readonly string[];
  exerciseID?: string;
  /** An assessment, or `singleExercise`. */
  assessmentID?: string;
  /** Exactly this Session Name. */
  name?: string;
  /** Recorded at or after: a time, or a date as text that means the day in `timeZone`. */
  from?: string | Date;
  /** Recorded at or before; a date as text includes that day. */
  to?: string | Date;
  /** IANA name for bare dates, such as Europe/Berlin; UTC when absent. */
  timeZone?: string;
  /** `newest` first when absent. */
  order?: 'newest' | 'oldest';
  /** Sessions per page, 1 to 5000; 1000 when absent, and from the second page on what the server gives at most. */
  limit?: number;
}

/** Which sessions are exported: there are no pages, and the order is that of the ids. */
export type ExportFilters = Omit<SessionFilters, 'order' | 'limit'>;

/**
 * What becomes of filters where the server knows only the contract's: one athlete, and the size of a page. It would leave
 * the others unheeded, so the sessions that it sends are sorted out here, by the same rules as on a server of ours.
 */
export function beyondFilters(filters: SessionFilters): Beyond | undefined {
  const { athleteID, limit, order, ...rest } = filters;
  const athletes = athletesOf(filters);
  if (athletes.length < 2 && order !== 'oldest' && Object.values(rest).every((value) => !value))
    return undefined;
  return {
    query: { athleteID: athletes.length === 1 ? athletes[0] : undefined, limit },
    finish: (sessions) => (Array.isArray(sessions) ? sessions.filter(matching(filters)) : sessions),
    lacking: order === 'oldest' ? ['order=oldest'] : [],
  };
}

const athletesOf = ({ athleteID }: SessionFilters): string[] =>
  athleteID === undefined ? [] : [athleteID].flat().flatMap((ids) => ids.split(','));

/** Which sessions a server's list with these filters holds. Throws KinebaseError for times that are none. */
export function matching(filters: SessionFilters): (session: Session) => boolean {
  const { exerciseID, assessmentID, name, from, to, timeZone } = filters;
  const ids = new Set(
    athletesOf(filters)
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  );
  const from_us = from ? bound_us('from', from, 0, timeZone) : -Infinity;
  const before_us = to ? bound_us('to', to, 1, timeZone) : Infinity;
  const timed = Boolean(from || to);
  return (session) => {
    if (ids.size > 0 && !ids.has(session['Athlete ID'])) return false;
    if (exerciseID && session['Exercise ID'] !== exerciseID) return false;
    if (assessmentID && session['Assessment ID'] !== assessmentID) return false;
    if (name && session['Session Name'] !== name) return false;
    if (!timed) return true;
    const at_us = recordedAt_us(session.Date);
    return at_us >= from_us && at_us < before_us;
  };
}

/** The first microsecond that counts, or with `days` the first that does not count any more. */
function bound_us(name: string, at: string | Date, days: 0 | 1, timeZone: string | undefined): number {
  const text = typeof at === 'string' ? at : at.toISOString();
  const time_us = fromIso(text);
  if (time_us === null)
    throw new KinebaseError('invalid_parameter', `${name} must be a date or time in ISO 8601, not ${text}.`);
  return isDay(text) ? startOfDay(time_us, days, timeZone ? zone(timeZone) : null) : time_us + days;
}

function zone(timeZone: string): Intl.DateTimeFormat {
  try {
    return offsetsOf(timeZone);
  } catch (cause) {
    throw new KinebaseError('invalid_parameter', `timeZone must be an IANA name, not ${timeZone}.`, {
      cause,
    });
  }
}

/** UTC; of a form that is not known at least the day is (the contract promises how a Date begins). */
export function recordedAt_us(date: string): number {
  return fromIso(date) ?? fromIso(date.slice(0, 10)) ?? Number.NaN;
}
