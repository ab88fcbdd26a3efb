import type { Exercise, ExerciseInput } from '../contract/exercises.ts';
import { ApiError } from './errors.ts';
import { readBody } from './input.ts';

/** Body of POST /exercises → the exercise, under its own id or else this one. Throws ApiError for one that cannot be. */
export function readExercise(body: Buffer | undefined, id: () => string): Exercise {
  const input = readBody<ExerciseInput>('ExerciseInput', body);
  refuseFaultyMetrics(input.Metrics ?? null);
  return {
    'Exercise ID': input['Exercise ID'] ?? id(),
    'Exercise Name': input['Exercise Name'],
    Category: input.Category ?? '',
    PrimaryChannel: input.PrimaryChannel ?? null,
    Polarity: input.Polarity ?? 1,
    Metrics: input.Metrics ?? null,
    KneeFlexion: input.KneeFlexion ?? 'as recorded',
  };
}

/** What a schema cannot say: a range has two ends in order, and a label stands once per side. */
export function refuseFaultyMetrics(metrics: Exercise['Metrics']): void {
  const seen = new Set<string>();
  for (const { Label, Side, Min = null, Max = null } of metrics ?? []) {
    if ((Min === null) !== (Max === null))
      throw new ApiError(
        'invalid_parameter',
        `Metric ${JSON.stringify(Label)}: give both Min and Max, or neither.`,
      );
    if (Min !== null && Max !== null && Min > Max)
      throw new ApiError(
        'invalid_parameter',
        `Metric ${JSON.stringify(Label)}: Min ${Min} is above Max ${Max}.`,
      );
    const key = JSON.stringify([Label, Side]);
    if (seen.has(key))
      throw new ApiError(
        'invalid_parameter',
        `Metric ${JSON.stringify(Label)} stands twice for side ${Side}.`,
      );
    seen.add(key);
  }
}
