/** One coordinate of a model: what its name measures. And short ways to write it down for both sides of the body. */
import type { Unit } from '../recording.ts';

/** Joint or segment; an organization may name others. */
export type Joint =
  | 'pelvis'
  | 'hip'
  | 'knee'
  | 'patella'
  | 'shin'
  | 'ankle'
  | 'foot'
  | 'trunk'
  | 'neck'
  | 'head'
  | 'shoulder girdle'
  | 'shoulder'
  | 'elbow'
  | 'forearm'
  | 'wrist'
  | (string & Record<never, never>);

/** Kind of motion; flexion, abduction and elevation are what repetitions are usually counted on. */
export type MotionKind = 'flexion' | 'abduction' | 'elevation' | 'rotation' | 'translation';

export interface JointCoordinate {
  /** As in the recordings, side included: `knee_angle_r`. */
  readonly coordinate: string;
  readonly joint: Joint;
  /** Null for the middle of the body. */
  readonly side: 'L' | 'R' | null;
  /** Plane and axis of the motion in the body, in words. */
  readonly axis: string;
  readonly kind: MotionKind;
  readonly unit: Unit;
  /** The motion that a growing value is, and the one that a falling value is; `not checked` where nobody has. */
  readonly positive: string;
  readonly negative: string;
  /** Pose in which the value is `offset`, in `unit`. Information: nothing is ever subtracted from a recording. */
  readonly zeroPose: string;
  readonly offset: number;
  /** Values that are plausible, in `unit`; null: not checked. Wide on purpose: they serve to notice faults, not to score. */
  readonly range: readonly [number, number] | null;
  /** Where sign and range come from, and how well that is known. */
  readonly source: string;
}

/** A coordinate before its side is known. */
export interface Motion {
  readonly name: string;
  readonly joint: Joint;
  readonly kind: MotionKind;
  readonly axis: string;
  readonly positive: string;
  readonly negative: string;
  readonly range: readonly [number, number] | null;
  readonly source: string;
  /** Absent: standing upright. */
  readonly zeroPose?: string;
  /** Absent: 0. */
  readonly offset?: number;
}

export const SAGITTAL = 'sagittal, about the axis to the right';
export const FRONTAL = 'frontal, about the axis forward';
export const TRANSVERSE = 'transverse, about the axis upward';
export const UNCHECKED = 'not checked';
export const UPRIGHT = 'standing upright, arms at the sides';

/** Signs by the right-hand rule from the rotation axes in the model files; `SEEN`: and confirmed in a recording. */
export const MODELS = 'axis in OpenSim models (Rajagopal 2016, Gait2392, Hamner 2010); range is our own';
export const SEEN = `${MODELS}; sign seen in recordings`;
export const GENERAL_KNOWLEDGE = 'general knowledge, not checked; range is our own';

export function coordinate(motion: Motion, name: string, side: 'L' | 'R' | null): JointCoordinate {
  const { joint, kind, axis, positive, negative, range, source, zeroPose = UPRIGHT, offset = 0 } = motion;
  const unit = unitOfKind(kind);
  return {
    coordinate: name,
    joint,
    side,
    axis,
    kind,
    unit,
    positive,
    negative,
    zeroPose,
    offset,
    range,
    source,
  };
}

/** Rotations are in degrees once read, translations in metres. */
export function unitOfKind(kind: MotionKind): Unit {
  return kind === 'translation' ? 'm' : 'deg';
}

export function central(motions: readonly Motion[]): JointCoordinate[] {
  return motions.map((motion) => coordinate(motion, motion.name, null));
}

/** Twice, with `_r` and `_l`. Left coordinates are mirrored in the models, so a sign means the same motion on both sides. */
export function paired(motions: readonly Motion[]): JointCoordinate[] {
  return motions.flatMap((motion) => [
    coordinate(motion, `${motion.name}_r`, 'R'),
    coordinate(motion, `${motion.name}_l`, 'L'),
  ]);
}

/** Models of a single arm carry no side in their names; all known ones are right arms. */
export function rightOnly(motions: readonly Motion[]): JointCoordinate[] {
  return motions.map((motion) => coordinate(motion, motion.name, 'R'));
}
