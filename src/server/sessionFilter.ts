import { isDay, offsetsOf, startOfDay } from '../contract/days.ts';
import type { SessionsQuery } from '../contract/sessions.ts';
import type { SessionFilter } from '../store/sessionPage.ts';
import { ApiError } from './errors.ts';
import { readTime } from './records.ts';

const MOST_ATHLETES = 200;

/** Query → filter. `from` and `to` are both inclusive; a bare date is that whole day in the time zone. */
export function readFilter(query: SessionsQuery): SessionFilter {
  // Made only when it is asked for: a time zone costs more than a page.
  const zone = query.timeZone === undefined ? null : checkZone(query.timeZone);
  const filter: SessionFilter = { order: query.order ?? 'newest' };
  if (query.athleteID !== undefined) {
    const ids = [
      ...new Set(
        query.athleteID
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ),
    ];
    if (ids.length > MOST_ATHLETES)
      throw new ApiError('invalid_parameter', `athleteID takes at most ${MOST_ATHLETES} ids at once.`);
    if (ids.length === 0) throw new ApiError('invalid_parameter', 'athleteID holds no id.');
    filter.athleteIds = ids;
  }
  if (query.exerciseID !== undefined) filter.exerciseId = query.exerciseID;
  if (query.assessmentID !== undefined) filter.assessmentId = query.assessmentID;
  if (query.name !== undefined) filter.name = query.name;
  if (query.from !== undefined)
    filter.from_us = isDay(query.from)
      ? startOfDay(readTime('from', query.from), 0, zone)
      : readTime('from', query.from);
  if (query.to !== undefined)
    filter.before_us = isDay(query.to)
      ? startOfDay(readTime('to', query.to), 1, zone)
      : readTime('to', query.to) + 1;
  return filter;
}

function checkZone(zone: string): Intl.DateTimeFormat {
  try {
    return offsetsOf(zone);
  } catch {
    throw new ApiError(
      'invalid_parameter',
      `timeZone must be an IANA name such as Europe/Berlin, not ${JSON.stringify(zone.slice(0, 60))}.`,
    );
  }
}
