import type { Exercise } from '../contract/exercises.ts';
import type { Versioned } from './changes.ts';
import type { Db } from './db.ts';
import { change, nextVersion, removeUnused } from './organizations.ts';

interface ExerciseRow {
  exercise_id: string;
  name: string;
  category: string;
  primary_channel: string | null;
  polarity: 1 | -1;
  metrics: string | null;
  knee_flexion: Exercise['KneeFlexion'];
}

const toExercise = (row: ExerciseRow): Exercise => ({
  'Exercise ID': row.exercise_id,
  'Exercise Name': row.name,
  Category: row.category,
  PrimaryChannel: row.primary_channel,
  Polarity: row.polarity,
  Metrics: row.metrics === null ? null : JSON.parse(row.metrics),
  KneeFlexion: row.knee_flexion,
});

const COLUMNS = 'exercise_id, name, category, primary_channel, polarity, metrics, knee_flexion';

/** Every exercise, by name; the one with exactly that name when given. */
export async function listExercises(db: Db, organization: string, name?: string): Promise<Exercise[]> {
  const rows =
    name === undefined
      ? await db
          .within(organization)
          .query<ExerciseRow>(
            `select ${COLUMNS} from exercises where org_id = $1 order by name limit 1000000`,
            [organization],
          )
      : await db
          .within(organization)
          .query<ExerciseRow>(
            `select ${COLUMNS} from exercises where org_id = $1 and name = $2 order by name limit 1`,
            [organization, name],
          );
  return rows.map(toExercise);
}

/** Exercises that were changed last at one of these versions, both included. */
export async function exercisesAt(
  db: Db,
  organization: string,
  first: number,
  last: number,
): Promise<Versioned<Exercise>[]> {
  const rows = await db.within(organization).query<ExerciseRow & { version: number }>(
    `select version, ${COLUMNS} from exercises where org_id = $1 and version >= $2 and version <= $3
     order by version, exercise_id limit 1000000`,
    [organization, first, last],
  );
  return rows.map((row) => ({ id: row.exercise_id, version: row.version, record: toExercise(row) }));
}

export async function getExercise(db: Db, organization: string, id: string): Promise<Exercise | null> {
  const rows = await db
    .within(organization)
    .query<ExerciseRow>(`select ${COLUMNS} from exercises where org_id = $1 and exercise_id = $2`, [
      organization,
      id,
    ]);
  return rows[0] ? toExercise(rows[0]) : null;
}

/** Adds exercises in one transaction; answers those that were added (an id or a name that is taken is left alone). */
export async function createExercises(
  db: Db,
  organization: string,
  exercises: readonly Exercise[],
  now_us: number,
): Promise<Exercise[]> {
  return change(db, organization, async (db, first, undo) => {
    const added: Exercise[] = [];
    let version = first;
    for (const exercise of exercises) {
      const rows = await db.within(organization).query<ExerciseRow>(
        `insert into exercises (org_id, exercise_id, name, category, primary_channel, polarity, metrics, knee_flexion, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict do nothing returning ${COLUMNS}`,
        [organization, ...values(exercise), version, now_us],
      );
      if (rows[0]) added.push(toExercise(rows[0]));
      if (rows[0] && added.length < exercises.length) version = await nextVersion(db, organization);
    }
    return added.length > 0 ? added : undo(added);
  });
}

/** Changes an exercise inside one transaction; null when there is none, `taken` when the name belongs to another. */
export async function changeExercise(
  db: Db,
  organization: string,
  id: string,
  edit: (exercise: Exercise) => Exercise,
  now_us: number,
): Promise<Exercise | null | 'taken'> {
  return change(db, organization, async (db, version, undo) => {
    const current = await getExercise(db, organization, id);
    if (current === null) return undo(null);
    const exercise = edit(current);
    const other = await db
      .within(organization)
      .query('select 1 from exercises where org_id = $1 and name = $2 and exercise_id <> $3 limit 1', [
        organization,
        exercise['Exercise Name'],
        id,
      ]);
    if (other.length > 0) return undo('taken');
    await db.within(organization).query(
      `update exercises set name = $3, category = $4, primary_channel = $5, polarity = $6, metrics = $7, knee_flexion = $8, version = $9, updated_at = $10
       where org_id = $1 and exercise_id = $2`,
      [organization, ...values(exercise), version, now_us],
    );
    return exercise;
  });
}

/** Removes an exercise; `in use` while sessions refer to it. */
export function deleteExercise(
  db: Db,
  organization: string,
  id: string,
  now_us: number,
): Promise<'deleted' | 'absent' | 'in use'> {
  const used = `select 1 from sessions where org_id = $1 and exercise_id = $2 limit 1`;
  const remove = 'delete from exercises where org_id = $1 and exercise_id = $2 returning exercise_id';
  return removeUnused(db, organization, 'exercise', id, { used, remove }, now_us);
}

function values(exercise: Exercise) {
  return [
    exercise['Exercise ID'],
    exercise['Exercise Name'],
    exercise.Category,
    exercise.PrimaryChannel,
    exercise.Polarity,
    exercise.Metrics === null ? null : JSON.stringify(exercise.Metrics),
    exercise.KneeFlexion,
  ] as const;
}
