import type { SessionsQuery } from '../contract/sessions.ts';
import type { SessionFilter } from '../store/sessionPage.ts';
import { ApiError } from './errors.ts';
import { readTime } from './records.ts';

const MOST_ATHLETES = 200;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

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
    filter.from_us = DAY.test(query.from)
      ? startOfDay('from', query.from, 0, zone)
      : readTime('from', query.from);
  if (query.to !== undefined)
    filter.before_us = DAY.test(query.to)
      ? startOfDay('to', query.to, 1, zone)
      : readTime('to', query.to) + 1;
  return filter;
}

function checkZone(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  } catch {
    throw new ApiError(
      'invalid_parameter',
      `timeZone must be an IANA name such as Europe/Berlin, not ${JSON.stringify(zone.slice(0, 60))}.`,
    );
  }
}

/** Microseconds at which a calendar day (or the day `later` days on) begins in a time zone. */
function startOfDay(name: string, day: string, later: number, zone: Intl.DateTimeFormat | null): number {
  const utc_ms = readTime(name, day) / 1000 + later * DAY_MS;
  if (zone === null) return utc_ms * 1000;
  // Midnight by the offset in force a day earlier and a day later. Where clocks change that night, one of the two is right,
  // or both (midnight comes twice: the day begins with the first), or neither (clocks skip midnight: it begins when they do).
  const [before_ms, after_ms] = [-DAY_MS, DAY_MS].map((away) => utc_ms - offset_ms(zone, utc_ms + away)) as [
    number,
    number,
  ];
  const starts = [before_ms, after_ms].filter((start) => start + offset_ms(zone, start) === utc_ms);
  return (starts.length === 0 ? before_ms : Math.min(...starts)) * 1000;
}

function offset_ms(zone: Intl.DateTimeFormat, at_ms: number): number {
  const name = zone.formatToParts(at_ms).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
