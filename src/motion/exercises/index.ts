/** The built-in exercise library: what a new organization starts with. */

import type { ExerciseDefinition } from '../exercise.ts';
import { clinicalTests } from './clinical.ts';
import { gait } from './gait.ts';
import { hinges } from './hinges.ts';
import { jumps } from './jumps.ts';
import { lowerMobility } from './lower-mobility.ts';
import { publishedTests } from './published-tests.ts';
import { shoulderMobility } from './shoulder-mobility.ts';
import { singleLeg } from './single-leg.ts';
import { squats } from './squats.ts';
import { trunkExercises } from './trunk.ts';
import { upperStrength } from './upper-strength.ts';

/** Every built-in exercise; names are unique. */
export const exerciseLibrary: readonly ExerciseDefinition[] = [
  ...publishedTests,
  ...squats,
  ...hinges,
  ...singleLeg,
  ...gait,
  ...jumps,
  ...lowerMobility,
  ...shoulderMobility,
  ...trunkExercises,
  ...upperStrength,
  ...clinicalTests,
];

const byName = new Map(exerciseLibrary.map((exercise) => [exercise.name, exercise]));

/** The built-in exercise of exactly this name: case, spaces and hyphens count. */
export function findExercise(name: string): ExerciseDefinition | undefined {
  return byName.get(name);
}
