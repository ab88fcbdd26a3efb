/** The trunk: spine range tests, floor exercises and rotations. */

import type { Pose } from '../pose.ts';
import { onChair, onHands, onMat, reach, through } from './pattern.ts';

const slow = { there_s: 1.2, hold_s: 0.45, back_s: 1.15, pause_s: 0.45, repetitions: 4 };
const crossed: Pose = { both: { arm_flex: 48, arm_add: 16, elbow_flex: 122 } };
const seatedCrossed: Pose = {
  both: { ...crossed.both, hip_flexion: 84, knee_angle: 90 },
  core: { pelvis_tilt: 2, lumbar_extension: -4 },
};

export const trunkFlexion = reach(
  {},
  { both: { hip_flexion: 38, arm_flex: 62 }, core: { pelvis_tilt: -36, lumbar_extension: -76 } },
  slow,
);
export const trunkExtension = reach(
  crossed,
  { both: { hip_flexion: -9 }, core: { pelvis_tilt: 8, lumbar_extension: 25 } },
  slow,
);
export const sideBend = reach(
  {},
  {
    towards: { lumbar_bending: 34, pelvis_list: 4 },
    work: { hip_adduction: -10 },
    other: { hip_adduction: 6 },
  },
  slow,
);
export const seatedRotation = reach(
  seatedCrossed,
  { towards: { lumbar_rotation: 44, pelvis_rotation: 4 } },
  { ...slow, support: onChair },
);
export const standingRotation = reach(
  crossed,
  {
    towards: { lumbar_rotation: 40, pelvis_rotation: 36, lumbar_bending: 3 },
    work: { hip_rotation: 16 },
    other: { hip_rotation: -20 },
  },
  slow,
);
export const forwardReach = reach(
  { both: { arm_flex: 88, elbow_flex: 6 } },
  {
    both: { hip_flexion: 30, arm_flex: 98, ankle_angle: -3 },
    core: { pelvis_tilt: -22, lumbar_extension: -18 },
  },
  slow,
);

const onAllFours: Pose = {
  both: { hip_flexion: 86, knee_angle: 90, ankle_angle: -30, arm_flex: 86, elbow_flex: 5 },
  core: { pelvis_tilt: -80 },
};
/** Arched first, then rounded. */
export const catCow = through(
  onAllFours,
  [
    { to: { core: { pelvis_tilt: -94, lumbar_extension: 20 } }, move_s: 1.0, hold_s: 0.3 },
    { to: { core: { pelvis_tilt: -56, lumbar_extension: -34 } }, move_s: 1.3, hold_s: 0.3 },
  ],
  { back_s: 0.9, pause_s: 0.3, repetitions: 4, support: onHands },
);
export const birdDog = reach(
  onAllFours,
  {
    work: { hip_flexion: -6, knee_angle: 8 },
    other: { arm_flex: 164 },
    core: { pelvis_tilt: -84, lumbar_extension: 5 },
  },
  { ...slow, hold_s: 0.8, support: onHands },
);
export const fireHydrant = reach(
  onAllFours,
  { work: { hip_flexion: 82, hip_adduction: -46, hip_rotation: -8 } },
  { ...slow, support: onHands },
);

const supine: Pose = { both: { hip_flexion: 46, knee_angle: 88, arm_flex: 20 }, core: { pelvis_tilt: 82 } };
export const sitUp = reach(
  { ...supine, both: { ...supine.both, ...crossed.both } },
  { both: { hip_flexion: 96 }, core: { pelvis_tilt: 34, lumbar_extension: -44 } },
  { ...slow, hold_s: 0.15, support: onMat, repetitions: 5 },
);
export const deadBug = reach(
  { both: { hip_flexion: 90, knee_angle: 90, arm_flex: 88, elbow_flex: 5 }, core: { pelvis_tilt: 86 } },
  { work: { hip_flexion: 8, knee_angle: 6 }, other: { arm_flex: 164 }, core: { pelvis_tilt: 84 } },
  { ...slow, support: onMat },
);
export const legRaise = reach(
  { both: { hip_flexion: 4, knee_angle: 4 }, core: { pelvis_tilt: 86 } },
  { both: { hip_flexion: 86, knee_angle: 6 }, core: { pelvis_tilt: 96, lumbar_extension: -8 } },
  { ...slow, support: onMat },
);
export const superman = reach(
  { both: { hip_flexion: 0, arm_flex: 160 }, core: { pelvis_tilt: -88 } },
  { both: { hip_flexion: -14, arm_flex: 174 }, core: { pelvis_tilt: -90, lumbar_extension: 22 } },
  { ...slow, support: onMat },
);
export const twist = through(
  {
    both: { hip_flexion: 74, knee_angle: 78, arm_flex: 52, elbow_flex: 60 },
    core: { pelvis_tilt: 28, lumbar_extension: -22 },
  },
  [
    { to: { core: { lumbar_rotation: -34 } }, move_s: 0.7 },
    { to: { core: { lumbar_rotation: 34 } }, move_s: 1.0 },
  ],
  { back_s: 0.7, pause_s: 0.2, repetitions: 6, support: onMat },
);
/** Side plank: hips that sink to the floor bend the trunk away from the lower side, hips that rise towards it. */
export const sidePlankLift = reach(
  {
    towards: { pelvis_list: 64, lumbar_bending: -20 },
    work: { arm_add: -80, elbow_flex: 88, hip_adduction: 14 },
  },
  { towards: { pelvis_list: 78, lumbar_bending: 6 }, work: { hip_adduction: -6 }, lift_m: 0.2 },
  { ...slow, support: onMat },
);
export const plankTwist = reach(
  { both: { arm_flex: 82, elbow_flex: 88 }, core: { pelvis_tilt: -86 } },
  { towards: { pelvis_rotation: 30, lumbar_rotation: -14, lumbar_bending: 6 } },
  { ...slow, there_s: 0.8, back_s: 0.8, support: onMat },
);
export const mountainClimber = reach(
  { both: { arm_flex: 78, hip_flexion: 6, knee_angle: 6 }, core: { pelvis_tilt: -74 } },
  { work: { hip_flexion: 108, knee_angle: 112 }, core: { pelvis_tilt: -66, lumbar_extension: -12 } },
  { there_s: 0.45, hold_s: 0.05, back_s: 0.45, pause_s: 0.4, repetitions: 7, support: onHands },
);
export const getUp = through(
  { both: { hip_flexion: 12, knee_angle: 20 }, work: { arm_flex: 88 }, core: { pelvis_tilt: 84 } },
  [
    {
      to: {
        work: { hip_flexion: 92, knee_angle: 90, arm_flex: 120 },
        other: { hip_flexion: 66, knee_angle: 40 },
        core: { pelvis_tilt: 18, lumbar_extension: -26 },
        lift_m: 0.1,
      },
      move_s: 1.3,
      hold_s: 0.2,
    },
    {
      to: {
        both: { hip_flexion: 4, knee_angle: 5, arm_flex: 20 },
        work: { arm_flex: 164 },
        core: { pelvis_tilt: -4 },
        lift_m: 0.8,
      },
      move_s: 1.6,
      hold_s: 0.4,
    },
  ],
  { back_s: 2.2, pause_s: 0.5, repetitions: 2, support: onMat },
);
