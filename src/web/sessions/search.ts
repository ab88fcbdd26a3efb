import { given, type Search, text, word } from '../search.ts';
import { PERIODS, type Period } from './periods.ts';

/** What the list of sessions shows: the filters of `GET /sessions`, and how they are laid out. */
export interface SessionsSearch {
  athlete?: string | undefined;
  exercise?: string | undefined;
  assessment?: string | undefined;
  /** Exactly this Session Name. */
  name?: string | undefined;
  /** Moves along with the calendar; `from` and `to` are fixed days, and give way to it. */
  period?: Period | undefined;
  from?: string | undefined;
  to?: string | undefined;
  order?: 'oldest' | undefined;
  /** Names of columns, separated by commas. */
  columns?: string | undefined;
  /** Ids of sessions that are chosen, separated by commas. */
  selected?: string | undefined;
}

export const sessionsSearch = (search: Search): SessionsSearch =>
  given({
    athlete: text(search, 'athlete'),
    exercise: text(search, 'exercise'),
    assessment: text(search, 'assessment'),
    name: text(search, 'name'),
    period: word(search, 'period', PERIODS),
    from: text(search, 'from'),
    to: text(search, 'to'),
    order: word(search, 'order', ['oldest']),
    columns: text(search, 'columns'),
    selected: text(search, 'selected'),
  });
