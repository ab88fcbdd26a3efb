/**
 * Walking, running and marching as harmonics of one stride. The coefficients are a Fourier fit of our own to hand-set
 * points of the well-known sagittal shapes (Perry & Burnfield, Gait Analysis, describes them): in walking the hip goes
 * from about 30 degrees of flexion at contact to 10 of extension, the knee bends to 18 while loading and to 60 in
 * swing, the ankle pushes off to 18 of plantarflexion.
 */

import type { CyclicPattern } from './pattern.ts';

export const walk: CyclicPattern = {
  kind: 'cycle',
  stride_s: 1.1,
  speed_m_s: 1.3,
  startsAt: 0.38,
  repetitions: 8,
  limbs: {
    hip_flexion: [13.3, [20.4, -2.3], [-3.6, -1.9], [-0.7, 0.8], [-0.6, 0.3]],
    hip_adduction: [0.2, [1.5, 5.3], [-0.7, -0.7], [-0.6, 0.6]],
    hip_rotation: [-0.8, [-0.9, 3.9], [0.2, 0], [-0.6, -0.2]],
    knee_angle: [21.1, [-4.1, -17.6], [-13.4, 8.9], [0.6, 4.4], [0.3, -0.9], [-1.2, 0.2]],
    ankle_angle: [-0.1, [-1, 5.3], [0.2, -8.1], [-2.5, 1.9], [2.8, -0.6], [-0.2, -0.7]],
    subtalar_angle: [0.4, [-0.7, -5], [0.8, 1.1], [1.2, -0.7]],
    mtp_angle: [7.8, [-5.4, -5.8], [5.6, 3.6], [-0.4, -3.5], [0, 1.1], [0.4, 0.4]],
    arm_flex: [0.6, [-15.3, -2.5], [-1.1, -0.2], [-1.2, 0.2]],
    elbow_flex: [23, [-9.1, -2.4], [0.8, 0.6], [-0.8, -0.1]],
  },
  core: {
    pelvis_tilt: [-3.5, [0, 0], [0.4, -0.7], [0, 0], [0.2, 0.2]],
    pelvis_list: [0, [-1, -2.9], [0, 0], [0.9, -0.1]],
    pelvis_rotation: [0, [4.6, 1.7], [0, 0], [0.4, -0.3]],
    lumbar_bending: [0, [1, 2.9], [0, 0], [-0.9, 0.1]],
    lumbar_rotation: [0, [-7.5, -1.7], [0, 0], [-0.6, 0.3]],
  },
};

export const fastWalk: CyclicPattern = { ...walk, stride_s: 0.96, speed_m_s: 1.8, repetitions: 9 };
export const slowWalk: CyclicPattern = { ...walk, stride_s: 1.4, speed_m_s: 0.7, repetitions: 7 };

export const run: CyclicPattern = {
  kind: 'cycle',
  stride_s: 0.74,
  speed_m_s: 3,
  startsAt: 0.36,
  repetitions: 12,
  limbs: {
    hip_flexion: [24.1, [16.6, -18.1], [-4.2, 6.2], [-1.2, 0.4], [0.1, -1]],
    hip_adduction: [-0.3, [4.7, 3.5], [-1.1, 1], [-1.1, 0.1]],
    hip_rotation: [-1, [-1.5, 4.5], [0.4, 0]],
    knee_angle: [43.7, [-17.2, -23.5], [-10.4, 20], [-1.7, 0.9], [-1, -0.9], [-0.6, 0.9]],
    ankle_angle: [1.1, [11.5, -0.2], [-4.5, 7.5], [-4.5, -2.3], [0.6, -1.7], [0.2, 0.2]],
    subtalar_angle: [1, [-3.5, -5], [1, 1]],
    mtp_angle: [6, [-4, -2], [4, 4]],
    arm_flex: [-2, [-24.4, 0], [-2, 0], [-1.7, 0]],
    elbow_flex: [91.5, [-1.3, -1.3], [4.9, 0]],
  },
  core: {
    pelvis_tilt: [-12, [0, 0], [1.4, -1.6]],
    pelvis_list: [0, [-2.4, -4.4], [0, 0], [1, 0]],
    pelvis_rotation: [0, [3.4, -3.4], [0, 0], [0.7, 0.7]],
    lumbar_extension: [-3, [0, 0], [-2, 2]],
    lumbar_bending: [0, [2.5, 5], [0, 0], [-1, 0]],
    lumbar_rotation: [0, [-12, 4], [0, 0], [-0.8, 0.4]],
  },
};

export const sprint: CyclicPattern = { ...run, stride_s: 0.62, speed_m_s: 5, repetitions: 14 };

export const march: CyclicPattern = {
  kind: 'cycle',
  stride_s: 1.2,
  speed_m_s: 0,
  startsAt: 0.3,
  repetitions: 7,
  limbs: {
    hip_flexion: [21.5, [0.2, -31.6], [-20.2, -0.1], [-0.2, 9.2], [2.5, 0.1]],
    hip_adduction: [0, [0.4, 3.2], [-0.6, -0.4]],
    knee_angle: [27.2, [-1.7, -38.1], [-20.6, 1.5], [0.3, 6.1], [-0.2, 0.5], [0.4, 0.5]],
    ankle_angle: [1.6, [2.1, 2.4], [-1.1, -2.8], [-1.1, 1.8], [0.9, -0.5]],
    arm_flex: [4, [0, 20], [-1, 0]],
    elbow_flex: [70, [0, -8]],
  },
  core: {
    pelvis_tilt: [-2, [0, 0], [-2, 0.2]],
    pelvis_list: [0, [0, -3.2]],
    pelvis_rotation: [0, [0, -3]],
    lumbar_bending: [0, [0, 3]],
    lumbar_rotation: [0, [0, 5]],
  },
};

export const highKnees: CyclicPattern = { ...march, stride_s: 0.76, repetitions: 11 };
