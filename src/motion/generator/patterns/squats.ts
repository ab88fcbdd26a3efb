/** Standing on both feet: squats, hinges, rising from a chair, bridges. */

import type { Limbs, Pose } from '../pose.ts';
import { onMat, reach, through } from './pattern.ts';

const bottom: Pose = {
  both: {
    hip_flexion: 98,
    hip_adduction: -12,
    hip_rotation: 4,
    knee_angle: 104,
    ankle_angle: 27,
    subtalar_angle: -4,
    arm_flex: 82,
    elbow_flex: 22,
  },
  core: { pelvis_tilt: -26, lumbar_extension: -20 },
};

export const squat = reach({}, bottom, { there_s: 1.15, hold_s: 0.25, back_s: 0.95, pause_s: 0.4 });

/** The bar or the weight is held, so the arms stay. */
export const loadedSquat = reach(
  { both: { arm_flex: 20, arm_add: -25, elbow_flex: 115 } },
  { ...bottom, both: { ...bottom.both, arm_flex: 24, elbow_flex: 118 } },
  { there_s: 1.4, hold_s: 0.3, back_s: 1.1, pause_s: 0.5 },
);

export const overheadSquat = reach(
  { both: { arm_flex: 160, arm_add: -18, elbow_flex: 8 } },
  {
    ...bottom,
    both: { ...bottom.both, arm_flex: 150, elbow_flex: 10 },
    core: { pelvis_tilt: -22, lumbar_extension: -14 },
  },
  { there_s: 1.4, hold_s: 0.4, back_s: 1.1, pause_s: 0.4 },
);

export const wideSquat = reach(
  { both: { hip_adduction: -24, hip_rotation: -22 } },
  {
    ...bottom,
    both: { ...bottom.both, hip_flexion: 86, hip_adduction: -38, hip_rotation: -28, ankle_angle: 18 },
  },
  { there_s: 1.3, hold_s: 0.3, back_s: 1.0, pause_s: 0.4 },
);

export const hinge = reach(
  { both: { hip_rotation: -4 }, core: { pelvis_tilt: -3, lumbar_extension: 4 } },
  {
    both: { hip_flexion: 90, hip_rotation: 6, knee_angle: 26, ankle_angle: 5, arm_flex: 40, elbow_flex: 12 },
    core: { pelvis_tilt: -62, lumbar_extension: -9 },
  },
  { there_s: 1.3, hold_s: 0.3, back_s: 1.05, pause_s: 0.4 },
);

export const deadlift = reach(
  { both: { arm_flex: 4, elbow_flex: 4 } },
  {
    both: { hip_flexion: 96, knee_angle: 58, ankle_angle: 13, arm_flex: 42, elbow_flex: 4 },
    core: { pelvis_tilt: -55, lumbar_extension: -14 },
  },
  { there_s: 1.5, hold_s: 0.25, back_s: 1.0, pause_s: 0.5 },
);

export const swing = reach(
  { both: { arm_flex: 6, elbow_flex: 6 } },
  {
    both: { hip_flexion: 84, knee_angle: 34, ankle_angle: 6, arm_flex: -12, elbow_flex: 6 },
    core: { pelvis_tilt: -54, lumbar_extension: -10 },
  },
  { there_s: 0.7, hold_s: 0.05, back_s: 0.5, pause_s: 0.25, repetitions: 8 },
);

const seated: Pose = {
  both: {
    hip_flexion: 84,
    hip_adduction: -8,
    knee_angle: 93,
    ankle_angle: 11,
    arm_flex: 8,
    arm_add: -8,
    elbow_flex: 95,
  },
  core: { pelvis_tilt: 6, lumbar_extension: -14 },
};

const leanForward: Pose = {
  both: { hip_flexion: 104, knee_angle: 91, ankle_angle: 20, arm_flex: 20 },
  core: { pelvis_tilt: -22, lumbar_extension: -26 },
};
const upright: Pose = {
  both: { hip_flexion: 3, knee_angle: 4, ankle_angle: 4, arm_flex: 2 },
  core: { pelvis_tilt: -4, lumbar_extension: -2 },
};

/** The trunk swings forward over the feet before the legs straighten. */
export const sitToStand = through(
  seated,
  [
    { to: leanForward, move_s: 0.45 },
    { to: upright, move_s: 0.75, hold_s: 0.3 },
  ],
  { back_s: 1, pause_s: 0.3 },
);

const legForward: Limbs = { hip_flexion: 82, knee_angle: 22 };

export const singleLegSitToStand = through(
  { ...seated, other: legForward },
  [
    { to: { ...leanForward, other: { ...legForward, hip_flexion: 94 } }, move_s: 0.55 },
    { to: { ...upright, other: { hip_flexion: 26, knee_angle: 18 } }, move_s: 0.95, hold_s: 0.35 },
  ],
  { back_s: 1.2, pause_s: 0.4 },
);

const supine: Pose = {
  both: { hip_flexion: 46, knee_angle: 92, ankle_angle: 4, arm_flex: 0, arm_add: -20, elbow_flex: 8 },
  core: { pelvis_tilt: 78 },
};

export const bridge = reach(
  supine,
  {
    both: { hip_flexion: -4, knee_angle: 96 },
    core: { pelvis_tilt: 104, lumbar_extension: 4 },
    lift_m: 0.24,
  },
  { there_s: 0.9, hold_s: 0.6, back_s: 1.0, pause_s: 0.4, support: onMat },
);

export const singleLegBridge = reach(
  { ...supine, other: { knee_angle: 8, hip_flexion: 44 } },
  {
    work: { hip_flexion: -4, knee_angle: 96 },
    other: { hip_flexion: 6, knee_angle: 6 },
    core: { pelvis_tilt: 102, lumbar_extension: 4 },
    lift_m: 0.22,
  },
  { there_s: 0.9, hold_s: 0.5, back_s: 1.0, pause_s: 0.4, support: onMat },
);
