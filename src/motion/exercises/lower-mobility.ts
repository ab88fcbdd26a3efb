/** Range tests of hip, knee and ankle, one side at a time. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, type LimbMotion, on, type Range } from './metric.ts';
import { normal } from './normal-ranges.ts';

/** One motion measured at its end. */
const endRange = (
  category: string,
  name: string,
  motion: LimbMotion,
  coordinate: string,
  range: Range,
  polarity: 1 | -1 = 1,
) => leftAndRight(category, name, coordinate, (side) => [on(side, motion, range)], polarity);

const hip = 'Hip Mobility';
const knee = 'Knee Mobility';
const ankle = 'Ankle Mobility';

export const lowerMobility: readonly ExerciseDefinition[] = [
  ...endRange(hip, 'Supine Hip Flexion', 'Hip Flex.', 'hip_flexion', normal.hipFlexion),
  ...endRange(hip, 'Prone Hip Extension', 'Hip Ext.', 'hip_flexion', normal.hipExtension, -1),
  ...endRange(hip, 'Straight-Leg Raise', 'Hip Flex.', 'hip_flexion', [
    65,
    95,
    'own convention: about 80 with a straight knee',
  ]),
  ...endRange(hip, 'Standing Hip Abduction', 'Hip Abd.', 'hip_adduction', normal.hipAbduction, -1),
  ...endRange(hip, 'Side-Lying Hip Abduction', 'Hip Abd.', 'hip_adduction', normal.hipAbduction, -1),
  ...endRange(hip, 'Standing Hip Adduction', 'Hip Add.', 'hip_adduction', normal.hipAdduction),
  ...endRange(hip, 'Seated Hip Internal Rotation', 'Hip IR', 'hip_rotation', normal.hipRotation),
  ...endRange(hip, 'Seated Hip External Rotation', 'Hip ER', 'hip_rotation', normal.hipRotation, -1),
  ...leftAndRight(hip, 'Seated Hip IR/ER', 'hip_rotation', (side) => [
    on(side, 'Hip IR', normal.hipRotation),
    on(side, 'Hip ER', normal.hipRotation),
  ]),
  ...leftAndRight(hip, 'Clamshell', 'hip_rotation', (side) => [on(side, 'Hip ER'), on(side, 'Hip Abd.')], -1),
  ...leftAndRight(
    hip,
    'Fire Hydrant',
    'hip_adduction',
    (side) => [on(side, 'Hip Abd.'), on(side, 'Hip Flex.')],
    -1,
  ),
  exercise(hip, 'Frog Rock', 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Hip Abd.'),
    ...bothSides('Hip ER'),
  ]),

  ...endRange(knee, 'Prone Knee Flexion', 'Knee Flex.', 'knee_angle', normal.kneeFlexion),
  ...endRange(knee, 'Heel Slide', 'Knee Flex.', 'knee_angle', normal.kneeFlexion),
  ...leftAndRight(knee, 'Seated Knee Extension', 'knee_angle', (side) => [on(side, 'Knee Flex.')], -1),
  exercise(
    knee,
    'Nordic Hamstring Curl',
    'knee_angle_r',
    [...bothSides('Knee Flex.'), ...bothSides('Hip Flex.')],
    -1,
  ),

  ...leftAndRight(ankle, 'Knee-to-Wall Dorsiflexion', 'ankle_angle', (side) => [
    on(side, 'Ankle DF', [30, 48, 'own convention: weight-bearing lunge about 38']),
    on(side, 'Knee Flex.'),
    on(side, 'Shin Angle'),
  ]),
  ...endRange(ankle, 'Ankle Dorsiflexion - Unweighted', 'Ankle DF', 'ankle_angle', normal.dorsiflexion),
  ...endRange(ankle, 'Ankle Plantarflexion', 'Ankle PF', 'ankle_angle', normal.plantarflexion, -1),
  ...endRange(ankle, 'Ankle Inversion', 'Ankle Inv.', 'subtalar_angle', normal.inversion),
  ...endRange(ankle, 'Ankle Eversion', 'Ankle Ev.', 'subtalar_angle', normal.eversion, -1),
  exercise(
    ankle,
    'Heel Raise',
    'ankle_angle_r',
    [...bothSides('Ankle PF', [25, 50, 'own convention: full rise in standing'])],
    -1,
  ),
  ...leftAndRight(
    ankle,
    'Single-Leg Heel Raise',
    'ankle_angle',
    (side) => [on(side, 'Ankle PF', [22, 50, 'own convention: full rise in standing'])],
    -1,
  ),
];
