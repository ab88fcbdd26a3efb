/**
 * Jumps, hops and landings. Knees bend twice per jump (before take-off and on landing) while the ankle stretches once,
 * so take-off counts the jumps: the lowest points of the ankle angle.
 */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, trunk } from './metric.ts';

const category = 'Jump';
const softLanding: Range = [50, 100, 'own convention: the knees give on landing or dip'];

const jump = (name: string): ExerciseDefinition =>
  exercise(
    category,
    name,
    'ankle_angle_r',
    [
      ...bothSides('Hip Flex.'),
      ...bothSides('Knee Flex.', softLanding),
      ...bothSides('Ankle PF'),
      ...trunk('Torso Flex.'),
    ],
    -1,
  );

const oneLegged = (name: string) =>
  leftAndRight(
    category,
    name,
    'ankle_angle',
    (side) => [on(side, 'Hip Flex.'), on(side, 'Knee Flex.'), on(side, 'Ankle PF')],
    -1,
  );

export const jumps: readonly ExerciseDefinition[] = [
  jump('Countermovement Jump'),
  jump('Countermovement Jump - Hands on Hips'),
  jump('Squat Jump'),
  jump('Broad Jump'),
  jump('Tuck Jump'),
  jump('Drop Jump'),
  exercise(
    category,
    'Pogo Jumps',
    'ankle_angle_r',
    [...bothSides('Knee Flex.'), ...bothSides('Ankle DF'), ...bothSides('Ankle PF')],
    -1,
  ),
  exercise(category, 'Drop Landing', 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', softLanding),
    ...bothSides('Ankle DF'),
    ...bothSides('Hip Add.'),
  ]),
  ...oneLegged('Single-Leg Hop'),
  ...oneLegged('Lateral Bound'),
];
