/** One leg leads: lunges, steps, single-leg squats, balance reaches. */

import type { Pose } from '../pose.ts';
import { reach, through } from './pattern.ts';

const split: Pose = {
  work: { hip_flexion: 24, knee_angle: 12, ankle_angle: 4 },
  other: { hip_flexion: -14, knee_angle: 16, ankle_angle: 14, mtp_angle: 24 },
};
const splitBottom: Pose = {
  work: { hip_flexion: 88, hip_adduction: 2, knee_angle: 96, ankle_angle: 19 },
  other: { hip_flexion: -8, knee_angle: 88, ankle_angle: 24, mtp_angle: 42 },
  core: { pelvis_tilt: -10, lumbar_extension: -3 },
};

export const splitSquat = reach(split, splitBottom, {
  there_s: 1.1,
  hold_s: 0.2,
  back_s: 0.95,
  pause_s: 0.35,
});

/** Steps out from standing and comes back. */
export const lunge = reach({}, splitBottom, { there_s: 1.15, hold_s: 0.25, back_s: 1.05, pause_s: 0.45 });

export const lateralLunge = reach(
  {},
  {
    work: { hip_flexion: 84, hip_adduction: -12, knee_angle: 88, ankle_angle: 24 },
    other: { hip_flexion: 24, hip_adduction: -36, knee_angle: 6, ankle_angle: 12, subtalar_angle: 12 },
    core: { pelvis_tilt: -24, lumbar_extension: -12 },
    towards: { lumbar_bending: 5, pelvis_list: 4 },
  },
  { there_s: 1.15, hold_s: 0.25, back_s: 1.05, pause_s: 0.45 },
);

export const curtsyLunge = reach(
  {},
  {
    work: { hip_flexion: 78, hip_adduction: 12, hip_rotation: 6, knee_angle: 86, ankle_angle: 20 },
    other: { hip_flexion: -4, hip_adduction: 16, knee_angle: 84, ankle_angle: 16, mtp_angle: 36 },
    core: { pelvis_tilt: -14, lumbar_extension: -6 },
    towards: { pelvis_rotation: 10 },
  },
  { there_s: 1.2, hold_s: 0.2, back_s: 1.05, pause_s: 0.45 },
);

export const singleLegSquat = reach(
  { other: { hip_flexion: 12, knee_angle: 50 } },
  {
    work: {
      hip_flexion: 62,
      hip_adduction: 8,
      hip_rotation: 6,
      knee_angle: 72,
      ankle_angle: 27,
      subtalar_angle: -6,
    },
    other: { hip_flexion: 22, knee_angle: 74 },
    both: { arm_flex: 50 },
    core: { pelvis_tilt: -18, lumbar_extension: -8 },
    towards: { pelvis_list: -5, lumbar_bending: 6 },
  },
  { there_s: 1.15, hold_s: 0.2, back_s: 1.0, pause_s: 0.5 },
);

/** The working foot is on the step from the start; standing up on it lifts the body. */
export const stepUp = through(
  {},
  [
    {
      to: {
        work: { hip_flexion: 70, knee_angle: 84, ankle_angle: 14 },
        core: { pelvis_tilt: -8 },
        lift_m: 0,
      },
      move_s: 0.6,
      hold_s: 0.1,
    },
    { to: { other: { hip_flexion: 10, knee_angle: 12 }, lift_m: 0.3 }, move_s: 0.8, hold_s: 0.3 },
  ],
  { back_s: 0.9, pause_s: 0.4 },
);

export const stepDown = reach(
  { other: { hip_flexion: 8, knee_angle: 10 } },
  {
    work: { hip_flexion: 48, hip_adduction: 9, hip_rotation: 5, knee_angle: 66, ankle_angle: 26 },
    other: { hip_flexion: 14, knee_angle: 6, ankle_angle: 16 },
    core: { pelvis_tilt: -12, lumbar_extension: -5 },
    towards: { pelvis_list: -6, lumbar_bending: 4 },
  },
  { there_s: 1.1, hold_s: 0.15, back_s: 0.95, pause_s: 0.45 },
);

export const singleLegHinge = reach(
  {},
  {
    work: { hip_flexion: 82, hip_adduction: 4, knee_angle: 20, ankle_angle: 5 },
    other: { hip_flexion: -12, knee_angle: 14, ankle_angle: -12 },
    both: { arm_flex: 62 },
    core: { pelvis_tilt: -66, lumbar_extension: -6 },
    towards: { pelvis_rotation: -6 },
  },
  { there_s: 1.35, hold_s: 0.3, back_s: 1.15, pause_s: 0.5 },
);

/** Stands on the working leg; the other thigh rises and stays up. */
export const singleLegStance = reach(
  {},
  {
    work: { hip_adduction: 3, knee_angle: 5, subtalar_angle: 4 },
    other: { hip_flexion: 74, knee_angle: 82, ankle_angle: -6 },
    towards: { pelvis_list: -3, lumbar_bending: 4 },
  },
  { there_s: 0.8, hold_s: 3.2, back_s: 0.8, pause_s: 0.7, repetitions: 3 },
);

export const hurdleStep = reach(
  { both: { arm_flex: 30, arm_add: -40, elbow_flex: 95 } },
  {
    work: { hip_flexion: 92, hip_adduction: -4, hip_rotation: 6, knee_angle: 98, ankle_angle: 10 },
    other: { hip_adduction: 3, knee_angle: 5 },
    towards: { pelvis_list: -4 },
  },
  { there_s: 0.8, hold_s: 0.5, back_s: 0.9, pause_s: 0.5, repetitions: 4 },
);

/** The working leg bends while the free foot reaches out: forward, or back to one side. */
const reachOut = (free: Pose['other'], knee: number, trunk: number) =>
  reach(
    { other: { hip_flexion: 6, knee_angle: 12 } },
    {
      work: {
        hip_flexion: knee * 0.85,
        hip_adduction: 7,
        hip_rotation: 5,
        knee_angle: knee,
        ankle_angle: knee * 0.42,
      },
      ...(free ? { other: free } : {}),
      core: { pelvis_tilt: trunk, lumbar_extension: trunk / 2 },
    },
    { there_s: 1.3, hold_s: 0.35, back_s: 1.2, pause_s: 0.5, repetitions: 4 },
  );

export const reachForward = reachOut({ hip_flexion: 42, knee_angle: 6, ankle_angle: -14 }, 62, -8);
export const reachBackInward = reachOut({ hip_flexion: -16, hip_adduction: -18, knee_angle: 14 }, 76, -30);
export const reachBackOutward = reachOut({ hip_flexion: -14, hip_adduction: 20, knee_angle: 16 }, 74, -28);
