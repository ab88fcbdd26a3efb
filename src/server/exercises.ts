import type { ExerciseInput } from '../contract/exercises.ts';
import {
  changeExercise,
  createExercises,
  deleteExercise,
  getExercise,
  listExercises,
} from '../store/exercises.ts';
import { newId } from '../store/ids.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readExercise, refuseFaultyMetrics, withTrueSources } from './exerciseInput.ts';
import { readBody, readQuery } from './input.ts';
import { completeList, noSuch, stillUsed } from './records.ts';

export const list: Handler = async ({ db }, { organization, query, headers }) => {
  const { name } = readQuery<{ name?: string }>('ExercisesQuery', query);
  return completeList(await listExercises(db, organization, name), headers);
};

export const get: Handler = async ({ db }, { organization, id }) => ({
  kind: 'value',
  value: (await getExercise(db, organization, id)) ?? noSuch('exercise', id),
});

export const create: Handler = async ({ db, now }, { organization, body }) => {
  const exercise = readExercise(body, () => newId(now()));
  const [created] = await createExercises(db, organization, [exercise], nowMicroseconds(now()));
  if (created !== undefined) return { kind: 'value', status: 201, value: created };
  const existing = await getExercise(db, organization, exercise['Exercise ID']);
  if (existing !== null && JSON.stringify(existing) === JSON.stringify(exercise))
    return { kind: 'value', status: 201, value: existing };
  throw new ApiError(
    'conflict',
    existing === null
      ? takenName(exercise['Exercise Name'])
      : `Exercise ID ${exercise['Exercise ID']} belongs to another exercise.`,
  );
};

export const patch: Handler = async ({ db, now }, { organization, id, body }) => {
  const changes = readBody<Partial<ExerciseInput>>('ExercisePatch', body);
  if (changes.Metrics !== undefined) refuseFaultyMetrics(changes.Metrics);
  const result = await changeExercise(
    db,
    organization,
    id,
    (exercise) => ({
      ...exercise,
      ...changes,
      ...(changes.Metrics ? { Metrics: withTrueSources(changes.Metrics, exercise.Metrics) } : {}),
    }),
    nowMicroseconds(now()),
  );
  if (result === 'taken') throw new ApiError('conflict', takenName(changes['Exercise Name']));
  return { kind: 'value', value: result ?? noSuch('exercise', id) };
};

export const remove: Handler = async ({ db, now }, { organization, id }) => {
  const outcome = await deleteExercise(db, organization, id, nowMicroseconds(now()));
  if (outcome === 'in use') throw stillUsed('exercise', 'sessions');
  return outcome === 'absent' ? noSuch('exercise', id) : { kind: 'none' };
};

const takenName = (name: string | undefined) =>
  `Exercise Name ${JSON.stringify(name)} belongs to another exercise.`;
