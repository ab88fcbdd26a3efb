/** Range tests of shoulder, elbow and forearm. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, type LimbMotion, on, type Range, shoulderElevation, trunk } from './metric.ts';
import { normal } from './normal-ranges.ts';

const category = 'Shoulder Mobility';
const elbow = 'Elbow and Forearm';

const endRange = (
  name: string,
  motion: LimbMotion,
  coordinate: string,
  range: Range | undefined,
  polarity: 1 | -1 = 1,
) => leftAndRight(category, name, coordinate, (side) => [on(side, motion, range)], polarity);

export const shoulderMobility: readonly ExerciseDefinition[] = [
  exercise(category, 'Shoulder Flexion', 'arm_flex_r', [
    ...bothSides('Shoulder Flex.', normal.shoulderFlexion),
    ...trunk('Torso Ext.'),
  ]),
  exercise(
    category,
    'Shoulder Abduction',
    'arm_add_r',
    [...bothSides('Shoulder Abd.', normal.shoulderAbduction), ...trunk('Torso Lat. Flex.')],
    -1,
  ),
  exercise(category, 'Shoulder Elevation', 'shoulder_elv', [shoulderElevation(normal.shoulderAbduction)]),
  exercise(category, 'Scaption', 'arm_flex_r', [
    ...bothSides('Shoulder Flex.'),
    ...bothSides('Shoulder Abd.'),
  ]),
  exercise(category, 'Wall Slide', 'arm_flex_r', [
    ...bothSides('Shoulder Flex.'),
    ...bothSides('Elbow Flex.'),
  ]),
  ...endRange('Unilateral Shoulder Flexion', 'Shoulder Flex.', 'arm_flex', normal.shoulderFlexion),
  ...endRange('Unilateral Shoulder Abduction', 'Shoulder Abd.', 'arm_add', normal.shoulderAbduction, -1),
  ...endRange('Unilateral Shoulder Extension', 'Shoulder Ext.', 'arm_flex', normal.shoulderExtension, -1),
  ...endRange('Cross-Body Reach', 'Shoulder Add.', 'arm_add', undefined),
  ...endRange(
    'Shoulder External Rotation at Side',
    'Shoulder ER',
    'arm_rot',
    [50, 85, 'own convention: arm at the side turns less than raised'],
    -1,
  ),
  ...endRange('Shoulder Internal Rotation at Side', 'Shoulder IR', 'arm_rot', [
    45,
    80,
    'own convention: until the forearm meets the trunk',
  ]),
  ...endRange('Supine Shoulder Internal Rotation', 'Shoulder IR', 'arm_rot', normal.shoulderInternalRotation),
  ...endRange(
    'Supine Shoulder External Rotation',
    'Shoulder ER',
    'arm_rot',
    normal.shoulderExternalRotation,
    -1,
  ),

  ...leftAndRight(elbow, 'Elbow Flexion', 'elbow_flex', (side) => [
    on(side, 'Elbow Flex.', normal.elbowFlexion),
  ]),
  ...leftAndRight(elbow, 'Forearm Pronation/Supination', 'pro_sup', (side) => [
    on(side, 'Forearm Pron.', normal.pronation),
    on(side, 'Forearm Sup.', normal.supination),
  ]),
];
