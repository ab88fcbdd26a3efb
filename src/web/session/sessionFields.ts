import type { Session, SessionPatch } from '../../sdk/index.ts';
import { localTime } from '../ui/time.ts';

/** What stands in `Assessment ID` of a session outside an assessment. */
export const STAND_ALONE = 'singleExercise';

/** A session as its form has it. */
export interface Fields {
  name: string;
  /** Local time, as the browser's field has it: `2026-11-24T15:13:14`. */
  date: string;
  athlete: string;
  exercise: string;
  assessment: string;
}

export const fieldsOf = (session: Session): Fields => ({
  name: session['Session Name'],
  date: fieldTime(session.Date),
  athlete: session['Athlete ID'],
  exercise: session['Exercise ID'],
  assessment: session['Assessment ID'],
});

/** What differs from the session; null: the date is none. A date that was not touched keeps its fractions of a second. */
export function changesOf(session: Session, fields: Fields): SessionPatch | null {
  const before = fieldsOf(session);
  const time = new Date(fields.date);
  if (fields.date !== before.date && Number.isNaN(time.getTime())) return null;
  return {
    ...(fields.name !== before.name && { 'Session Name': fields.name }),
    ...(fields.date !== before.date && { Date: time.toISOString() }),
    ...(fields.athlete !== before.athlete && { 'Athlete ID': fields.athlete }),
    ...(fields.exercise !== before.exercise && { 'Exercise ID': fields.exercise }),
    ...(fields.assessment !== before.assessment && { 'Assessment ID': fields.assessment }),
  };
}

function fieldTime(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? '' : localTime(time);
}
