import type { Exercise } from '../contract/exercises.ts';
import type { ExerciseDefinition } from '../motion/exercise.ts';
import { exerciseLibrary } from '../motion/exercises/index.ts';
import type { Db } from '../store/db.ts';
import { createExercises, listExercises } from '../store/exercises.ts';
import { newId } from '../store/ids.ts';
import { nowMicroseconds } from '../store/time.ts';

/** An exercise of the wire → what motion reads a recording by. */
export function toDefinition(exercise: Exercise): ExerciseDefinition {
  return {
    name: exercise['Exercise Name'],
    category: exercise.Category,
    primaryChannel: exercise.PrimaryChannel,
    polarity: exercise.Polarity,
    metrics:
      exercise.Metrics?.map(
        ({ Label, Side, Channel, Sign, Reads = 'angle', Min = null, Max = null, Source }) => ({
          label: Label,
          side: Side,
          channel: Channel,
          sign: Sign,
          reads: Reads,
          min: Min,
          max: Max,
          ...(Source === undefined ? {} : { source: Source }),
        }),
      ) ?? null,
    kneeFlexion: exercise.KneeFlexion,
  };
}

/** A built-in definition → an exercise of an organization. */
export function fromDefinition(definition: ExerciseDefinition, id: string): Exercise {
  return {
    'Exercise ID': id,
    'Exercise Name': definition.name,
    Category: definition.category,
    PrimaryChannel: definition.primaryChannel,
    Polarity: definition.polarity,
    Metrics:
      definition.metrics?.map(({ label, side, channel, sign, reads, min, max, source }) => ({
        Label: label,
        Side: side,
        Channel: channel,
        Sign: sign,
        Reads: reads,
        Min: min,
        Max: max,
        ...(source === undefined ? {} : { Source: source }),
      })) ?? null,
    KneeFlexion: definition.kneeFlexion,
  };
}

/** For recordings that name no exercise: every known joint, repetitions found on the one that moves most. */
export const GENERAL: ExerciseDefinition = {
  name: 'General movement',
  category: 'General',
  primaryChannel: null,
  polarity: 1,
  metrics: null,
  kneeFlexion: 'positive',
};

/** What every new organization starts with: the built-in library and the general exercise. Names that are taken stay. */
export async function addLibrary(
  db: Db,
  organization: string,
  now_ms: number,
  idOf = (_name: string) => newId(now_ms),
): Promise<Exercise[]> {
  const exercises = [GENERAL, ...exerciseLibrary].map((definition) =>
    fromDefinition(definition, idOf(definition.name)),
  );
  return createExercises(db, organization, exercises, nowMicroseconds(now_ms));
}

/** The organization's general exercise; made when it is not there. */
export async function generalExercise(db: Db, organization: string, now_ms: number): Promise<Exercise> {
  const find = async () => (await listExercises(db, organization, GENERAL.name))[0];
  const existing = await find();
  if (existing !== undefined) return existing;
  const [created] = await createExercises(
    db,
    organization,
    [fromDefinition(GENERAL, newId(now_ms))],
    nowMicroseconds(now_ms),
  );
  return created ?? (await find())!;
}
