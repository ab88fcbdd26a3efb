/**
 * The ways in which the figure can move. Angles in degrees, translations in metres; all zero is the neutral pose: upright,
 * facing forward, legs straight, feet flat, arms hanging with the palms forward.
 *
 * Axes, in the room and in every segment of the neutral pose: x forward, y up, z to the right. A sign is that of the
 * rotation by the right-hand rule, as in full-body OpenSim models; on the left the axes x and y are mirrored, so that the
 * same sign is the same motion of the body on both sides.
 */
const MIDDLE = [
  // Pelvis in the room: about z, then about the turned x, then about the turned y.
  'pelvis_tilt', // posterior tilt +
  'pelvis_list', // right side drops +
  'pelvis_rotation', // turns to the left +
  'pelvis_tx', // forward +
  'pelvis_ty', // up +
  'pelvis_tz', // right +
  // Trunk on the pelvis, same order of axes.
  'lumbar_extension', // extension +
  'lumbar_bending', // to the right +
  'lumbar_rotation', // to the left +
  // Trunk in the room, for models without pelvis; used in place of pelvis and lumbar joint where it is driven.
  'thorax_tilt', // posterior tilt +
  'thorax_list', // right side drops +
  'thorax_rotation', // turns to the left +
  // Head and neck on the trunk.
  'neck_flexion', // forward +
  'neck_bending', // to the right +
  'neck_rotation', // to the left +
] as const;

const SIDED = [
  // About z, x, y in this order.
  'hip_flexion', // flexion +
  'hip_adduction', // adduction +
  'hip_rotation', // internal +
  'knee_flexion', // flexion +: the heel goes backward
  'knee_varus', // varus +
  'knee_rotation', // internal +
  'ankle_dorsiflexion', // dorsiflexion +
  'ankle_inversion', // inversion +; about the foot's long axis, which the joint's own only comes near
  'ankle_rotation', // toes in +
  'toe_extension', // extension +
  'girdle_elevation', // shoulder up +
  'girdle_protraction', // shoulder forward +
  // Either about z, x, y …
  'shoulder_flexion', // flexion +
  'shoulder_adduction', // adduction +
  'shoulder_rotation', // internal +
  // … or raised in a plane (0° to the side, 90° to the front), then turned by shoulder_rotation.
  'shoulder_plane',
  'shoulder_elevation', // up +
  'elbow_flexion', // flexion +
  'forearm_pronation', // pronation +; 0 is palm forward
  'wrist_flexion', // towards the palm +
  'wrist_deviation', // towards the little finger +
] as const;

export type SidedMotion = (typeof SIDED)[number];
export type MiddleMotion = (typeof MIDDLE)[number];
export type Freedom = MiddleMotion | `${SidedMotion}_${'r' | 'l'}`;

/** In the order in which postures list them. */
export const FREEDOMS: readonly Freedom[] = [
  ...MIDDLE,
  ...(['r', 'l'] as const).flatMap((side) => SIDED.map((name): Freedom => `${name}_${side}`)),
];

/** Place of a freedom in a posture. */
export const placeOf = (freedom: Freedom): number => FREEDOMS.indexOf(freedom);

/** In metres, not degrees. */
export const isTranslation = (freedom: Freedom): boolean => /^pelvis_t[xyz]$/.test(freedom);
