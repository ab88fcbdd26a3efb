/** Hip, knee, ankle and foot of the OpenSim models, and the inclination of the shin. */
import {
  coordinate,
  FRONTAL,
  GENERAL_KNOWLEDGE,
  type JointCoordinate,
  MODELS,
  type Motion,
  paired,
  SAGITTAL,
  SEEN,
  TRANSVERSE,
} from './coordinate.ts';

const joints = paired([
  {
    name: 'hip_flexion',
    joint: 'hip',
    kind: 'flexion',
    axis: SAGITTAL,
    positive: 'flexion',
    negative: 'extension',
    range: [-60, 150],
    source: SEEN,
  },
  {
    name: 'hip_adduction',
    joint: 'hip',
    kind: 'abduction',
    axis: FRONTAL,
    positive: 'adduction',
    negative: 'abduction',
    range: [-90, 60],
    source: MODELS,
  },
  {
    name: 'hip_rotation',
    joint: 'hip',
    kind: 'rotation',
    axis: `${TRANSVERSE}, along the thigh`,
    positive: 'internal rotation',
    negative: 'external rotation',
    range: [-90, 90],
    source: MODELS,
  },
  {
    name: 'knee_angle',
    joint: 'knee',
    kind: 'flexion',
    axis: SAGITTAL,
    positive: 'flexion',
    negative: 'hyperextension',
    range: [-170, 170],
    source:
      'both signs seen in recordings: flexion up in Rajagopal, LaiUhlrich and OpenCap models (as here), down in Gait2392, Gait2354, Gait10dof, Hamner and Camargo models; each report says which it found; range is our own',
    zeroPose: 'straight leg',
  },
  {
    name: 'ankle_angle',
    joint: 'ankle',
    kind: 'flexion',
    axis: `${SAGITTAL} nearly, oblique as the ankle is`,
    positive: 'dorsiflexion',
    negative: 'plantarflexion',
    range: [-90, 70],
    source: SEEN,
    zeroPose: 'foot square to the shin',
  },
  {
    name: 'subtalar_angle',
    joint: 'ankle',
    kind: 'rotation',
    axis: `${FRONTAL} mainly, oblique as the joint is`,
    positive: 'inversion',
    negative: 'eversion',
    range: [-90, 90],
    source: MODELS,
    zeroPose: 'foot flat',
  },
  {
    name: 'mtp_angle',
    joint: 'foot',
    kind: 'flexion',
    axis: `${SAGITTAL} nearly, along the row of toe joints`,
    positive: 'toe extension',
    negative: 'toe flexion',
    range: [-90, 90],
    source: `${MODELS}; often locked at a constant`,
    zeroPose: 'toes in line with the foot',
  },
  {
    name: 'shin_angle',
    joint: 'shin',
    kind: 'rotation',
    axis: SAGITTAL,
    positive: 'knee ahead of the ankle',
    negative: 'knee behind the ankle',
    range: [-120, 120],
    source: 'own convention for a metric that published reports name; not checked',
    zeroPose: 'shin upright',
  },
]);

/** The patella rides on the knee: its coordinates follow the knee angle by a coupling and tell nothing of their own. */
const follower: Motion = {
  name: 'knee_angle_beta',
  joint: 'patella',
  kind: 'rotation',
  axis: SAGITTAL,
  positive: 'follows the knee angle',
  negative: 'follows the knee angle',
  range: [-170, 170],
  source: `coupled to the knee angle in the models, not a metric; ${GENERAL_KNOWLEDGE}`,
  zeroPose: 'straight leg',
};

const patella: readonly JointCoordinate[] = [
  coordinate(follower, 'knee_angle_r_beta', 'R'),
  coordinate(follower, 'knee_angle_l_beta', 'L'),
  coordinate(follower, 'knee_angle_pat_r', 'R'),
  coordinate(follower, 'knee_angle_pat_l', 'L'),
];

export const leg: readonly JointCoordinate[] = [...joints, ...patella];
