import type { SessionFilters } from '../../sdk/index.ts';
import { daysOf } from './periods.ts';
import type { SessionsSearch } from './search.ts';

/** What an address asks of the server. Days are those of `timeZone`. */
export function filtersOf(search: SessionsSearch, now: Date, timeZone: string): SessionFilters {
  const { athlete, exercise, assessment, name, period, order } = search;
  const { from, to } = period === undefined ? search : daysOf(period, now);
  return {
    ...(athlete && { athleteID: athlete }),
    ...(exercise && { exerciseID: exercise }),
    ...(assessment && { assessmentID: assessment }),
    ...(name && { name }),
    ...(from && { from }),
    ...(to && { to }),
    ...((from || to) && { timeZone }),
    ...(order && { order }),
  };
}

export const NO_FILTERS = {
  athlete: undefined,
  exercise: undefined,
  assessment: undefined,
  name: undefined,
  period: undefined,
  from: undefined,
  to: undefined,
} as const satisfies SessionsSearch;

/** How many filters are set; a stretch of days is one. */
export const filterCount = ({ athlete, exercise, assessment, name, period, from, to }: SessionsSearch) =>
  [athlete, exercise, assessment, name, period ?? from ?? to].filter((value) => value !== undefined).length;

/** Of the two days, one that the calendar has not, as it may stand in an address. */
export const noDayOf = ({ period, from, to }: SessionsSearch): string | undefined =>
  period === undefined ? [from, to].find((value) => value !== undefined && !isTime(value)) : undefined;

/** The first day lies behind the last. */
export const areTurned = ({ period, from, to }: SessionsSearch): boolean =>
  period === undefined && from !== undefined && to !== undefined && from > to;

/** A day, or a day and a time, as the server takes them. */
function isTime(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text.slice(0, 10))
  );
}
