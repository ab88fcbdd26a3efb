/** Walking, running and marching; a repetition is one stride of the leg in the primary channel. */

import type { ExerciseDefinition } from '../exercise.ts';
import { exercise } from './build.ts';
import { bothSides, type Range, trunk } from './metric.ts';

const walkingSwing: Range = [50, 70, 'commonly charted: about 60 in the swing of level walking; own band'];
const runningSwing: Range = [80, 120, 'own convention: heel recovery in running'];
const marchingHip: Range = [70, 105, 'own convention: thigh about level'];

const walking = (name: string): ExerciseDefinition =>
  exercise('Gait', name, 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Hip Ext.'),
    ...bothSides('Knee Flex.', walkingSwing),
    ...bothSides('Ankle DF'),
    ...bothSides('Ankle PF'),
    ...trunk('Pelvis Drop'),
    ...trunk('Pelvis Rotation'),
  ]);

const running = (name: string): ExerciseDefinition =>
  exercise('Running', name, 'knee_angle_r', [
    ...bothSides('Hip Flex.'),
    ...bothSides('Hip Ext.'),
    ...bothSides('Knee Flex.', runningSwing),
    ...bothSides('Ankle DF'),
    ...bothSides('Ankle PF'),
    ...trunk('Torso Rotation'),
  ]);

const marching = (category: string, name: string): ExerciseDefinition =>
  exercise(category, name, 'hip_flexion_r', [
    ...bothSides('Hip Flex.', marchingHip),
    ...bothSides('Knee Flex.'),
  ]);

export const gait: readonly ExerciseDefinition[] = [
  walking('Gait'),
  walking('Treadmill Walking'),
  walking('Fast Walking'),
  walking('Slow Walking'),
  running('Running'),
  running('Treadmill Running'),
  running('Sprint'),
  marching('Gait', 'Marching in Place'),
  marching('Running', 'High Knees'),
];
