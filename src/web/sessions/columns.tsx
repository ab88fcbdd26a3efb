import type { ReactNode } from 'react';
import type { Session } from '../../sdk/index.ts';
import { dayAndTime, duration } from '../ui/time.ts';
import { sessionsWords } from '../words/sessions.ts';
import { Scores } from './Scores.tsx';
import type { Names } from './useNames.ts';

export const COLUMNS = ['date', 'name', 'athlete', 'exercise', 'assessment', 'duration', 'scores'] as const;
export type Column = (typeof COLUMNS)[number];

const USUAL: readonly Column[] = ['date', 'name', 'athlete', 'assessment', 'duration', 'scores'];

/** The columns that an address names, in the order of the table. */
export function columnsOf(named: string | undefined): readonly Column[] {
  const wanted = named?.split(',') ?? USUAL;
  const found = COLUMNS.filter((column) => wanted.includes(column));
  return found.length === 0 ? USUAL : found;
}

/** undefined for the usual ones, which need not be named. */
export const namedColumns = (columns: readonly Column[]): string | undefined => {
  const named = COLUMNS.filter((column) => columns.includes(column)).join(',');
  return named === USUAL.join(',') ? undefined : named;
};

const WIDTHS: Readonly<Record<Column, string>> = {
  date: '13.5rem',
  name: 'minmax(0, 3fr)',
  athlete: 'minmax(0, 2fr)',
  exercise: 'minmax(0, 3fr)',
  assessment: 'minmax(0, 2fr)',
  duration: '5.5rem',
  scores: 'minmax(0, 18rem)',
};

/** As `grid-template-columns`, with the box to choose a row in front. */
export const widthsOf = (columns: readonly Column[]): string =>
  ['2.25rem', ...columns.map((column) => WIDTHS[column])].join(' ');

/** `scored` false: the scores are not asked for yet. */
export function cellOf(column: Column, session: Session, names: Names, scored: boolean): ReactNode {
  switch (column) {
    case 'date':
      return <time dateTime={session.Date}>{dayAndTime(session.Date)}</time>;
    case 'name':
      return session['Session Name'];
    case 'athlete':
      return names.athlete(session['Athlete ID']);
    case 'exercise':
      return names.exercise(session['Exercise ID']);
    case 'assessment':
      return names.assessment(session['Assessment ID']);
    case 'duration':
      return duration(session.Duration);
    case 'scores':
      return scored ? (
        <Scores s3Key={session.s3Key} most={2} />
      ) : (
        <span className="text-soft">{sessionsWords.scoresLater}</span>
      );
  }
}
