/**
 * What coordinate names mean: joint, side, and the motion that a larger and a smaller value are.
 *
 * Signs follow from the rotation axes of the OpenSim models (Rajagopal 2016, Gait2392, Hamner 2010) by the right-hand
 * rule; left coordinates are mirrored there, so a sign means the same motion on both sides. Ranges are what a moving
 * person can reach, wide on purpose: they serve to notice faults, not to score.
 */
import { coordinateOf, type Unit } from './recording.ts';

export type Joint =
  | 'pelvis'
  | 'hip'
  | 'knee'
  | 'ankle'
  | 'foot'
  | 'trunk'
  | 'neck'
  | 'shoulder girdle'
  | 'shoulder'
  | 'elbow'
  | 'forearm'
  | 'wrist';

/** Kind of motion; flexion, abduction and elevation are what repetitions are usually counted on. */
export type MotionKind = 'flexion' | 'abduction' | 'elevation' | 'rotation' | 'translation';

export interface JointCoordinate {
  /** As in the recordings, side included: `knee_angle_r`. */
  readonly coordinate: string;
  readonly joint: Joint;
  /** Null for the middle of the body. */
  readonly side: 'L' | 'R' | null;
  readonly kind: MotionKind;
  readonly positive: string;
  readonly negative: string;
  readonly unit: Unit;
  /** Values that are plausible, in `unit`; null for translations. */
  readonly range: readonly [number, number] | null;
}

/** What names mean for one organization: the built-in coordinates and its own, which go before. */
export interface Dictionary {
  readonly entries: readonly JointCoordinate[];
  /** What a label measures; undefined for names that are not known, and for the `/speed` of a coordinate. */
  find(label: string): JointCoordinate | undefined;
}

type Row = readonly [
  coordinate: string,
  joint: Joint,
  kind: MotionKind,
  positive: string,
  negative: string,
  range: readonly [number, number] | null,
];

const CENTRAL: readonly Row[] = [
  ['pelvis_tilt', 'pelvis', 'rotation', 'posterior tilt', 'anterior tilt', [-120, 120]],
  ['pelvis_list', 'pelvis', 'rotation', 'right side drops', 'left side drops', [-90, 90]],
  ['pelvis_rotation', 'pelvis', 'rotation', 'turn to the left', 'turn to the right', [-360, 360]],
  ['pelvis_tx', 'pelvis', 'translation', 'forward', 'backward', null],
  ['pelvis_ty', 'pelvis', 'translation', 'up', 'down', null],
  ['pelvis_tz', 'pelvis', 'translation', 'right', 'left', null],
  ['lumbar_extension', 'trunk', 'flexion', 'extension', 'flexion', [-120, 60]],
  ['lumbar_bending', 'trunk', 'flexion', 'bend to the right', 'bend to the left', [-60, 60]],
  ['lumbar_rotation', 'trunk', 'rotation', 'turn to the left', 'turn to the right', [-90, 90]],
  ['neck_flex', 'neck', 'flexion', 'not checked', 'not checked', [-90, 90]],
  ['neck_latbend', 'neck', 'flexion', 'not checked', 'not checked', [-60, 60]],
  ['neck_rot', 'neck', 'rotation', 'not checked', 'not checked', [-100, 100]],
  ['thorax_tilt', 'trunk', 'rotation', 'posterior tilt', 'anterior tilt', [-120, 120]],
  ['thorax_list', 'trunk', 'rotation', 'right side drops', 'left side drops', [-90, 90]],
  ['thorax_rotation', 'trunk', 'rotation', 'turn to the left', 'turn to the right', [-360, 360]],
  ['ground_thorax_rot_x', 'trunk', 'rotation', 'about x', 'about −x', [-180, 180]],
  ['ground_thorax_rot_y', 'trunk', 'rotation', 'about y', 'about −y', [-360, 360]],
  ['ground_thorax_rot_z', 'trunk', 'rotation', 'about z', 'about −z', [-180, 180]],
];

/** Present twice, with `_r` and `_l`. */
const PAIRED: readonly Row[] = [
  ['hip_flexion', 'hip', 'flexion', 'flexion', 'extension', [-60, 150]],
  ['hip_adduction', 'hip', 'abduction', 'adduction', 'abduction', [-90, 60]],
  ['hip_rotation', 'hip', 'rotation', 'internal rotation', 'external rotation', [-90, 90]],
  // Rajagopal, LaiUhlrich and OpenCap models count flexion up; Gait2392, Gait10dof, Hamner and Camargo count it down.
  ['knee_angle', 'knee', 'flexion', 'flexion', 'hyperextension', [-170, 170]],
  ['ankle_angle', 'ankle', 'flexion', 'dorsiflexion', 'plantarflexion', [-90, 70]],
  ['subtalar_angle', 'ankle', 'rotation', 'inversion', 'eversion', [-90, 90]],
  ['mtp_angle', 'foot', 'flexion', 'toe extension', 'toe flexion', [-90, 90]],
  ['arm_flex', 'shoulder', 'flexion', 'flexion', 'extension', [-120, 240]],
  ['arm_add', 'shoulder', 'abduction', 'adduction', 'abduction', [-200, 120]],
  ['arm_rot', 'shoulder', 'rotation', 'internal rotation', 'external rotation', [-180, 180]],
  ['elbow_flex', 'elbow', 'flexion', 'flexion', 'extension', [-30, 170]],
  ['pro_sup', 'forearm', 'rotation', 'pronation', 'supination', [-120, 180]],
  ['wrist_flex', 'wrist', 'flexion', 'flexion', 'extension', [-100, 110]],
  ['wrist_dev', 'wrist', 'flexion', 'not checked', 'not checked', [-60, 60]],
];

/** Models of a single arm carry no side in their names; all known ones (arm26, thoracoscapular shoulder) are right arms. */
const SINGLE_ARM: readonly Row[] = [
  ['r_shoulder_elev', 'shoulder', 'elevation', 'elevation', 'lowering', [-120, 200]],
  ['r_elbow_flex', 'elbow', 'flexion', 'flexion', 'extension', [-30, 170]],
  ['elbow_flexion', 'elbow', 'flexion', 'flexion', 'extension', [-30, 170]],
  ['pro_sup', 'forearm', 'rotation', 'pronation', 'supination', [-120, 180]],
  ['shoulder_elv', 'shoulder', 'elevation', 'elevation', 'lowering', [-60, 200]],
  ['shoulder_ele', 'shoulder', 'elevation', 'elevation', 'lowering', [-60, 200]],
  [
    'plane_elv',
    'shoulder',
    'rotation',
    'plane of elevation to the front',
    'plane of elevation to the back',
    [-180, 180],
  ],
  [
    'shoulder_plane',
    'shoulder',
    'rotation',
    'plane of elevation to the front',
    'plane of elevation to the back',
    [-180, 180],
  ],
  ['axial_rot', 'shoulder', 'rotation', 'about the humerus', 'about the humerus, reversed', [-180, 180]],
  [
    'shoulder_rotation',
    'shoulder',
    'rotation',
    'about the humerus',
    'about the humerus, reversed',
    [-180, 180],
  ],
  ['clav_elev', 'shoulder girdle', 'elevation', 'elevation', 'depression', [-60, 60]],
  ['clav_prot', 'shoulder girdle', 'rotation', 'protraction', 'retraction', [-90, 90]],
  ['scapula_abduction', 'shoulder girdle', 'abduction', 'abduction', 'adduction', [-90, 90]],
  ['scapula_elevation', 'shoulder girdle', 'elevation', 'elevation', 'depression', [-60, 60]],
  ['scapula_upward_rot', 'shoulder girdle', 'rotation', 'upward rotation', 'downward rotation', [-90, 90]],
  ['scapula_winging', 'shoulder girdle', 'rotation', 'winging', 'winging, reversed', [-90, 90]],
  ...([1, 2, 3] as const).flatMap((axis): Row[] => [
    [
      `sternoclavicular_r${axis}`,
      'shoulder girdle',
      'rotation',
      `about axis ${axis}`,
      `about axis ${axis}, reversed`,
      [-180, 180],
    ],
    [
      `Acromioclavicular_r${axis}`,
      'shoulder girdle',
      'rotation',
      `about axis ${axis}`,
      `about axis ${axis}, reversed`,
      [-180, 180],
    ],
  ]),
];

export const JOINT_COORDINATES: readonly JointCoordinate[] = [
  ...CENTRAL.map((row) => coordinate(row, '', null)),
  ...PAIRED.flatMap((row) => [coordinate(row, '_r', 'R'), coordinate(row, '_l', 'L')]),
  ...SINGLE_ARM.map((row) => coordinate(row, '', 'R')),
];

export function createDictionary(own: readonly JointCoordinate[] = []): Dictionary {
  const byName = new Map([...JOINT_COORDINATES, ...own].map((entry) => [entry.coordinate, entry]));
  return {
    entries: [...byName.values()],
    find: (label) =>
      label.endsWith('/speed') ? undefined : (byName.get(label) ?? byName.get(coordinateOf(label))),
  };
}

export const builtInDictionary: Dictionary = createDictionary();

function coordinate(
  [name, joint, kind, positive, negative, range]: Row,
  suffix: string,
  side: 'L' | 'R' | null,
): JointCoordinate {
  const unit = kind === 'translation' ? 'm' : 'deg';
  return { coordinate: `${name}${suffix}`, joint, side, kind, positive, negative, unit, range };
}
