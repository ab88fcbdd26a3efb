/** Pelvis, trunk and neck. Those of the pelvis are relative to the room, those of the lumbar joint relative to the pelvis. */
import {
  central,
  FRONTAL,
  GENERAL_KNOWLEDGE,
  type Joint,
  MODELS,
  type Motion,
  SAGITTAL,
  SEEN,
  TRANSVERSE,
  UNCHECKED,
} from './coordinate.ts';

const BY_ANALOGY = 'read like the pelvis of OpenSim models, not checked; range is our own';

/** Place of a segment's origin; any value may be right. */
const place = (segment: string, joint: Joint, source: string): Motion[] =>
  (
    [
      ['tx', 'forward', 'backward'],
      ['ty', 'up', 'down'],
      ['tz', 'right', 'left'],
    ] as const
  ).map(([axis, positive, negative]) => ({
    name: `${segment}_${axis}`,
    joint,
    kind: 'translation',
    axis: `along the axis ${positive} of the room`,
    positive,
    negative,
    range: null,
    source,
    zeroPose: 'at the origin of the room',
  }));

export const middle = central([
  {
    name: 'pelvis_tilt',
    joint: 'pelvis',
    kind: 'rotation',
    axis: SAGITTAL,
    positive: 'posterior tilt',
    negative: 'anterior tilt',
    range: [-120, 120],
    source: SEEN,
  },
  {
    name: 'pelvis_list',
    joint: 'pelvis',
    kind: 'rotation',
    axis: FRONTAL,
    positive: 'right side drops',
    negative: 'left side drops',
    range: [-90, 90],
    source: MODELS,
  },
  {
    name: 'pelvis_rotation',
    joint: 'pelvis',
    kind: 'rotation',
    axis: `${TRANSVERSE} of the room`,
    positive: 'turn to the left',
    negative: 'turn to the right',
    range: [-360, 360],
    source: MODELS,
    zeroPose: 'facing along the forward axis of the room',
  },
  ...place('pelvis', 'pelvis', MODELS),
  {
    name: 'waist_rotation',
    joint: 'pelvis',
    kind: 'rotation',
    axis: `${TRANSVERSE} of the room`,
    positive: UNCHECKED,
    negative: UNCHECKED,
    range: [-360, 360],
    source: 'publicly described as the global rotation of the pelvis; direction and zero not stated',
    zeroPose: UNCHECKED,
  },
  {
    name: 'lumbar_extension',
    joint: 'trunk',
    kind: 'flexion',
    axis: SAGITTAL,
    positive: 'extension',
    negative: 'flexion',
    range: [-120, 60],
    source: SEEN,
  },
  {
    name: 'lumbar_bending',
    joint: 'trunk',
    kind: 'flexion',
    axis: FRONTAL,
    positive: 'bend to the right',
    negative: 'bend to the left',
    range: [-60, 60],
    source: MODELS,
  },
  {
    name: 'lumbar_rotation',
    joint: 'trunk',
    kind: 'rotation',
    axis: TRANSVERSE,
    positive: 'turn to the left',
    negative: 'turn to the right',
    range: [-90, 90],
    source: MODELS,
  },
  {
    name: 'thorax_tilt',
    joint: 'trunk',
    kind: 'rotation',
    axis: SAGITTAL,
    positive: 'posterior tilt',
    negative: 'anterior tilt',
    range: [-120, 120],
    source: BY_ANALOGY,
  },
  {
    name: 'thorax_list',
    joint: 'trunk',
    kind: 'rotation',
    axis: FRONTAL,
    positive: 'right side drops',
    negative: 'left side drops',
    range: [-90, 90],
    source: BY_ANALOGY,
  },
  {
    name: 'thorax_rotation',
    joint: 'trunk',
    kind: 'rotation',
    axis: `${TRANSVERSE} of the room`,
    positive: 'thorax turns to the left',
    negative: 'thorax turns to the right',
    range: [-360, 360],
    source: BY_ANALOGY,
    zeroPose: 'facing along the forward axis of the room',
  },
  ...place('thorax', 'trunk', BY_ANALOGY),
  ...(
    [
      ['x', FRONTAL, 180],
      ['y', TRANSVERSE, 360],
      ['z', SAGITTAL, 180],
    ] as const
  ).map(
    ([letter, axis, reach]): Motion => ({
      name: `ground_thorax_rot_${letter}`,
      joint: 'trunk',
      kind: 'rotation',
      axis: `${axis} of the room`,
      positive: `about ${letter}`,
      negative: `about −${letter}`,
      range: [-reach, reach],
      source: 'trunk of the thoracoscapular shoulder model; sense in the body not checked; range is our own',
    }),
  ),
  ...place('ground_thorax', 'trunk', 'trunk of the thoracoscapular shoulder model; general knowledge'),
  ...(
    [
      ['neck_flex', 'flexion', SAGITTAL, 90],
      ['neck_latbend', 'flexion', FRONTAL, 60],
      ['neck_rot', 'rotation', TRANSVERSE, 100],
    ] as const
  ).map(
    ([name, kind, axis, reach]): Motion => ({
      name,
      joint: 'neck',
      kind,
      axis,
      positive: UNCHECKED,
      negative: UNCHECKED,
      range: [-reach, reach],
      source: `name seen in one recording; ${GENERAL_KNOWLEDGE}`,
    }),
  ),
]);
