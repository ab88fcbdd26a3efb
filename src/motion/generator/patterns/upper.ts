/** Shoulders, elbows and forearms: range tests and upper-body strength. */

import type { Limbs, Pose } from '../pose.ts';
import { onChair, onHands, onMat, onTable, reach, type Support, through } from './pattern.ts';

const straight: Pose = { both: { arm_flex: 0, arm_add: -5, elbow_flex: 6, pro_sup: 40 } };
const slow = { there_s: 1.2, hold_s: 0.4, back_s: 1.15, pause_s: 0.4, repetitions: 5 };
const one = (rest: Pose, work: Limbs, more: Pose = {}) => reach(rest, { ...more, work }, slow);
const two = (rest: Pose, both: Limbs, more: Pose = {}, support: Support = 'feet') =>
  reach(rest, { ...more, both }, { ...slow, support });

export const armsForward = two(straight, { arm_flex: 166, arm_add: -10 }, { core: { lumbar_extension: 5 } });
export const armsSideways = two(straight, { arm_add: -168, arm_rot: -30 });
export const armForward = one(straight, { arm_flex: 166, arm_add: -10 }, { towards: { lumbar_bending: -4 } });
export const armSideways = one(
  straight,
  { arm_add: -168, arm_rot: -30 },
  { towards: { lumbar_bending: -6 } },
);
export const armBackward = one(straight, { arm_flex: -56 }, { core: { lumbar_extension: -7 } });
export const armAcross = one(straight, { arm_flex: 62, arm_add: 34 }, { towards: { lumbar_rotation: -6 } });
export const scaption = two(straight, { arm_flex: 118, arm_add: -88 });

const atSide: Pose = { both: { arm_flex: 2, arm_add: -8, elbow_flex: 90, arm_rot: 0 } };
export const externalRotationAtSide = one(atSide, { arm_rot: -62 });
export const internalRotationAtSide = one({ ...atSide, work: { arm_rot: -8 } }, { arm_rot: 58 });

/** Lying or standing with the upper arm level and the elbow bent square: back of the hand first, then the palm. */
export const rotationAtShoulderHeight = through(
  { work: { arm_flex: 8, arm_add: -88, elbow_flex: 90, arm_rot: 0 } },
  [
    { to: { work: { arm_flex: 6, arm_add: -90, elbow_flex: 90, arm_rot: -88 } }, move_s: 0.95, hold_s: 0.35 },
    { to: { work: { arm_flex: 12, arm_add: -86, elbow_flex: 90, arm_rot: 80 } }, move_s: 1.35, hold_s: 0.35 },
  ],
  { back_s: 0.95, pause_s: 0.35, repetitions: 4 },
);

export const elbowFlexion = one(straight, { elbow_flex: 143, arm_flex: 6 });
export const curl = two(straight, { elbow_flex: 132, arm_flex: 10 });
export const triceps = reach(
  { both: { arm_flex: 158, elbow_flex: 8 } },
  { both: { arm_flex: 160, elbow_flex: 118 } },
  { ...slow, there_s: 1.0, back_s: 0.8 },
);
/** Palm down is pronation. */
export const forearmTurn = through(
  { both: { elbow_flex: 90, pro_sup: 0 } },
  [
    { to: { both: { elbow_flex: 90 }, work: { pro_sup: -80 } }, move_s: 0.8, hold_s: 0.25 },
    { to: { both: { elbow_flex: 90 }, work: { pro_sup: 77 } }, move_s: 1.15, hold_s: 0.25 },
  ],
  { back_s: 0.8, pause_s: 0.3, repetitions: 4, support: onChair },
);

export const press = two(
  { both: { arm_flex: 45, arm_add: -35, elbow_flex: 128 } },
  { arm_flex: 158, arm_add: -20, elbow_flex: 8 },
);
export const benchPress = two(
  {
    both: { arm_flex: 84, arm_add: -12, elbow_flex: 8, hip_flexion: 38, knee_angle: 78 },
    core: { pelvis_tilt: 82 },
  },
  { arm_flex: 42, arm_add: -58, elbow_flex: 102, hip_flexion: 38, knee_angle: 78 },
  {},
  onTable,
);
export const lateralRaise = two(straight, { arm_add: -90, elbow_flex: 14 });
export const frontRaise = two(straight, { arm_flex: 92, elbow_flex: 12 });
const bentOver: Pose = {
  both: { hip_flexion: 70, knee_angle: 24, arm_flex: 62, elbow_flex: 8 },
  core: { pelvis_tilt: -52, lumbar_extension: -4 },
};
export const row = two(bentOver, { hip_flexion: 70, knee_angle: 24, arm_flex: -18, elbow_flex: 98 });
export const oneArmRow = one(
  bentOver,
  { arm_flex: -18, elbow_flex: 98 },
  { towards: { lumbar_rotation: 8 } },
);
export const facePull = two(
  { both: { arm_flex: 88, elbow_flex: 10 } },
  { arm_flex: 70, arm_add: -72, arm_rot: -58, elbow_flex: 104 },
);
export const pullDown = two(
  { both: { arm_flex: 160, arm_add: -28, elbow_flex: 10 } },
  { arm_flex: 40, arm_add: -44, elbow_flex: 122 },
);
export const wallSlide = two(
  { both: { arm_flex: 72, arm_add: -40, elbow_flex: 102 } },
  { arm_flex: 156, arm_add: -24, elbow_flex: 26 },
);
export const dip = reach(
  { both: { arm_flex: 4, elbow_flex: 8, hip_flexion: 12, knee_angle: 60 } },
  { both: { arm_flex: -48, elbow_flex: 94, hip_flexion: 20, knee_angle: 64 }, lift_m: -0.26 },
  { ...slow, support: { height_m: 1.15 } },
);
const plank: Pose = {
  both: { arm_flex: 78, arm_add: -12, elbow_flex: 6, hip_flexion: 4, ankle_angle: 8 },
  core: { pelvis_tilt: -74 },
};
export const pushUp = reach(
  plank,
  { both: { arm_flex: 30, arm_add: -42, elbow_flex: 98 }, core: { pelvis_tilt: -82 }, lift_m: -0.22 },
  { there_s: 0.95, hold_s: 0.15, back_s: 0.75, pause_s: 0.3, repetitions: 6, support: onHands },
);
export const shoulderTap = reach(
  plank,
  { work: { arm_flex: 66, arm_add: 18, elbow_flex: 122 }, towards: { pelvis_rotation: -5 } },
  { ...slow, support: onHands },
);
export const internalRotationLying = reach(
  { work: { arm_add: -86, elbow_flex: 90, arm_rot: 0 }, core: { pelvis_tilt: 86 } },
  { work: { arm_add: -86, elbow_flex: 90, arm_rot: 62 } },
  { ...slow, support: onMat },
);
export const externalRotationLying = reach(
  { work: { arm_add: -86, elbow_flex: 90, arm_rot: 0 }, core: { pelvis_tilt: 86 } },
  { work: { arm_add: -86, elbow_flex: 90, arm_rot: -90 } },
  { ...slow, support: onMat },
);
export const throwing = through(
  { work: { arm_flex: 20, elbow_flex: 60 } },
  [
    {
      to: {
        work: { arm_flex: 10, arm_add: -92, arm_rot: -112, elbow_flex: 88 },
        towards: { lumbar_rotation: 24, pelvis_rotation: 16 },
      },
      move_s: 0.8,
      hold_s: 0.05,
    },
    {
      to: {
        work: { arm_flex: 72, arm_add: -40, arm_rot: 22, elbow_flex: 22 },
        core: { lumbar_extension: -24 },
        towards: { lumbar_rotation: -26, pelvis_rotation: -24 },
      },
      move_s: 0.42,
      hold_s: 0.2,
    },
  ],
  { back_s: 0.9, pause_s: 0.6, repetitions: 4 },
);
