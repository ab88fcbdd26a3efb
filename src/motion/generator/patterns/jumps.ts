/** Jumps, hops and landings. Take-off stretches the ankle once per jump, which is what counts them. */

import type { Limbs, Pose } from '../pose.ts';
import { type Move, reach, through } from './pattern.ts';

const dipPose: Pose = {
  both: { hip_flexion: 72, knee_angle: 82, ankle_angle: 22, arm_flex: -34 },
  core: { pelvis_tilt: -24, lumbar_extension: -16 },
};
const flight = (lift_m: number, arm: number): Pose => ({
  both: { hip_flexion: 4, knee_angle: 7, ankle_angle: -38, mtp_angle: 8, arm_flex: arm },
  core: { pelvis_tilt: -3 },
  lift_m,
});
const landing: Pose = {
  both: { hip_flexion: 48, knee_angle: 58, ankle_angle: 11, arm_flex: 30 },
  core: { pelvis_tilt: -16, lumbar_extension: -12 },
};

const dip: Move = { to: dipPose, move_s: 0.55 };
const fly = (lift_m: number, arm: number): Move => ({ to: flight(lift_m, arm), move_s: 0.38 });
const land: Move = { to: landing, move_s: 0.32, hold_s: 0.1 };
const recover = { back_s: 0.7, pause_s: 0.8, repetitions: 5 };

export const jump = through({}, [dip, fly(0.34, 112), land], recover);
export const handsOnHips: Limbs = { arm_flex: -14, arm_add: -42, elbow_flex: 98 };
export const jumpWithoutArms = through(
  { both: handsOnHips },
  [
    { to: { ...dipPose, both: { ...dipPose.both, ...handsOnHips } }, move_s: 0.55 },
    { to: { ...flight(0.28, -14) }, move_s: 0.36 },
    { to: { ...landing, both: { ...landing.both, arm_flex: -14 } }, move_s: 0.32, hold_s: 0.1 },
  ],
  recover,
);
/** Starts from a held squat. */
export const squatJump = through(
  { both: handsOnHips },
  [{ to: dipPose, move_s: 0.9, hold_s: 0.7 }, fly(0.27, -10), land],
  { ...recover, repetitions: 4 },
);
export const broadJump = through(
  {},
  [
    dip,
    { to: { ...flight(0.2, 105), both: { ...flight(0.2, 105).both, hip_flexion: 18 } }, move_s: 0.4 },
    {
      to: { ...landing, both: { ...landing.both, hip_flexion: 74, knee_angle: 76 } },
      move_s: 0.34,
      hold_s: 0.2,
    },
  ],
  { ...recover, pause_s: 0.9, repetitions: 4 },
);
export const tuckJump = through(
  {},
  [
    dip,
    {
      to: { both: { hip_flexion: 96, knee_angle: 104, ankle_angle: -34, arm_flex: 60 }, lift_m: 0.42 },
      move_s: 0.42,
    },
    land,
  ],
  recover,
);
/** Steps off a box, lands, and at once jumps as high as possible. */
export const dropJump = through(
  { lift_m: 0.3 },
  [
    { to: { both: { hip_flexion: 12, knee_angle: 10, ankle_angle: 5 }, lift_m: 0.12 }, move_s: 0.4 },
    {
      to: {
        both: { hip_flexion: 50, knee_angle: 68, ankle_angle: 15 },
        core: { pelvis_tilt: -12 },
        lift_m: 0,
      },
      move_s: 0.26,
    },
    fly(0.3, 70),
    { ...land, to: { ...landing, lift_m: 0 } },
  ],
  { back_s: 0.9, pause_s: 1.0, repetitions: 4 },
);
export const dropLanding = reach(
  { lift_m: 0.3 },
  {
    both: { hip_flexion: 56, knee_angle: 72, ankle_angle: 22, arm_flex: 32 },
    core: { pelvis_tilt: -18, lumbar_extension: -12 },
    lift_m: 0,
  },
  { there_s: 0.42, hold_s: 0.9, back_s: 1.1, pause_s: 0.8, repetitions: 4 },
);
/** Stiff ankles, short contacts. */
export const pogo = reach(
  { both: { knee_angle: 14, ankle_angle: 14, hip_flexion: 8 } },
  { both: { knee_angle: 4, hip_flexion: 2, ankle_angle: -28 }, lift_m: 0.16 },
  { there_s: 0.26, hold_s: 0.1, back_s: 0.26, pause_s: 0.1, repetitions: 12 },
);
export const hop = through(
  { other: { hip_flexion: 10, knee_angle: 60 } },
  [
    {
      to: {
        work: { hip_flexion: 44, knee_angle: 56, ankle_angle: 20 },
        other: { hip_flexion: 10, knee_angle: 66 },
        both: { arm_flex: -22 },
        core: { pelvis_tilt: -14 },
      },
      move_s: 0.5,
    },
    {
      to: {
        work: { hip_flexion: 6, knee_angle: 9, ankle_angle: -30 },
        other: { hip_flexion: 46, knee_angle: 72 },
        both: { arm_flex: 60 },
        lift_m: 0.16,
      },
      move_s: 0.34,
    },
    {
      to: {
        work: { hip_flexion: 38, hip_adduction: 7, knee_angle: 46, ankle_angle: 9 },
        both: { arm_flex: 12 },
        core: { pelvis_tilt: -12, lumbar_extension: -8 },
        towards: { pelvis_list: -4 },
      },
      move_s: 0.3,
      hold_s: 0.3,
    },
  ],
  { back_s: 0.6, pause_s: 0.6, repetitions: 5 },
);
/** Pushes off sideways with the working leg and lands on the other. */
export const bound = through(
  {},
  [
    {
      to: {
        work: { hip_flexion: 56, hip_adduction: -14, knee_angle: 64, ankle_angle: 20 },
        other: { hip_flexion: 30, knee_angle: 60 },
      },
      move_s: 0.55,
    },
    {
      to: {
        work: { hip_flexion: 0, hip_adduction: -26, knee_angle: 6, ankle_angle: -30 },
        other: { hip_flexion: 30, hip_adduction: -16, knee_angle: 38 },
        lift_m: 0.14,
      },
      move_s: 0.36,
    },
    {
      to: {
        work: { hip_flexion: 14, knee_angle: 40, ankle_angle: 4 },
        other: { hip_flexion: 52, hip_adduction: 4, knee_angle: 60, ankle_angle: 18 },
      },
      move_s: 0.32,
      hold_s: 0.3,
    },
  ],
  { back_s: 0.8, pause_s: 0.6, repetitions: 4 },
);
export const burpee = through(
  {},
  [
    {
      to: {
        both: { hip_flexion: 108, knee_angle: 112, ankle_angle: 24, arm_flex: 70 },
        core: { pelvis_tilt: -50, lumbar_extension: -24 },
      },
      move_s: 0.7,
    },
    {
      to: {
        both: { hip_flexion: 6, knee_angle: 6, ankle_angle: 8, arm_flex: 80 },
        core: { pelvis_tilt: -74 },
        lift_m: -0.5,
      },
      move_s: 0.6,
      hold_s: 0.3,
    },
  ],
  { back_s: 1.1, pause_s: 0.6, repetitions: 4 },
);
