/**
 * Forward kinematics: from the angles of a posture to the places of the body's points, in metres of the room (x forward,
 * y up, z right). Signs and orders of rotation are those of `freedoms.ts`.
 */
import { at, type Body, bodyOf, POINTS, type Point } from './body.ts';
import { FREEDOMS, type Freedom, placeOf } from './freedoms.ts';
import { noTurn, placeAt, setUpright, type Turn, turnBy } from './turn.ts';

export interface PoseOptions {
  /** The trunk stands in the room as `thorax_*` say, whatever the pelvis does. */
  readonly trunkInRoom?: boolean;
}

/**
 * A function that writes a posture's points (3 numbers each, in the order of POINTS). The pelvis lies where its
 * translations say; with none it is at the origin, and the feet are below it. Makes no garbage.
 */
export function createPose(
  body: Body,
  { trunkInRoom = false }: PoseOptions = {},
): (posture: Float64Array, points: Float64Array) => void {
  const pelvis = noTurn();
  const trunk = noTurn();
  const segment = noTurn();
  const right = sideOf('r');
  const left = sideOf('l');
  return (posture, points) => {
    const value = (place: number) => posture[place]!;
    points[PELVIS] = value(TX);
    points[PELVIS + 1] = value(TY);
    points[PELVIS + 2] = value(TZ);
    setUpright(pelvis);
    turnBy(pelvis, 'z', value(TILT));
    turnBy(pelvis, 'x', value(LIST));
    turnBy(pelvis, 'y', value(ROTATION));
    placeAt(points, LUMBAR, PELVIS, pelvis, 0, body.lowerTrunk, 0);
    if (trunkInRoom) setUpright(trunk);
    else trunk.set(pelvis);
    turnBy(trunk, 'z', value(trunkInRoom ? THORAX_TILT : EXTENSION));
    turnBy(trunk, 'x', value(trunkInRoom ? THORAX_LIST : BENDING));
    turnBy(trunk, 'y', value(trunkInRoom ? THORAX_ROTATION : TWIST));
    placeAt(points, CHEST, LUMBAR, trunk, 0, body.upperTrunk, 0);
    segment.set(trunk);
    turnBy(segment, 'z', -value(NECK_FLEXION));
    turnBy(segment, 'x', value(NECK_BENDING));
    turnBy(segment, 'y', value(NECK_ROTATION));
    placeAt(points, CHIN, CHEST, segment, 0, body.neck, 0);
    placeAt(points, CROWN, CHIN, segment, 0, body.head, 0);
    placeAt(points, NOSE, CHIN, segment, body.nose, body.head / 2, 0);
    for (const side of [right, left] as const) {
      poseLeg(side, body, posture, points, pelvis, segment);
      poseArm(side, body, posture, points, trunk, segment);
    }
  };
}

/** The points of one posture by name; freedoms that are not named are neutral. For tests and single pictures. */
export function pose(
  posture: Partial<Record<Freedom, number>>,
  body: Body = bodyOf(),
  options: PoseOptions = {},
): Record<Point, { x: number; y: number; z: number }> {
  const values = new Float64Array(FREEDOMS.length);
  for (const [freedom, value] of Object.entries(posture)) values[placeOf(freedom as Freedom)] = value;
  const points = new Float64Array(3 * POINTS.length);
  createPose(body, options)(values, points);
  const places = POINTS.map((point) => {
    const first = at(point);
    return [point, { x: points[first]!, y: points[first + 1]!, z: points[first + 2]! }] as const;
  });
  return Object.fromEntries(places) as Record<Point, { x: number; y: number; z: number }>;
}

type Side = ReturnType<typeof sideOf>;

function poseLeg(
  { out, leg, of }: Side,
  body: Body,
  posture: Float64Array,
  points: Float64Array,
  pelvis: Turn,
  segment: Turn,
): void {
  placeAt(points, leg.hip, PELVIS, pelvis, 0, 0, out * body.hip);
  segment.set(pelvis);
  turnBy(segment, 'z', posture[of.hip_flexion]!);
  turnBy(segment, 'x', out * posture[of.hip_adduction]!);
  turnBy(segment, 'y', out * posture[of.hip_rotation]!);
  placeAt(points, leg.knee, leg.hip, segment, 0, -body.thigh, 0);
  turnBy(segment, 'z', -posture[of.knee_flexion]!);
  turnBy(segment, 'x', out * posture[of.knee_varus]!);
  turnBy(segment, 'y', out * posture[of.knee_rotation]!);
  placeAt(points, leg.ankle, leg.knee, segment, 0, -body.shank, 0);
  turnBy(segment, 'z', posture[of.ankle_dorsiflexion]!);
  turnBy(segment, 'x', out * posture[of.ankle_inversion]!);
  turnBy(segment, 'y', out * posture[of.ankle_rotation]!);
  placeAt(points, leg.heel, leg.ankle, segment, -body.heel, -body.ankleHeight, 0);
  placeAt(points, leg.ball, leg.ankle, segment, body.ball, -body.ankleHeight, 0);
  turnBy(segment, 'z', posture[of.toe_extension]!);
  placeAt(points, leg.toes, leg.ball, segment, body.toes, 0, 0);
}

function poseArm(
  { out, arm, of }: Side,
  body: Body,
  posture: Float64Array,
  points: Float64Array,
  trunk: Turn,
  segment: Turn,
): void {
  segment.set(trunk);
  turnBy(segment, 'y', out * posture[of.girdle_protraction]!);
  turnBy(segment, 'x', -out * posture[of.girdle_elevation]!);
  placeAt(points, arm.shoulder, CHEST, segment, 0, 0, out * body.shoulder);
  segment.set(trunk);
  turnBy(segment, 'y', out * posture[of.shoulder_plane]!);
  turnBy(segment, 'x', -out * posture[of.shoulder_elevation]!);
  turnBy(segment, 'z', posture[of.shoulder_flexion]!);
  turnBy(segment, 'x', out * posture[of.shoulder_adduction]!);
  turnBy(segment, 'y', out * posture[of.shoulder_rotation]!);
  placeAt(points, arm.elbow, arm.shoulder, segment, 0, -body.upperArm, 0);
  turnBy(segment, 'z', posture[of.elbow_flexion]!);
  turnBy(segment, 'y', out * posture[of.forearm_pronation]!);
  placeAt(points, arm.wrist, arm.elbow, segment, 0, -body.forearm, 0);
  turnBy(segment, 'z', posture[of.wrist_flexion]!);
  turnBy(segment, 'x', out * posture[of.wrist_deviation]!);
  placeAt(points, arm.fingers, arm.wrist, segment, 0, -body.hand, 0);
  // With the palm forward the thumb points outward.
  placeAt(points, arm.thumb, arm.wrist, segment, 0, -body.thumbAlong, out * body.thumbAside);
}

/** Where one side's points and freedoms lie; `out` is the direction away from the middle along z. */
function sideOf(s: 'r' | 'l') {
  return {
    out: s === 'r' ? 1 : -1,
    leg: {
      hip: at(`hip_${s}`),
      knee: at(`knee_${s}`),
      ankle: at(`ankle_${s}`),
      heel: at(`heel_${s}`),
      ball: at(`ball_${s}`),
      toes: at(`toes_${s}`),
    },
    arm: {
      shoulder: at(`shoulder_${s}`),
      elbow: at(`elbow_${s}`),
      wrist: at(`wrist_${s}`),
      fingers: at(`fingers_${s}`),
      thumb: at(`thumb_${s}`),
    },
    of: {
      hip_flexion: placeOf(`hip_flexion_${s}`),
      hip_adduction: placeOf(`hip_adduction_${s}`),
      hip_rotation: placeOf(`hip_rotation_${s}`),
      knee_flexion: placeOf(`knee_flexion_${s}`),
      knee_varus: placeOf(`knee_varus_${s}`),
      knee_rotation: placeOf(`knee_rotation_${s}`),
      ankle_dorsiflexion: placeOf(`ankle_dorsiflexion_${s}`),
      ankle_inversion: placeOf(`ankle_inversion_${s}`),
      ankle_rotation: placeOf(`ankle_rotation_${s}`),
      toe_extension: placeOf(`toe_extension_${s}`),
      girdle_protraction: placeOf(`girdle_protraction_${s}`),
      girdle_elevation: placeOf(`girdle_elevation_${s}`),
      shoulder_plane: placeOf(`shoulder_plane_${s}`),
      shoulder_elevation: placeOf(`shoulder_elevation_${s}`),
      shoulder_flexion: placeOf(`shoulder_flexion_${s}`),
      shoulder_adduction: placeOf(`shoulder_adduction_${s}`),
      shoulder_rotation: placeOf(`shoulder_rotation_${s}`),
      elbow_flexion: placeOf(`elbow_flexion_${s}`),
      forearm_pronation: placeOf(`forearm_pronation_${s}`),
      wrist_flexion: placeOf(`wrist_flexion_${s}`),
      wrist_deviation: placeOf(`wrist_deviation_${s}`),
    },
  };
}

const [PELVIS, LUMBAR, CHEST, CHIN, CROWN, NOSE] = (
  ['pelvis', 'lumbar', 'chest', 'chin', 'crown', 'nose'] as const
).map(at) as [number, number, number, number, number, number];
const TILT = placeOf('pelvis_tilt');
const LIST = placeOf('pelvis_list');
const ROTATION = placeOf('pelvis_rotation');
const TX = placeOf('pelvis_tx');
const TY = placeOf('pelvis_ty');
const TZ = placeOf('pelvis_tz');
const EXTENSION = placeOf('lumbar_extension');
const BENDING = placeOf('lumbar_bending');
const TWIST = placeOf('lumbar_rotation');
const THORAX_TILT = placeOf('thorax_tilt');
const THORAX_LIST = placeOf('thorax_list');
const THORAX_ROTATION = placeOf('thorax_rotation');
const NECK_FLEXION = placeOf('neck_flexion');
const NECK_BENDING = placeOf('neck_bending');
const NECK_ROTATION = placeOf('neck_rotation');
