/** Short ways to write the metrics of an exercise. The label, unit included, follows from the motion's name. */

import type { MetricDefinition, Side } from '../exercise.ts';

export type BodySide = Extract<Side, 'L' | 'R'>;

/** Borders in degrees and where they come from; absent: the metric is shown but not scored. */
export type Range = readonly [min: number, max: number, source: string];

/** Motion of a joint that exists on both sides: coordinate without its side, and the sign that makes it positive. */
const limbMotions = {
  'Hip Flex.': ['hip_flexion', 1],
  'Hip Ext.': ['hip_flexion', -1],
  'Hip Add.': ['hip_adduction', 1],
  'Hip Abd.': ['hip_adduction', -1],
  'Hip IR': ['hip_rotation', 1],
  'Hip ER': ['hip_rotation', -1],
  'Knee Flex.': ['knee_angle', 1],
  'Ankle DF': ['ankle_angle', 1],
  'Ankle PF': ['ankle_angle', -1],
  'Ankle Inv.': ['subtalar_angle', 1],
  'Ankle Ev.': ['subtalar_angle', -1],
  'Shin Angle': ['shin_angle', 1],
  'Shoulder Flex.': ['arm_flex', 1],
  'Shoulder Ext.': ['arm_flex', -1],
  'Shoulder Add.': ['arm_add', 1],
  'Shoulder Abd.': ['arm_add', -1],
  'Shoulder IR': ['arm_rot', 1],
  'Shoulder ER': ['arm_rot', -1],
  'Elbow Flex.': ['elbow_flex', 1],
  'Forearm Pron.': ['pro_sup', 1],
  'Forearm Sup.': ['pro_sup', -1],
} as const;

/** Motion of pelvis or trunk: side, coordinate, sign. F is forward, B backward, L and R towards that side. */
const trunkMotions = {
  'Torso Flex.': [['F', 'lumbar_extension', -1]],
  'Torso Ext.': [['B', 'lumbar_extension', 1]],
  'Torso Lat. Flex.': [
    ['L', 'lumbar_bending', -1],
    ['R', 'lumbar_bending', 1],
  ],
  'Torso Rotation': [
    ['L', 'lumbar_rotation', 1],
    ['R', 'lumbar_rotation', -1],
  ],
  'Pelvis Rotation': [
    ['L', 'pelvis_rotation', 1],
    ['R', 'pelvis_rotation', -1],
  ],
  'Pelvis Drop': [
    ['L', 'pelvis_list', -1],
    ['R', 'pelvis_list', 1],
  ],
} as const;

export type LimbMotion = keyof typeof limbMotions;
export type TrunkMotion = keyof typeof trunkMotions;

/** One side's metric of a limb joint. */
export function on(side: BodySide, motion: LimbMotion, range?: Range): MetricDefinition {
  const [coordinate, sign] = limbMotions[motion];
  return metric(`${motion} (°)`, side, `${coordinate}_${side === 'L' ? 'l' : 'r'}`, sign, 'angle', range);
}

/** The same metric left and right. */
export function bothSides(motion: LimbMotion, range?: Range): MetricDefinition[] {
  return [on('L', motion, range), on('R', motion, range)];
}

/** A metric of the trunk, in each direction that it has, or in the one asked for. */
export function trunk(motion: TrunkMotion, range?: Range, direction?: Side): MetricDefinition[] {
  return trunkMotions[motion]
    .filter(([side]) => direction === undefined || side === direction)
    .map(([side, channel, sign]) => metric(`${motion} (°)`, side, channel, sign, 'angle', range));
}

/** Bending of the trunk away from neutral in both directions, under the one label that published reports use. */
export function torsoBothWays(range?: Range): MetricDefinition[] {
  return [
    metric('Torso Ext. (°)', 'F', 'lumbar_extension', -1, 'angle', range),
    metric('Torso Ext. (°)', 'B', 'lumbar_extension', 1, 'angle', range),
  ];
}

/** Angle between upper arm and trunk in whatever plane the arm is raised; models that have it are of a right shoulder. */
export function shoulderElevation(range?: Range): MetricDefinition {
  return metric('Shoulder Elev. (°)', 'R', 'shoulder_elv', 1, 'angle', range);
}

/** Internal plus external rotation: the whole travel of a repetition. Its published label has no unit. */
export function shoulderRotationArc(side: BodySide, range?: Range): MetricDefinition {
  return metric('Shoulder Rotation Arc', side, side === 'L' ? 'arm_rot_l' : 'arm_rot_r', 1, 'range', range);
}

function metric(
  label: string,
  side: Side,
  channel: string,
  sign: 1 | -1,
  reads: MetricDefinition['reads'],
  range: Range | undefined,
): MetricDefinition {
  if (!range) return { label, side, channel, sign, reads, min: null, max: null };
  const [min, max, source] = range;
  return { label, side, channel, sign, reads, min, max, source };
}
