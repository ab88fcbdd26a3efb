/** The built-in exercise library: what a new organization starts with. */

import type { ExerciseDefinition } from '../exercise.ts';

/** Every built-in exercise; names are unique. */
export const exerciseLibrary: readonly ExerciseDefinition[] = [];

/** The built-in exercise of exactly this name: case, spaces and hyphens count. */
export function findExercise(name: string): ExerciseDefinition | undefined {
  return exerciseLibrary.find((exercise) => exercise.name === name);
}
