/** Short ways to write an exercise, alone or as its left and its right form. */

import type { ExerciseDefinition, MetricDefinition } from '../exercise.ts';
import type { BodySide } from './metric.ts';

/** An exercise whose repetitions are the peaks of `primaryChannel`, or its lowest points with polarity -1. */
export function exercise(
  category: string,
  name: string,
  primaryChannel: string | null,
  metrics: readonly MetricDefinition[] | null,
  polarity: 1 | -1 = 1,
): ExerciseDefinition {
  return { name, category, primaryChannel, polarity, metrics, kneeFlexion: 'positive' };
}

/** `Left <name>` and `Right <name>`; the coordinate gets the side's ending. */
export function leftAndRight(
  category: string,
  name: string,
  primaryCoordinate: string,
  metrics: (side: BodySide) => readonly MetricDefinition[],
  polarity: 1 | -1 = 1,
): ExerciseDefinition[] {
  return [
    exercise(category, `Left ${name}`, `${primaryCoordinate}_l`, metrics('L'), polarity),
    exercise(category, `Right ${name}`, `${primaryCoordinate}_r`, metrics('R'), polarity),
  ];
}

/** The side that is not under test. */
export function opposite(side: BodySide): BodySide {
  return side === 'L' ? 'R' : 'L';
}
