import { given, number, type Search, text, word } from '../search.ts';

/** What is laid over each other. */
export interface CompareSearch {
  /** Ids of sessions, separated by commas. */
  sessions?: string | undefined;
  /** Label of the metric. */
  metric?: string | undefined;
  side?: 'L' | 'R' | 'F' | 'B' | 'both' | undefined;
  quantity?: 'angle' | 'velocity' | undefined;
  /** What lies behind the curves. Absent: the exercise's range. */
  band?: 'range' | 'organization' | 'none' | undefined;
  /** Single repetitions are drawn too. */
  repetitions?: 'shown' | undefined;
  /** Where values are read, per cent of a repetition. */
  at?: number | undefined;
  /** Which sessions are offered to be added: a part of the athlete's name, and the id of an exercise or `all`. */
  find?: string | undefined;
  exercise?: string | undefined;
}

export const compareSearch = (search: Search): CompareSearch =>
  given({
    sessions: text(search, 'sessions'),
    metric: text(search, 'metric'),
    side: word(search, 'side', ['L', 'R', 'F', 'B', 'both']),
    quantity: word(search, 'quantity', ['angle', 'velocity']),
    band: word(search, 'band', ['range', 'organization', 'none']),
    repetitions: word(search, 'repetitions', ['shown']),
    at: percent(number(search, 'at')),
    find: text(search, 'find'),
    exercise: text(search, 'exercise'),
  });

const percent = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(Math.min(100, Math.max(0, value)));
