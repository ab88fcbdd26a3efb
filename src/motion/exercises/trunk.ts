/** Range tests of the spine and exercises for the trunk. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight, opposite } from './build.ts';
import { bothSides, on, torsoBothWays, trunk } from './metric.ts';
import { normal } from './normal-ranges.ts';

const spine = 'Spine Mobility';
const strength = 'Trunk Strength';

export const trunkExercises: readonly ExerciseDefinition[] = [
  exercise(
    spine,
    'Standing Trunk Flexion',
    'lumbar_extension',
    [...trunk('Torso Flex.', normal.trunkFlexion), ...bothSides('Hip Flex.')],
    -1,
  ),
  exercise(spine, 'Standing Trunk Extension', 'lumbar_extension', [
    ...trunk('Torso Ext.', normal.trunkExtension),
  ]),
  exercise(
    spine,
    'Left Standing Side Bend',
    'lumbar_bending',
    [...trunk('Torso Lat. Flex.', normal.trunkLateralFlexion, 'L')],
    -1,
  ),
  exercise(spine, 'Right Standing Side Bend', 'lumbar_bending', [
    ...trunk('Torso Lat. Flex.', normal.trunkLateralFlexion, 'R'),
  ]),
  exercise(spine, 'Left Seated Trunk Rotation', 'lumbar_rotation', [
    ...trunk('Torso Rotation', normal.trunkRotation, 'L'),
  ]),
  exercise(
    spine,
    'Right Seated Trunk Rotation',
    'lumbar_rotation',
    [...trunk('Torso Rotation', normal.trunkRotation, 'R')],
    -1,
  ),
  exercise(spine, 'Left Standing Rotation', 'lumbar_rotation', [
    ...trunk('Torso Rotation', undefined, 'L'),
    ...trunk('Pelvis Rotation', undefined, 'L'),
  ]),
  exercise(
    spine,
    'Right Standing Rotation',
    'lumbar_rotation',
    [...trunk('Torso Rotation', undefined, 'R'), ...trunk('Pelvis Rotation', undefined, 'R')],
    -1,
  ),
  exercise(spine, 'Cat-Cow', 'lumbar_extension', torsoBothWays(), -1),

  exercise(strength, 'Sit-Up', 'lumbar_extension', [...trunk('Torso Flex.'), ...bothSides('Hip Flex.')], -1),
  exercise(strength, 'Lying Leg Raise', 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.'),
  ]),
  exercise(strength, 'Superman', 'lumbar_extension', [...trunk('Torso Ext.'), ...bothSides('Hip Ext.')]),
  exercise(strength, 'Russian Twist', 'lumbar_rotation', [...trunk('Torso Rotation')]),
  ...leftAndRight(
    strength,
    'Dead Bug',
    'hip_flexion',
    (side) => [on(side, 'Hip Flex.'), on(opposite(side), 'Shoulder Flex.')],
    -1,
  ),
  ...leftAndRight(
    strength,
    'Bird Dog',
    'hip_flexion',
    (side) => [on(side, 'Hip Ext.'), on(opposite(side), 'Shoulder Flex.')],
    -1,
  ),
  ...leftAndRight(strength, 'Plank Shoulder Tap', 'elbow_flex', (side) => [
    on(side, 'Elbow Flex.'),
    ...trunk('Pelvis Rotation'),
  ]),
  ...leftAndRight(strength, 'Mountain Climber', 'hip_flexion', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.'),
  ]),
  /** Lying on the left side, hips that rise bend the trunk to the left. */
  exercise(
    strength,
    'Left Side Plank Hip Lift',
    'lumbar_bending',
    [...trunk('Torso Lat. Flex.', undefined, 'L')],
    -1,
  ),
  exercise(strength, 'Right Side Plank Hip Lift', 'lumbar_bending', [
    ...trunk('Torso Lat. Flex.', undefined, 'R'),
  ]),
  exercise(strength, 'Left Plank Rotation', 'pelvis_rotation', [...trunk('Pelvis Rotation', undefined, 'L')]),
  exercise(
    strength,
    'Right Plank Rotation',
    'pelvis_rotation',
    [...trunk('Pelvis Rotation', undefined, 'R')],
    -1,
  ),
  exercise('Whole Body', 'Turkish Get-Up', null, null),
  exercise('Whole Body', 'Burpee', 'knee_angle_r', null),
];
