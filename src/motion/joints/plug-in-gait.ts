/**
 * Angles that Plug-in Gait writes into C3D files, one point per angle: components `_x` sagittal, `_y` frontal and `_z`
 * transverse of `LHipAngles`, `RKneeAngles` and so on. Knee flexion is always up here.
 */
import {
  coordinate,
  FRONTAL,
  GENERAL_KNOWLEDGE,
  type Joint,
  type JointCoordinate,
  type Motion,
  type MotionKind,
  SAGITTAL,
  TRANSVERSE,
  UNCHECKED,
} from './coordinate.ts';

const SEEN_IN_GAIT = 'Plug-in Gait; sign seen in a recording of gait; range is our own';
const KNOWN = `Plug-in Gait; ${GENERAL_KNOWLEDGE}`;

type Component = readonly [kind: MotionKind, positive: string, negative: string, low: number, high: number];

interface Angles {
  /** Label without the letter of the side. */
  readonly label: string;
  readonly joint: Joint;
  readonly components: readonly [x: Component, y: Component, z: Component];
  /** Components whose sign was seen in a recording. */
  readonly seen?: 'x';
}

const unchecked = (reach: number): Component => ['rotation', UNCHECKED, UNCHECKED, -reach, reach];
const turn = (reach: number): Component => [
  'rotation',
  'internal rotation',
  'external rotation',
  -reach,
  reach,
];

const ANGLES: readonly Angles[] = [
  {
    label: 'PelvisAngles',
    joint: 'pelvis',
    components: [
      ['rotation', 'anterior tilt', 'posterior tilt', -120, 120],
      ['rotation', 'own side up', 'own side down', -90, 90],
      ['rotation', 'own side forward', 'own side backward', -360, 360],
    ],
  },
  {
    label: 'HipAngles',
    joint: 'hip',
    components: [
      ['flexion', 'flexion', 'extension', -60, 150],
      ['abduction', 'adduction', 'abduction', -90, 60],
      turn(90),
    ],
    seen: 'x',
  },
  {
    label: 'KneeAngles',
    joint: 'knee',
    components: [
      ['flexion', 'flexion', 'hyperextension', -40, 170],
      ['abduction', 'varus', 'valgus', -60, 60],
      turn(90),
    ],
    seen: 'x',
  },
  {
    label: 'AnkleAngles',
    joint: 'ankle',
    components: [
      ['flexion', 'dorsiflexion', 'plantarflexion', -90, 70],
      ['rotation', 'adduction', 'abduction', -90, 90],
      turn(90),
    ],
    seen: 'x',
  },
  {
    label: 'FootProgressAngles',
    joint: 'foot',
    components: [unchecked(180), unchecked(180), ['rotation', 'toes in', 'toes out', -360, 360]],
  },
  {
    label: 'ShoulderAngles',
    joint: 'shoulder',
    components: [['flexion', 'flexion', 'extension', -120, 240], unchecked(200), unchecked(200)],
  },
  {
    label: 'ElbowAngles',
    joint: 'elbow',
    components: [['flexion', 'flexion', 'extension', -30, 170], unchecked(180), unchecked(180)],
  },
  {
    label: 'WristAngles',
    joint: 'wrist',
    components: [unchecked(180), unchecked(180), unchecked(180)],
  },
  ...(
    [
      ['NeckAngles', 'neck'],
      ['HeadAngles', 'head'],
      ['SpineAngles', 'trunk'],
      ['ThoraxAngles', 'trunk'],
    ] as const
  ).map(
    ([label, joint]): Angles => ({
      label,
      joint,
      components: [unchecked(180), unchecked(180), unchecked(360)],
    }),
  ),
];

const AXES = [
  ['x', SAGITTAL],
  ['y', FRONTAL],
  ['z', TRANSVERSE],
] as const;

export const plugInGait: readonly JointCoordinate[] = ANGLES.flatMap(({ label, joint, components, seen }) =>
  (['R', 'L'] as const).flatMap((side) =>
    AXES.map(([letter, axis], place) => {
      const [kind, positive, negative, low, high] = components[place]!;
      const source = letter === seen ? SEEN_IN_GAIT : KNOWN;
      const name = `${side}${label}_${letter}`;
      const motion: Motion = { name, joint, kind, axis, positive, negative, range: [low, high], source };
      return coordinate(motion, name, side);
    }),
  ),
);
