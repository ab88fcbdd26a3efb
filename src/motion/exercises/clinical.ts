/** Balance and screening tests of clinics and team physiotherapists. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight, opposite } from './build.ts';
import { bothSides, on, torsoBothWays, trunk } from './metric.ts';
import { normal } from './normal-ranges.ts';

const balance = 'Balance';
const clinical = 'Clinical Assessment';

const reachTest = (direction: string) =>
  leftAndRight(balance, `Star Excursion - ${direction}`, 'knee_angle', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.'),
    on(side, 'Ankle DF'),
    ...trunk('Torso Flex.'),
  ]);

export const clinicalTests: readonly ExerciseDefinition[] = [
  /** The lifted knee marks each stance. */
  exercise(balance, 'Left Single-Leg Stance', 'knee_angle_r', [
    on('L', 'Hip Add.'),
    on('L', 'Ankle Inv.'),
    ...trunk('Pelvis Drop'),
  ]),
  exercise(balance, 'Right Single-Leg Stance', 'knee_angle_l', [
    on('R', 'Hip Add.'),
    on('R', 'Ankle Inv.'),
    ...trunk('Pelvis Drop'),
  ]),
  ...reachTest('Anterior'),
  ...reachTest('Posteromedial'),
  ...reachTest('Posterolateral'),

  exercise(clinical, 'Deep Squat Screen', 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', [105, 140, 'own convention: thighs below level']),
    ...bothSides('Ankle DF'),
    ...bothSides('Shoulder Flex.'),
    ...torsoBothWays(),
  ]),
  exercise(clinical, 'Functional Reach', 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Shoulder Flex.'),
    ...trunk('Torso Flex.'),
  ]),
  exercise(
    clinical,
    'Drop Vertical Jump',
    'ankle_angle_r',
    [...bothSides('Hip Flex.'), ...bothSides('Knee Flex.'), ...bothSides('Hip Add.')],
    -1,
  ),
  ...leftAndRight(clinical, 'Hurdle Step', 'hip_flexion', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.'),
    ...trunk('Pelvis Drop'),
  ]),
  ...leftAndRight(clinical, 'In-Line Lunge', 'knee_angle', (side) => [
    on(side, 'Knee Flex.', [80, 110, 'own convention: front knee about square']),
    on(opposite(side), 'Knee Flex.'),
    ...trunk('Torso Flex.'),
  ]),
  ...leftAndRight(
    clinical,
    'Modified Thomas Test',
    'hip_flexion',
    (side) => [
      on(side, 'Hip Ext.', [0, 20, 'own convention: thigh at or below level']),
      on(side, 'Knee Flex.'),
    ],
    -1,
  ),
  ...leftAndRight(clinical, 'Active Knee Extension', 'knee_angle', (side) => [on(side, 'Knee Flex.')], -1),
  ...leftAndRight(clinical, 'Step-Down Test', 'knee_angle', (side) => [
    on(side, 'Knee Flex.'),
    on(side, 'Hip Add.'),
    ...trunk('Pelvis Drop'),
  ]),
  ...leftAndRight(clinical, 'Passive Hip Flexion', 'hip_flexion', (side) => [
    on(side, 'Hip Flex.', normal.hipFlexion),
    on(side, 'Knee Flex.'),
  ]),
];
