import type { Report } from '../contract/reports.ts';
import type { IkData } from '../contract/series.ts';
import type { Session } from '../contract/sessions.ts';
import { fromIso } from '../contract/time.ts';
import { counted } from '../motion/counted.ts';
import { assessmentsTable } from '../tables/assessments.ts';
import { athletesTable } from '../tables/athletes.ts';
import { checkBatch } from '../tables/check.ts';
import { exercisesTable } from '../tables/exercises.ts';
import { reportRows, reportsTable } from '../tables/reports.ts';
import { sessionsTable } from '../tables/sessions.ts';
import type { TableOf } from '../tables/table.ts';
import { monthOf } from './layout.ts';
import type { ListKind } from './state.ts';

/** What a server answers, looked at before anything is made of it. */

/** An answer that is not what the contract says. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

export const LIST_TABLES: Readonly<Record<ListKind, TableOf<object>>> = {
  athletes: athletesTable as TableOf<object>,
  assessments: assessmentsTable as TableOf<object>,
  exercises: exercisesTable as TableOf<object>,
};

/** The members that hold the id; the contract names the first, and of assessments and exercises nobody knows more. */
const ID_MEMBERS: Readonly<Record<ListKind, readonly string[]>> = {
  athletes: ['ValorID'],
  assessments: ['Assessment ID', 'AssessmentID', 'assessmentId', 'ID', 'Id', 'id'],
  exercises: ['Exercise ID', 'ExerciseID', 'exerciseId', 'ID', 'Id', 'id'],
};

/** A record of a list with its id. Throws RecordError. */
export function readListed(kind: ListKind, value: unknown): { id: string; record: object } {
  const record = objectOf(value);
  const members = ID_MEMBERS[kind];
  const member = members.find((name) => isText(Reflect.get(record, name)));
  if (member === undefined) throw new RecordError(`it has no ${members[0]}`);
  const id = Reflect.get(record, member) as string;
  const named = member === members[0] ? record : { [members[0]!]: id, ...record };
  fits(LIST_TABLES[kind], named);
  return { id, record: named };
}

/** Throws RecordError. */
export function readSession(value: unknown): Session {
  const record = objectOf(value) as Session;
  for (const member of ['Session ID', 's3Key', 'Date'] as const)
    if (!isText(record[member])) throw new RecordError(`it has no ${member}`);
  fits(sessionsTable as TableOf<object>, tableSession(record));
  return record;
}

/** A date that has more than a date but is no time in ISO 8601 counts as that day in tables: that much the contract promises. */
export const tableSession = (session: Session): Session =>
  fromIso(session.Date) === null && monthOf(session) !== 'undated'
    ? { ...session, Date: session.Date.slice(0, 10) }
    : session;

/** Throws RecordError. */
export function readReport(session: Session, value: unknown): Report {
  const report = objectOf(value) as unknown as Report;
  if (typeof report.WorkoutMetrics !== 'object' || report.WorkoutMetrics === null)
    throw new RecordError('the report has no WorkoutMetrics');
  try {
    checkBatch(reportsTable.columns, reportRows(tableSession(session), report));
  } catch (error) {
    throw new RecordError(`the report is none: ${(error as Error).message}`, { cause: error });
  }
  return report;
}

/** Throws RecordError. */
export function readSeries(value: unknown): IkData {
  const series = objectOf(value) as IkData;
  const { time } = series;
  if (!Array.isArray(time)) throw new RecordError('the series have no time');
  if (time.length === 0) throw new RecordError('the series have no frames');
  for (const [name, values] of Object.entries(series)) {
    if (!Array.isArray(values)) throw new RecordError(`the series ${quoted(name)} is no list`);
    if (values.length !== time.length)
      throw new RecordError(
        `the series ${quoted(name)} has ${counted(values.length, 'value')}, time has ${time.length}: the answer was cut off, or is wrong`,
      );
    const missing = name === 'time' ? undefined : null;
    for (const each of values)
      if (typeof each !== 'number' && each !== missing)
        throw new RecordError(`the series ${quoted(name)} holds ${quoted(String(each))}`);
  }
  return series;
}

function fits(table: TableOf<object>, record: object): void {
  try {
    checkBatch(table.columns, table.rows([record]));
  } catch (error) {
    throw new RecordError((error as Error).message.replace(' of row 0', ''), { cause: error });
  }
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RecordError('it is no JSON object');
  return value;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));
