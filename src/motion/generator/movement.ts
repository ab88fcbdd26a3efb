/** An invented recording of an exercise: smooth repetitions between two quiet stretches, the same bytes for the same seed. */

import type { ExerciseDefinition } from '../exercise.ts';
import type { Recording } from '../recording.ts';
import type { AthleteTraits } from './athlete.ts';

export interface MovementOptions {
  /** Any number; decides everything that differs between two recordings of the same athlete and exercise. */
  readonly seed: number;
  /** Repetitions (strides in gait); absent: what suits the movement, for 6 to 20 s in all. */
  readonly repetitions?: number;
  /** Sampling rate in Hz; absent: 60. */
  readonly rate_hz?: 60 | 100;
  /** Absent: an athlete of the seed's own. */
  readonly athlete?: AthleteTraits;
}

/**
 * A recording of `exercise`, with OpenCap column names in degrees and the pelvis position in metres.
 *
 * @example
 * const recording = generateMovement(findExercise('Hip Hinge Test')!, { seed: 7, repetitions: 5 });
 */
export function generateMovement(exercise: ExerciseDefinition, options: MovementOptions): Recording {
  throw new Error(`not yet: ${exercise.name} ${options.seed}`);
}
