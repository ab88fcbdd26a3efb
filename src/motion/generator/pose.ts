/** Body poses in degrees, written once for either side, and the columns they become. */

import type { ExerciseDefinition } from '../exercise.ts';

/** Coordinates that exist on both sides; positive directions as in the Rajagopal model family. */
export const limbCoordinates = [
  'hip_flexion', // flexion +
  'hip_adduction', // adduction +
  'hip_rotation', // internal +
  'knee_angle', // flexion +
  'ankle_angle', // dorsiflexion +
  'subtalar_angle', // inversion +
  'mtp_angle', // toe extension +
  'arm_flex', // shoulder flexion +
  'arm_add', // shoulder adduction +, so abduction is negative
  'arm_rot', // internal +
  'elbow_flex', // flexion +
  'pro_sup', // pronation +
] as const;

/** Coordinates of pelvis and trunk. */
export const coreCoordinates = [
  'pelvis_tilt', // posterior +
  'pelvis_list', // right side down +
  'pelvis_rotation', // towards the left +
  'lumbar_extension', // extension +
  'lumbar_bending', // towards the right +
  'lumbar_rotation', // towards the left +
] as const;

export type LimbCoordinate = (typeof limbCoordinates)[number];
export type CoreCoordinate = (typeof coreCoordinates)[number];
export type Limbs = Partial<Record<LimbCoordinate, number>>;

/** Coordinates whose sign depends on the side that works. */
export type Towards = Partial<
  Record<'pelvis_list' | 'pelvis_rotation' | 'lumbar_bending' | 'lumbar_rotation', number>
>;

export interface Pose {
  readonly both?: Limbs;
  /** The side that the exercise is about. */
  readonly work?: Limbs;
  readonly other?: Limbs;
  readonly core?: Partial<Record<CoreCoordinate, number>>;
  /** Degrees towards the working side: bending, turning or dropping there is positive. */
  readonly towards?: Towards;
  /** Pelvis above where the legs would hold it, in metres: flight, or lifting off a mat. */
  readonly lift_m?: number;
}

/** Degrees by column name; `lift` is in metres. */
export type Angles = Record<string, number>;

/** Quiet standing, from the usual calibration pose: shoulders 5 degrees abducted. */
const standing: Pose = {
  both: {
    hip_flexion: 2,
    hip_adduction: -4,
    hip_rotation: -3,
    knee_angle: 3,
    ankle_angle: 3,
    arm_flex: 2,
    arm_add: -6,
    elbow_flex: 18,
    pro_sup: 75,
  },
  core: { pelvis_tilt: -4, lumbar_extension: -2 },
};

export type WorkingSide = 'l' | 'r';

/** Every column of the standing pose. */
export function standingAngles(side: WorkingSide): Angles {
  const angles: Angles = { lift: 0 };
  for (const name of coreCoordinates) angles[name] = 0;
  for (const name of limbCoordinates) for (const suffix of ['_r', '_l']) angles[name + suffix] = 0;
  return posed(angles, standing, side);
}

/** Also the channels that only this exercise names, at zero; the shin follows the ankle and needs no pose. */
export function withNamedChannels(angles: Angles, { metrics, primaryChannel }: ExerciseDefinition): Angles {
  const names = [
    ...(metrics ?? []).map(({ channel }) => channel),
    ...(primaryChannel === null ? [] : [primaryChannel]),
  ];
  const missing = names.filter((name) => !isCoordinate(name));
  return { ...Object.fromEntries(missing.map((name) => [name, 0])), ...angles };
}

/** Whether the generator moves this channel in every exercise or derives it from one that it moves. */
export function isCoordinate(channel: string): boolean {
  const stem = channel.replace(/_[lr]$/, '');
  if (stem === channel)
    return channel === 'lift' || channel === 'waist_rotation' || oneOf(coreCoordinates, channel);
  return stem === 'shin_angle' || oneOf(limbCoordinates, stem);
}

const oneOf = (names: readonly string[], name: string) => names.includes(name);

/** `from` with everything that `pose` names moved there. */
export function posed(from: Angles, pose: Pose, side: WorkingSide): Angles {
  const angles: Angles = { ...from, lift: pose.lift_m ?? from.lift ?? 0 };
  const setLimbs = (limbs: Limbs | undefined, suffixes: readonly string[]) => {
    for (const [name, value] of Object.entries(limbs ?? {}))
      for (const suffix of suffixes) angles[name + suffix] = value;
  };
  setLimbs(pose.both, ['_r', '_l']);
  setLimbs(pose.work, [`_${side}`]);
  setLimbs(pose.other, [side === 'r' ? '_l' : '_r']);
  Object.assign(angles, pose.core);
  for (const [name, value] of Object.entries(pose.towards ?? {})) {
    // Bending and listing are positive to the right, turning is positive to the left.
    const positive = name.endsWith('rotation') ? 'l' : 'r';
    angles[name] = side === positive ? value : -value;
  }
  return angles;
}
