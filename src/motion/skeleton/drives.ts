/**
 * Which channels move the figure. A channel moves what its entry in the dictionary says it measures: joint, side, and the
 * motion that a growing value is. So entries of an organization move it too, whatever their names.
 */
import { isKneeFlexion, type JointCoordinate, plainName, UNCHECKED } from '../joints.ts';
import type { Freedom, MiddleMotion, SidedMotion } from './freedoms.ts';

/** A channel that moves the figure: freedom = sign × value. */
export interface Drive {
  readonly coordinate: string;
  readonly freedom: Freedom;
  readonly sign: 1 | -1;
  /** Nobody has checked the direction in which it is drawn. */
  readonly assumed: boolean;
}

/** A channel that does not, and why. */
export interface Idle {
  readonly coordinate: string;
  readonly because:
    | 'no entry describes it'
    | 'its direction is not known'
    | 'the figure has no such part'
    | 'another channel moves the same'
    | 'the legs do not move'
    | 'it has no values';
}

export interface Drives {
  readonly drives: readonly Drive[];
  readonly idle: readonly Idle[];
}

/** How the recording counts knee flexion, as its report says; null: as the dictionary says. */
export type KneeFlexion = 'positive' | 'negative' | null;

type Target = readonly [Freedom, sign: 1 | -1, assumed?: 'assumed'];

/** In the order given, the first channel of a freedom moves it. Velocities and accelerations are not expected here. */
export function drivesOf(channels: readonly JointCoordinate[], kneeFlexion: KneeFlexion = null): Drives {
  const taken = new Map<Freedom, Drive>();
  const idle = new Map<JointCoordinate, Idle['because']>();
  const take = (channel: JointCoordinate, target: Target) => {
    const [freedom, sign, assumed] = target;
    if (taken.has(freedom)) idle.set(channel, 'another channel moves the same');
    else
      taken.set(freedom, { coordinate: channel.coordinate, freedom, sign, assumed: assumed !== undefined });
  };
  const later: [JointCoordinate, Target][] = [];
  for (const channel of channels) {
    const target = targetOf(channel, kneeFlexion);
    if (typeof target === 'string') idle.set(channel, target);
    else if (isSubstitute(channel)) later.push([channel, target]);
    else take(channel, target);
  }
  for (const [channel, target] of later) take(channel, target);
  drop(taken, idle, channels, 'another channel moves the same', (freedom) => {
    return freedom.startsWith('thorax_') && LUMBAR.some((each) => taken.has(each));
  });
  drop(taken, idle, channels, 'the legs do not move', (freedom) => {
    return freedom === 'pelvis_ty' && !LEGS.some((each) => taken.has(each));
  });
  return {
    drives: [...taken.values()],
    idle: [...idle].map(([{ coordinate }, because]) => ({ coordinate, because })),
  };
}

const LUMBAR: readonly Freedom[] = ['lumbar_extension', 'lumbar_bending', 'lumbar_rotation'];
/** Without these a pelvis that sinks would pull the feet through the floor. */
const LEGS: readonly Freedom[] = ['hip_flexion_r', 'hip_flexion_l', 'knee_flexion_r', 'knee_flexion_l'];

function drop(
  taken: Map<Freedom, Drive>,
  idle: Map<JointCoordinate, Idle['because']>,
  channels: readonly JointCoordinate[],
  because: Idle['because'],
  unwanted: (freedom: Freedom) => boolean,
): void {
  for (const [freedom, { coordinate }] of [...taken]) {
    if (!unwanted(freedom)) continue;
    taken.delete(freedom);
    idle.set(channels.find((channel) => channel.coordinate === coordinate)!, because);
  }
}

/** Stands for another angle where that is missing: the shin for the ankle over a flat foot, the waist for the pelvis. */
const isSubstitute = ({ coordinate, joint }: JointCoordinate) =>
  joint === 'shin' || plainName(coordinate) === 'waist_rotation';

function targetOf(channel: JointCoordinate, kneeFlexion: KneeFlexion): Target | Idle['because'] {
  const { coordinate, joint, side, axis, kind, positive } = channel;
  if (joint === '') return 'no entry describes it';
  if (kind === 'translation') return PLACES[positive] ?? 'the figure has no such part';
  if (isKneeFlexion(channel) && side !== null && kneeFlexion !== null)
    return [`knee_flexion_${letter(side)}`, kneeFlexion === 'positive' ? 1 : -1];
  const guess = ASSUMED[plainName(coordinate) ?? ''];
  if (positive === UNCHECKED && guess !== undefined) return sided(guess[0], side, guess[1], 'assumed');
  const part = joint.toLowerCase();
  const motion =
    part === 'shoulder' && positive === 'elevation' && axis.startsWith('sagittal') ? 'flexion' : positive;
  const meaning = MEANINGS[`${part}: ${motion}`];
  if (meaning === undefined)
    return positive === UNCHECKED ? 'its direction is not known' : 'the figure has no such part';
  const [name, sign, more] = meaning;
  // Both sides measure the one pelvis: what is up for one is down for the other.
  if (more === 'by side') return [name as MiddleMotion, side === 'R' ? sign : opposite(sign)];
  return sided(name, side, sign, more);
}

function sided(
  name: MiddleMotion | SidedMotion,
  side: 'L' | 'R' | null,
  sign: 1 | -1,
  assumed?: 'assumed',
): Target | Idle['because'] {
  const middle = MIDDLE.has(name);
  if (!middle && side === null) return 'the figure has no such part';
  const freedom = (middle ? name : `${name}_${letter(side!)}`) as Freedom;
  return assumed === undefined ? [freedom, sign] : [freedom, sign, assumed];
}

const letter = (side: 'L' | 'R') => (side === 'R' ? 'r' : 'l');
const opposite = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1);

type Meaning = readonly [MiddleMotion | SidedMotion, 1 | -1, ('assumed' | 'by side')?];

/** Joint and growing motion, in the words of the dictionary. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'pelvis: posterior tilt': ['pelvis_tilt', 1],
  'pelvis: anterior tilt': ['pelvis_tilt', -1],
  'pelvis: right side drops': ['pelvis_list', 1],
  'pelvis: left side drops': ['pelvis_list', -1],
  'pelvis: own side down': ['pelvis_list', 1, 'by side'],
  'pelvis: own side up': ['pelvis_list', -1, 'by side'],
  'pelvis: turn to the left': ['pelvis_rotation', 1],
  'pelvis: turn to the right': ['pelvis_rotation', -1],
  'pelvis: own side forward': ['pelvis_rotation', 1, 'by side'],
  'pelvis: own side backward': ['pelvis_rotation', -1, 'by side'],
  'trunk: extension': ['lumbar_extension', 1],
  'trunk: flexion': ['lumbar_extension', -1],
  'trunk: bend to the right': ['lumbar_bending', 1],
  'trunk: bend to the left': ['lumbar_bending', -1],
  'trunk: turn to the left': ['lumbar_rotation', 1],
  'trunk: turn to the right': ['lumbar_rotation', -1],
  'trunk: posterior tilt': ['thorax_tilt', 1],
  'trunk: anterior tilt': ['thorax_tilt', -1],
  'trunk: right side drops': ['thorax_list', 1],
  'trunk: left side drops': ['thorax_list', -1],
  'trunk: thorax turns to the left': ['thorax_rotation', 1],
  'trunk: thorax turns to the right': ['thorax_rotation', -1],
  // By the axes of the room: a turn about z tilts back, one about x drops the right side, one about y goes to the left.
  'trunk: about z': ['thorax_tilt', 1, 'assumed'],
  'trunk: about x': ['thorax_list', 1, 'assumed'],
  'trunk: about y': ['thorax_rotation', 1, 'assumed'],
  'neck: flexion': ['neck_flexion', 1],
  'neck: extension': ['neck_flexion', -1],
  'neck: bend to the right': ['neck_bending', 1],
  'neck: bend to the left': ['neck_bending', -1],
  'neck: turn to the left': ['neck_rotation', 1],
  'neck: turn to the right': ['neck_rotation', -1],
  'hip: flexion': ['hip_flexion', 1],
  'hip: extension': ['hip_flexion', -1],
  'hip: adduction': ['hip_adduction', 1],
  'hip: abduction': ['hip_adduction', -1],
  'hip: internal rotation': ['hip_rotation', 1],
  'hip: external rotation': ['hip_rotation', -1],
  'knee: flexion': ['knee_flexion', 1],
  'knee: extension': ['knee_flexion', -1],
  'knee: varus': ['knee_varus', 1],
  'knee: valgus': ['knee_varus', -1],
  'knee: internal rotation': ['knee_rotation', 1],
  'knee: external rotation': ['knee_rotation', -1],
  'shin: knee ahead of the ankle': ['ankle_dorsiflexion', 1],
  'shin: knee behind the ankle': ['ankle_dorsiflexion', -1],
  'ankle: dorsiflexion': ['ankle_dorsiflexion', 1],
  'ankle: plantarflexion': ['ankle_dorsiflexion', -1],
  'ankle: inversion': ['ankle_inversion', 1],
  'ankle: eversion': ['ankle_inversion', -1],
  'ankle: internal rotation': ['ankle_rotation', 1],
  'ankle: external rotation': ['ankle_rotation', -1],
  'foot: toe extension': ['toe_extension', 1],
  'foot: toe flexion': ['toe_extension', -1],
  'shoulder girdle: elevation': ['girdle_elevation', 1],
  'shoulder girdle: depression': ['girdle_elevation', -1],
  'shoulder girdle: protraction': ['girdle_protraction', 1],
  'shoulder girdle: retraction': ['girdle_protraction', -1],
  'shoulder: flexion': ['shoulder_flexion', 1],
  'shoulder: extension': ['shoulder_flexion', -1],
  'shoulder: adduction': ['shoulder_adduction', 1],
  'shoulder: abduction': ['shoulder_adduction', -1],
  'shoulder: internal rotation': ['shoulder_rotation', 1],
  'shoulder: external rotation': ['shoulder_rotation', -1],
  'shoulder: elevation': ['shoulder_elevation', 1],
  'shoulder: plane of elevation to the front': ['shoulder_plane', 1],
  'shoulder: about the humerus': ['shoulder_rotation', 1, 'assumed'],
  'elbow: flexion': ['elbow_flexion', 1],
  'elbow: extension': ['elbow_flexion', -1],
  'forearm: pronation': ['forearm_pronation', 1],
  'forearm: supination': ['forearm_pronation', -1],
  'wrist: flexion': ['wrist_flexion', 1],
  'wrist: extension': ['wrist_flexion', -1],
};

/** Built-in names whose direction nobody has checked, drawn as the name suggests and said to be so. */
const ASSUMED: Readonly<Record<string, readonly [MiddleMotion | SidedMotion, 1 | -1]>> = {
  waist_rotation: ['pelvis_rotation', 1],
  neck_flex: ['neck_flexion', 1],
  neck_latbend: ['neck_bending', 1],
  neck_rot: ['neck_rotation', 1],
  wrist_dev_r: ['wrist_deviation', 1],
  wrist_dev_l: ['wrist_deviation', 1],
};

/** The pelvis in the room; of a model without pelvis, its trunk. */
const PLACES: Readonly<Record<string, Target>> = {
  forward: ['pelvis_tx', 1],
  backward: ['pelvis_tx', -1],
  up: ['pelvis_ty', 1],
  down: ['pelvis_ty', -1],
  right: ['pelvis_tz', 1],
  left: ['pelvis_tz', -1],
};

const MIDDLE: ReadonlySet<string> = new Set(
  [...Object.values(MEANINGS), ...Object.values(ASSUMED)]
    .map(([name]) => name)
    .filter((name) => /^(pelvis|lumbar|thorax|neck)_/.test(name)),
);
