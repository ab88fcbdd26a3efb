/** Models of one shoulder that move clavicle and scapula too; all known ones are right shoulders. */
import {
  GENERAL_KNOWLEDGE,
  type Joint,
  type Motion,
  type MotionKind,
  rightOnly,
  UNCHECKED,
} from './coordinate.ts';

const THORACOSCAPULAR = `thoracoscapular shoulder model; ${GENERAL_KNOWLEDGE}`;
const LIFTING = 'name seen in one recording of lifting; direction and zero not checked; range is our own';
const REST = 'arm hanging, shoulder at rest';

type Row = readonly [
  name: string,
  joint: Joint,
  kind: MotionKind,
  axis: string,
  positive: string,
  negative: string,
  range: readonly [number, number],
];

const rows = (source: string, table: readonly Row[]): Motion[] =>
  table.map(([name, joint, kind, axis, positive, negative, range]) => ({
    name,
    joint,
    kind,
    axis,
    positive,
    negative,
    range,
    source,
    zeroPose: REST,
  }));

const elevation = 'in the plane of elevation, between upper arm and trunk';
const plane = 'transverse, the direction in which the arm is raised: 0° to the side, 90° to the front';
const humerus = 'along the upper arm';
const [front, back] = ['plane of elevation to the front', 'plane of elevation to the back'];
const turned = ['about the humerus', 'about the humerus, reversed'] as const;

export const shoulderGirdle = rightOnly([
  ...rows(THORACOSCAPULAR, [
    ['shoulder_elv', 'shoulder', 'elevation', elevation, 'elevation', 'lowering', [-60, 200]],
    ['plane_elv', 'shoulder', 'rotation', plane, front, back, [-180, 180]],
    ['axial_rot', 'shoulder', 'rotation', humerus, ...turned, [-180, 180]],
    ['clav_elev', 'shoulder girdle', 'elevation', 'frontal', 'elevation', 'depression', [-60, 60]],
    ['clav_prot', 'shoulder girdle', 'rotation', 'transverse', 'protraction', 'retraction', [-90, 90]],
    [
      'scapula_abduction',
      'shoulder girdle',
      'abduction',
      'around the rib cage',
      'abduction',
      'adduction',
      [-90, 90],
    ],
    [
      'scapula_elevation',
      'shoulder girdle',
      'elevation',
      'around the rib cage',
      'elevation',
      'depression',
      [-60, 60],
    ],
    [
      'scapula_upward_rot',
      'shoulder girdle',
      'rotation',
      'in the plane of the scapula',
      'upward rotation',
      'downward rotation',
      [-90, 90],
    ],
    [
      'scapula_winging',
      'shoulder girdle',
      'rotation',
      'along the inner border of the scapula',
      'winging',
      'winging, reversed',
      [-90, 90],
    ],
  ]),
  ...rows(LIFTING, [
    ['shoulder_plane', 'shoulder', 'rotation', plane, front, back, [-180, 180]],
    ['shoulder_ele', 'shoulder', 'elevation', elevation, 'elevation', 'lowering', [-60, 200]],
    ['shoulder_rotation', 'shoulder', 'rotation', humerus, ...turned, [-180, 180]],
    ...(['sternoclavicular', 'Acromioclavicular'] as const).flatMap((joint) =>
      [1, 2, 3].map(
        (axis): Row => [
          `${joint}_r${axis}`,
          'shoulder girdle',
          'rotation',
          `${UNCHECKED}: axis ${axis} of the model`,
          `about axis ${axis}`,
          `about axis ${axis}, reversed`,
          [-180, 180],
        ],
      ),
    ),
  ]),
]);
