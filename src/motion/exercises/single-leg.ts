/** One leg carries or leads: lunges, steps, single-leg squats. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, trunk } from './metric.ts';

const category = 'Single-Leg Strength';
const square: Range = [80, 110, 'own convention: front knee about square at the bottom'];
const half: Range = [55, 90, 'own convention: controlled half squat'];

const lunge = (name: string) =>
  leftAndRight(category, name, 'knee_angle', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.', square),
    on(side, 'Ankle DF'),
    ...trunk('Torso Flex.'),
  ]);

const controlled = (name: string) =>
  leftAndRight(category, name, 'knee_angle', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Hip Add.'),
    on(side, 'Knee Flex.', half),
    on(side, 'Ankle DF'),
    ...trunk('Pelvis Drop'),
  ]);

export const singleLeg: readonly ExerciseDefinition[] = [
  ...lunge('Split Squat'),
  ...lunge('Rear-Foot-Elevated Split Squat'),
  ...lunge('Forward Lunge'),
  ...lunge('Reverse Lunge'),
  ...lunge('Curtsy Lunge'),
  ...leftAndRight(category, 'Lateral Lunge', 'knee_angle', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.', square),
    on(side, 'Hip Abd.'),
  ]),
  exercise(category, 'Walking Lunge', 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', square),
  ]),
  ...controlled('Single-Leg Squat'),
  ...controlled('Lateral Step-Down'),
  ...leftAndRight(category, 'Step-Up', 'knee_angle', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.', [70, 105, 'own convention: step of about 30 cm']),
    on(side, 'Ankle DF'),
  ]),
];
