/** Bending at the hips: deadlifts, swings, bridges. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise, leftAndRight } from './build.ts';
import { bothSides, on, type Range, torsoBothWays, trunk } from './metric.ts';

const category = 'Hinge';
const softKnee: Range = [10, 45, 'own convention: knees soft, not squatting'];
const openHip: Range = [0, 15, 'own convention: hips fully open at the top'];

const hinge = (name: string, knee?: Range): ExerciseDefinition =>
  exercise(category, name, 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.', knee),
    ...torsoBothWays(),
  ]);

/** The hips open on the way up, so repetitions are the lowest points of hip flexion. */
const lift = (name: string): ExerciseDefinition =>
  exercise(
    category,
    name,
    'hip_flexion_r',
    [...bothSides('Hip Ext.', openHip), ...bothSides('Knee Flex.')],
    -1,
  );

export const hinges: readonly ExerciseDefinition[] = [
  hinge('Deadlift'),
  hinge('Romanian Deadlift', softKnee),
  hinge('Good Morning', softKnee),
  hinge('Kettlebell Swing', softKnee),
  exercise(category, 'Standing Toe Touch', 'hip_flexion_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Knee Flex.'),
    ...trunk('Torso Flex.'),
  ]),
  ...leftAndRight(category, 'Single-Leg Romanian Deadlift', 'hip_flexion', (side) => [
    on(side, 'Hip Flex.'),
    on(side, 'Knee Flex.', softKnee),
    ...trunk('Pelvis Rotation'),
  ]),
  lift('Glute Bridge'),
  lift('Hip Thrust'),
  ...leftAndRight(
    category,
    'Single-Leg Bridge',
    'hip_flexion',
    (side) => [on(side, 'Hip Ext.', openHip), on(side, 'Knee Flex.')],
    -1,
  ),
];
