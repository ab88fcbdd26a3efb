/** Tests of one hip, knee or ankle through its range. */

import type { Limbs, Pose } from '../pose.ts';
import { onChair, onTable, reach, type Support, through } from './pattern.ts';

const lying: Pose = {
  both: { hip_flexion: 0, knee_angle: 2, ankle_angle: -18, arm_add: -15 },
  core: { pelvis_tilt: 86 },
};
const prone: Pose = {
  both: { hip_flexion: 0, knee_angle: 3, ankle_angle: -22, arm_flex: 20 },
  core: { pelvis_tilt: -86 },
};
const sideLying: Pose = {
  both: { hip_flexion: 6, knee_angle: 6, ankle_angle: -6 },
  towards: { pelvis_list: -84 },
};
const sitting: Pose = {
  both: { hip_flexion: 82, hip_rotation: 0, knee_angle: 88, ankle_angle: -4, elbow_flex: 40 },
  core: { lumbar_extension: -6 },
};

const slow = { there_s: 1.25, hold_s: 0.5, back_s: 1.15, pause_s: 0.5, repetitions: 4 };
const one = (rest: Pose, work: Limbs, support: Support, more: Pose = {}) =>
  reach(rest, { ...more, work }, { ...slow, support });

export const supineHipFlexion = one(lying, { hip_flexion: 120, knee_angle: 118 }, onTable, {
  core: { pelvis_tilt: 92 },
});
export const straightLegRaise = one(lying, { hip_flexion: 78, knee_angle: 6, ankle_angle: -4 }, onTable, {
  core: { pelvis_tilt: 89 },
});
export const proneHipExtension = one(prone, { hip_flexion: -19, knee_angle: 8 }, onTable, {
  core: { pelvis_tilt: -90, lumbar_extension: 6 },
});
export const thomasTest = one(
  { ...lying, work: { hip_flexion: 18, knee_angle: 60 }, other: { hip_flexion: 118, knee_angle: 120 } },
  { hip_flexion: -10, knee_angle: 78 },
  onTable,
);
export const sideLyingHipAbduction = one(sideLying, { hip_adduction: -42 }, onTable);
export const hipAbduction = one({ both: { hip_adduction: -2 } }, { hip_adduction: -43 }, 'feet', {
  towards: { lumbar_bending: -5, pelvis_list: -5 },
});
export const hipAdduction = one(
  { both: { hip_adduction: -2 } },
  { hip_adduction: 27, hip_flexion: 14 },
  'feet',
);
export const seatedHipInternalRotation = one(sitting, { hip_rotation: 41 }, onChair, {
  towards: { pelvis_list: -3 },
});
export const seatedHipExternalRotation = one(sitting, { hip_rotation: -42 }, onChair, {
  towards: { pelvis_list: 2 },
});

/** External first, then internal, in one repetition. */
export const seatedHipRotation = through(
  sitting,
  [
    { to: { work: { hip_rotation: -40 } }, move_s: 0.9, hold_s: 0.35 },
    { to: { work: { hip_rotation: 38 } }, move_s: 1.3, hold_s: 0.35 },
  ],
  { back_s: 0.9, pause_s: 0.4, repetitions: 4, support: onChair },
);

export const hipHike = one({}, { hip_adduction: -2, hip_flexion: 6 }, 'feet', {
  towards: { pelvis_list: -14, lumbar_bending: 6 },
});
export const clamshell = one(
  { ...sideLying, both: { hip_flexion: 45, knee_angle: 90, hip_rotation: 0 } },
  { hip_flexion: 46, hip_rotation: -34, hip_adduction: -20 },
  onTable,
);

export const proneKneeFlexion = one(prone, { knee_angle: 136 }, onTable);
export const heelSlide = one(lying, { hip_flexion: 62, knee_angle: 134, ankle_angle: 4 }, onTable);
export const seatedKneeExtension = one(sitting, { knee_angle: 4, ankle_angle: 4 }, onChair);
export const activeKneeExtension = one(
  { ...lying, work: { hip_flexion: 90, knee_angle: 92 } },
  { hip_flexion: 90, knee_angle: 22 },
  onTable,
);
export const nordicCurl = reach(
  { both: { hip_flexion: 2, knee_angle: 88, ankle_angle: -24 } },
  {
    both: { hip_flexion: 10, knee_angle: 32, arm_flex: 55, elbow_flex: 70 },
    core: { pelvis_tilt: -60, lumbar_extension: 2 },
  },
  { there_s: 2.2, hold_s: 0.2, back_s: 1.4, pause_s: 0.5, repetitions: 4, support: { height_m: 0.5 } },
);

/** Half kneeling, the weight pushes the front knee over the foot. */
export const weightedDorsiflexion = reach(
  {
    work: { hip_flexion: 74, knee_angle: 80, ankle_angle: -2 },
    other: { hip_flexion: 4, knee_angle: 92, ankle_angle: -20 },
    both: { arm_flex: 32, elbow_flex: 62 },
    core: { pelvis_tilt: -6, lumbar_extension: -8 },
  },
  {
    work: { hip_flexion: 88, knee_angle: 108, ankle_angle: 30, subtalar_angle: -4 },
    other: { hip_flexion: -4, knee_angle: 96, ankle_angle: -20 },
    both: { arm_flex: 38, elbow_flex: 66 },
    core: { pelvis_tilt: -10, lumbar_extension: -12 },
  },
  { there_s: 1.1, hold_s: 0.7, back_s: 1.0, pause_s: 0.5 },
);

export const kneeToWall = reach(
  {
    work: { hip_flexion: 22, knee_angle: 16, ankle_angle: 2 },
    other: { hip_flexion: -12, knee_angle: 6, ankle_angle: 14 },
  },
  {
    work: { hip_flexion: 48, knee_angle: 62, ankle_angle: 36, subtalar_angle: -5 },
    other: { hip_flexion: -10, knee_angle: 22, ankle_angle: 24 },
  },
  { there_s: 1.1, hold_s: 0.6, back_s: 1.0, pause_s: 0.5 },
);

const longSitting: Pose = {
  both: { hip_flexion: 72, knee_angle: 4, ankle_angle: -12 },
  core: { lumbar_extension: -16 },
};
export const openDorsiflexion = one(longSitting, { ankle_angle: 17 }, onTable);
export const openPlantarflexion = one(
  { ...longSitting, both: { ...longSitting.both, ankle_angle: -4 } },
  { ankle_angle: -52 },
  onTable,
);
export const inversion = one(longSitting, { subtalar_angle: 28, ankle_angle: -16 }, onTable);
export const eversion = one(longSitting, { subtalar_angle: -20 }, onTable);

const raised = { hip_flexion: 0, knee_angle: 3, ankle_angle: -32, mtp_angle: 34 };
export const heelRaise = reach(
  {},
  { both: raised },
  { there_s: 0.75, hold_s: 0.35, back_s: 0.85, pause_s: 0.35, repetitions: 6 },
);
export const singleLegHeelRaise = reach(
  { other: { hip_flexion: 10, knee_angle: 55 } },
  { work: raised },
  { there_s: 0.75, hold_s: 0.3, back_s: 0.85, pause_s: 0.35, repetitions: 6 },
);
export const legCircle = one({}, { hip_flexion: 52, hip_adduction: -24, knee_angle: 8 }, 'feet');
export const frog = reach(
  { both: { hip_flexion: 70, hip_adduction: -16, hip_rotation: 0, knee_angle: 95 } },
  { both: { hip_flexion: 92, hip_adduction: -38, hip_rotation: -30, knee_angle: 108 } },
  { ...slow, support: { height_m: 0.4 } },
);
