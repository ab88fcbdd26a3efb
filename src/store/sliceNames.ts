import type { Db } from './db.ts';

/** What the athletes, exercises and assessments of some sessions are called, by their ids. */
export interface SliceNames {
  /** Null where one has none. */
  athletes: Record<string, { name: string | null; externalId: string | null }>;
  exercises: Record<string, string>;
  assessments: Record<string, string>;
}

interface NameRow {
  kind: 'athlete' | 'exercise' | 'assessment';
  id: string;
  first: string;
  last: string;
  external_id: string | null;
}

/**
 * Names of everything that sessions behind an id, up to another, refer to; `last` null: to the end. `singleExercise` is
 * no assessment, and has no name.
 */
export async function sliceNames(
  db: Db,
  organization: string,
  after: string,
  last: string | null,
): Promise<SliceNames> {
  const values = last === null ? [organization, after] : [organization, after, last];
  const among = (column: string) =>
    `${column} in (select ${column} from sessions
       where org_id = $1 and session_id > $2 ${last === null ? '' : 'and session_id <= $3'})`;
  const rows = await db.within(organization).query<NameRow>(
    `select 'athlete' as kind, athlete_id as id, first_name as first, last_name as last, external_id
       from athletes where org_id = $1 and ${among('athlete_id')}
     union all select 'exercise', exercise_id, name, '', null
       from exercises where org_id = $1 and ${among('exercise_id')}
     union all select 'assessment', assessment_id, name, '', null
       from assessments where org_id = $1 and ${among('assessment_id')}
     order by kind, id limit 1000000`,
    values,
  );
  const named = (wanted: NameRow['kind']) =>
    Object.fromEntries(rows.filter(({ kind }) => kind === wanted).map(({ id, first }) => [id, first]));
  return {
    athletes: Object.fromEntries(
      rows
        .filter(({ kind }) => kind === 'athlete')
        .map(({ id, first, last, external_id }) => [
          id,
          { name: `${first} ${last}`.trim() || null, externalId: external_id },
        ]),
    ),
    exercises: named('exercise'),
    assessments: named('assessment'),
  };
}
