import { given, type Search, text, word } from '../search.ts';

/** Which athletes are listed. */
export interface AthletesSearch {
  /** Parts of the name or of the external id. */
  find?: string | undefined;
}

export const athletesSearch = (search: Search): AthletesSearch => given({ find: text(search, 'find') });

/** As reports name them. */
export const QUANTITIES = ['Ang', 'Vel', 'Acc', 'Dec'] as const;

/** What is shown of an athlete over time. */
export interface AthleteSearch {
  /** Id of an exercise. Absent: the one with the most sessions. */
  exercise?: string | undefined;
  /** Label of a metric. Absent: all. */
  metric?: string | undefined;
  /** Absent: the angle. */
  quantity?: (typeof QUANTITIES)[number] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const athleteSearch = (search: Search): AthleteSearch =>
  given({
    exercise: text(search, 'exercise'),
    metric: text(search, 'metric'),
    quantity: word(search, 'quantity', QUANTITIES),
    from: day(text(search, 'from')),
    to: day(text(search, 'to')),
  });

const day = (value: string | undefined): string | undefined =>
  value !== undefined && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
