/** Pushing, pulling and raising with the arms. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, torsoBothWays } from './metric.ts';

const category = 'Upper-Body Strength';
const squareElbow: Range = [80, 120, 'own convention: elbows at least square at the bottom'];

export const upperStrength: readonly ExerciseDefinition[] = [
  exercise(category, 'Push-Up', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.', squareElbow),
    ...bothSides('Shoulder Abd.'),
    ...torsoBothWays(),
  ]),
  exercise(category, 'Bench Press', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.', squareElbow),
    ...bothSides('Shoulder Abd.'),
  ]),
  exercise(category, 'Parallel-Bar Dip', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.', squareElbow),
    ...bothSides('Shoulder Ext.'),
  ]),
  exercise(category, 'Overhead Press', 'arm_flex_r', [
    ...bothSides('Shoulder Flex.'),
    ...bothSides('Elbow Flex.'),
    ...torsoBothWays(),
  ]),
  exercise(category, 'Pull-Up', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.'),
    ...bothSides('Shoulder Flex.'),
  ]),
  exercise(category, 'Lat Pull-Down', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.'),
    ...bothSides('Shoulder Flex.'),
  ]),
  exercise(category, 'Bent-Over Row', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.'),
    ...bothSides('Shoulder Ext.'),
    ...bothSides('Hip Flex.'),
  ]),
  ...leftAndRight(category, 'One-Arm Row', 'elbow_flex', (side) => [
    on(side, 'Elbow Flex.'),
    on(side, 'Shoulder Ext.'),
  ]),
  exercise(category, 'Face Pull', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.'),
    ...bothSides('Shoulder Abd.'),
    ...bothSides('Shoulder ER'),
  ]),
  exercise(
    category,
    'Lateral Raise',
    'arm_add_r',
    [...bothSides('Shoulder Abd.', [75, 105, 'own convention: arms about level'])],
    -1,
  ),
  exercise(category, 'Front Raise', 'arm_flex_r', [
    ...bothSides('Shoulder Flex.', [75, 110, 'own convention: arms about level']),
  ]),
  exercise(category, 'Biceps Curl', 'elbow_flex_r', [...bothSides('Elbow Flex.')]),
  exercise(category, 'Overhead Triceps Extension', 'elbow_flex_r', [
    ...bothSides('Elbow Flex.'),
    ...bothSides('Shoulder Flex.'),
  ]),
  ...leftAndRight(
    category,
    'Overhand Throw',
    'arm_rot',
    (side) => [on(side, 'Shoulder ER'), on(side, 'Shoulder Abd.'), on(side, 'Elbow Flex.')],
    -1,
  ),
];
