/** Squats and rising from a chair: both feet on the ground. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, torsoBothWays, trunk } from './metric.ts';

const category = 'Squat';
const level: Range = [90, 130, 'own convention: thighs at least level'];
const partial: Range = [70, 110, 'own convention: seat of ordinary height'];

const squat = (name: string, depth: Range = level): ExerciseDefinition =>
  exercise(category, name, 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', depth),
    ...bothSides('Ankle DF'),
    ...trunk('Torso Flex.'),
  ]);

/** Standing up lowers the knee angle, so repetitions are its lowest points. */
const rise = (name: string): ExerciseDefinition =>
  exercise(
    category,
    name,
    'knee_angle_r',
    [
      ...bothSides('Hip Flex.'),
      ...bothSides('Knee Flex.', partial),
      ...bothSides('Ankle DF'),
      ...trunk('Torso Flex.'),
    ],
    -1,
  );

export const squats: readonly ExerciseDefinition[] = [
  squat('Squat'),
  squat('Goblet Squat'),
  squat('Front Squat'),
  squat('Back Squat'),
  squat('Sumo Squat'),
  squat('Box Squat', partial),
  exercise(category, 'Overhead Squat', 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', level),
    ...bothSides('Ankle DF'),
    ...bothSides('Shoulder Flex.', [145, 180, 'own convention: arms stay beside the ears']),
    ...torsoBothWays(),
  ]),
  rise('Sit-to-Stand'),
  rise('Five Times Sit-to-Stand'),
  rise('30-Second Chair Stand'),
  ...leftAndRight(
    category,
    'Single-Leg Sit-to-Stand',
    'knee_angle',
    (side) => [on(side, 'Hip Flex.'), on(side, 'Knee Flex.', partial), on(side, 'Ankle DF')],
    -1,
  ),
];
