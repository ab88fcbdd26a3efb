/** Shoulder, elbow, forearm and wrist of full-body models, and the same joints in models of one arm. */
import {
  FRONTAL,
  GENERAL_KNOWLEDGE,
  type JointCoordinate,
  MODELS,
  type Motion,
  paired,
  rightOnly,
  SAGITTAL,
  SEEN,
  TRANSVERSE,
  UNCHECKED,
} from './coordinate.ts';

const elbow: Motion = {
  name: 'elbow_flex',
  joint: 'elbow',
  kind: 'flexion',
  axis: `${SAGITTAL} nearly, oblique as the elbow is`,
  positive: 'flexion',
  negative: 'extension',
  range: [-30, 170],
  source: MODELS,
  zeroPose: 'straight arm',
};

const forearm: Motion = {
  name: 'pro_sup',
  joint: 'forearm',
  kind: 'rotation',
  axis: 'along the forearm',
  positive: 'pronation',
  negative: 'supination',
  range: [-120, 180],
  source: MODELS,
  zeroPose: 'as the model defines it',
};

const full = paired([
  {
    name: 'arm_flex',
    joint: 'shoulder',
    kind: 'flexion',
    axis: SAGITTAL,
    positive: 'flexion',
    negative: 'extension',
    range: [-120, 240],
    source: `${SEEN}; overhead it passes 180° or wraps to −180°`,
  },
  {
    name: 'arm_add',
    joint: 'shoulder',
    kind: 'abduction',
    axis: FRONTAL,
    positive: 'adduction',
    negative: 'abduction',
    range: [-200, 120],
    source: `${SEEN}; the calibration offset of 5° is publicly stated for this motion, its direction is not`,
    zeroPose: 'calibration pose: standing upright, arms at the sides',
    offset: 5,
  },
  {
    name: 'arm_rot',
    joint: 'shoulder',
    kind: 'rotation',
    axis: `${TRANSVERSE}, along the upper arm`,
    positive: 'internal rotation',
    negative: 'external rotation',
    range: [-180, 180],
    source: MODELS,
  },
  elbow,
  forearm,
  {
    name: 'wrist_flex',
    joint: 'wrist',
    kind: 'flexion',
    axis: SAGITTAL,
    positive: 'flexion',
    negative: 'extension',
    range: [-100, 110],
    source: GENERAL_KNOWLEDGE,
    zeroPose: 'hand in line with the forearm',
  },
  {
    name: 'wrist_dev',
    joint: 'wrist',
    kind: 'flexion',
    axis: FRONTAL,
    positive: UNCHECKED,
    negative: UNCHECKED,
    range: [-60, 60],
    source: GENERAL_KNOWLEDGE,
    zeroPose: 'hand in line with the forearm',
  },
]);

const seenElbow = 'arm26 model; sign seen in a recording; range is our own';

const single = rightOnly([
  {
    name: 'r_shoulder_elev',
    joint: 'shoulder',
    kind: 'elevation',
    axis: SAGITTAL,
    positive: 'elevation',
    negative: 'lowering',
    range: [-120, 200],
    source: `arm26 model; ${GENERAL_KNOWLEDGE}`,
  },
  { ...elbow, name: 'r_elbow_flex', source: seenElbow },
  { ...elbow, name: 'elbow_flexion' },
  forearm,
]);

export const arm: readonly JointCoordinate[] = [...full, ...single];
