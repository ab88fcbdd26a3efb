/** The figure along a recording: where its points are at any moment, on a floor, and how much room that takes. */
import type { JointCoordinate } from '../joints.ts';
import { at, type Body, bodyOf, POINTS, type Point } from './body.ts';
import { type Drives, drivesOf, type KneeFlexion } from './drives.ts';
import { FREEDOMS, isTranslation, placeOf } from './freedoms.ts';
import { createPose } from './pose.ts';

export interface MoverInput {
  /** Seconds, growing. */
  readonly time: ArrayLike<number>;
  /** Channels with their meaning; degrees and metres. Values that are missing are null or NaN. */
  readonly channels: readonly { meaning: JointCoordinate; values: ArrayLike<number | null> }[];
  readonly kneeFlexion?: KneeFlexion;
  /** Absent: an adult of usual height. */
  readonly body?: Body;
  /** Of the whole recording, where this is a part of it: moved by the same channels, on the same floor. */
  readonly like?: Mover;
}

/** What surrounds the figure all along. */
export interface Setting {
  /** Height at which the feet are when they stand, as translations have it, m. */
  readonly floor: number;
  /** The way the pelvis faces on average: degrees from forward to the left, seen from above. */
  readonly heading_deg: number;
  /** Everywhere a point comes, m: two corners, relative to the pelvis' place on the floor if `travels`. */
  readonly room: {
    readonly low: readonly [number, number, number];
    readonly high: readonly [number, number, number];
  };
  /** The pelvis goes farther than a step: a viewer should go with it. */
  readonly travels: boolean;
}

export interface Mover extends Drives {
  /** Writes the points of a moment between the first and the last sample (3 numbers each, in the order of POINTS). */
  pointsAt(time_s: number, points: Float64Array): void;
  /** Whether translations say how high the pelvis is; else the lowest foot always stands on the floor. */
  readonly leavesFloor: boolean;
  readonly setting: Setting;
}

/** Moments that are looked at to find floor, room and heading. */
const LOOKS = 300;
/** Share of them that may lie below the floor: single faults must not lift everything else. */
const BELOW = 0.02;
/**
 * Heights over the floor up to this are drawn on it, and greater ones so much lower, m: the body drawn is not the one that
 * was recorded, and its feet would hover and dip by as much as their legs differ.
 */
const TOLERANCE_M = 0.04;
const STEP_M = 1.2;

/**
 * A missing value holds the last one, the neutral pose before the first. Between two samples angles go the shorter way
 * round. Channels without any value move nothing, and are not among `drives`.
 */
export function createMover(input: MoverInput): Mover {
  const { time, channels, body = bodyOf(), like } = input;
  const { drives, idle } = like ?? movedBy(input);
  const tracks = drives.map(({ coordinate, freedom, sign }) => ({
    place: placeOf(freedom),
    turns: !isTranslation(freedom),
    values: held(
      channels.find(({ meaning }) => meaning.coordinate === coordinate)?.values ?? [],
      time.length,
      sign,
    ),
  }));
  const leavesFloor = drives.some(({ freedom }) => freedom === 'pelvis_ty');
  const trunkInRoom = drives.some(({ freedom }) => freedom.startsWith('thorax_'));
  const posture = new Float64Array(FREEDOMS.length);
  const writePose = createPose(body, { trunkInRoom });
  const frames = time.length;

  function poseAt(time_s: number, points: Float64Array): void {
    const after = firstAfter(time, time_s);
    const [a, b] = [Math.max(0, after - 1), Math.min(frames - 1, after)];
    const step = time[b]! - time[a]!;
    const share = step > 0 ? (time_s - time[a]!) / step : 0;
    for (let i = 0; frames > 0 && i < tracks.length; i++) {
      const { place, turns, values } = tracks[i]!;
      const from = values[a]!;
      let way = values[b]! - from;
      if (turns && Math.abs(way) > 180) way -= 360 * Math.round(way / 360);
      posture[place] = from + way * share;
    }
    writePose(posture, points);
  }

  let floor = 0;
  function pointsAt(time_s: number, points: Float64Array): void {
    poseAt(time_s, points);
    const lowest = lowestOf(points);
    const height = leavesFloor ? Math.max(0, lowest - floor - TOLERANCE_M) : 0;
    const lift = height - lowest;
    for (let i = 1; i < points.length; i += 3) points[i] = points[i]! + lift;
  }

  const looks = frames === 0 ? [0] : evenly(time[0]!, time[frames - 1]!, Math.min(LOOKS, frames));
  if (like !== undefined) floor = like.setting.floor;
  else if (leavesFloor) floor = floorOf(poseAt, looks);
  const setting = like?.setting ?? { floor, ...surroundingsOf(pointsAt, looks) };
  return { drives, idle, pointsAt, leavesFloor, setting };
}

/** Every channel is either among those that move it or among those that do not. */
function movedBy({ channels, kneeFlexion = null }: MoverInput): Drives {
  const valued = channels.filter(({ values }) => hasValue(values)).map(({ meaning }) => meaning);
  const { drives, idle } = drivesOf(valued, kneeFlexion);
  const moving = new Set(drives.map(({ coordinate }) => coordinate));
  const reasons = new Map(
    [...drivesOf(channels.map(({ meaning }) => meaning)).idle, ...idle].map((each) => [
      each.coordinate,
      each.because,
    ]),
  );
  return {
    drives,
    idle: channels
      .map(({ meaning }) => meaning.coordinate)
      .filter((coordinate) => !moving.has(coordinate))
      .map((coordinate) => ({ coordinate, because: reasons.get(coordinate) ?? 'it has no values' })),
  };
}

type Points = (time_s: number, points: Float64Array) => void;

/** Where feet or whatever else comes lowest, single faults left out. */
function floorOf(poseAt: Points, looks: readonly number[]): number {
  const points = new Float64Array(3 * POINTS.length);
  const heights = looks.map((time_s) => {
    poseAt(time_s, points);
    return lowestOf(points);
  });
  heights.sort((a, b) => a - b);
  return heights[Math.floor(BELOW * heights.length)]!;
}

function surroundingsOf(pointsAt: Points, looks: readonly number[]): Omit<Setting, 'floor'> {
  const points = new Float64Array(3 * POINTS.length);
  let [ahead, aside] = [0, 0];
  const [still, along, path] = [corners(), corners(), corners()];
  for (const time_s of looks) {
    pointsAt(time_s, points);
    const [x, z] = [points[PELVIS]!, points[PELVIS + 2]!];
    path.add(x, 0, z);
    for (let i = 0; i < points.length; i += 3) {
      still.add(points[i]!, points[i + 1]!, points[i + 2]!);
      along.add(points[i]! - x, points[i + 1]!, points[i + 2]! - z);
    }
    // From the left hip to the right one, a quarter turn further to the left: the way that the pelvis faces.
    ahead += points[RIGHT_HIP + 2]! - points[LEFT_HIP + 2]!;
    aside += points[RIGHT_HIP]! - points[LEFT_HIP]!;
  }
  const travels = Math.hypot(path.high[0] - path.low[0], path.high[2] - path.low[2]) > STEP_M;
  const { low, high } = travels ? along : still;
  return { heading_deg: (Math.atan2(aside, ahead) * 180) / Math.PI, room: { low, high }, travels };
}

const PELVIS = at('pelvis');
const RIGHT_HIP = at('hip_r');
const LEFT_HIP = at('hip_l');

/** What a body can stand, kneel or lie on. Hands may pass the floor: arms are seldom as long as drawn. */
const SUPPORTS = (['heel', 'ball', 'toes', 'knee', 'hip', 'shoulder'] as const)
  .flatMap((name) => [at(`${name}_r`), at(`${name}_l`)])
  .concat((['pelvis', 'chest', 'crown'] as const).map((p: Point) => at(p)));

function lowestOf(points: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const first of SUPPORTS) lowest = Math.min(lowest, points[first + 1]!);
  return lowest;
}

function hasValue(values: ArrayLike<number | null>): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) return true;
  return false;
}

function held(values: ArrayLike<number | null>, frames: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(frames);
  let last = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (typeof value === 'number' && Number.isFinite(value)) last = sign * value;
    out[i] = last;
  }
  return out;
}

/** Place of the first time after `time_s`; the length where there is none. */
function firstAfter(time: ArrayLike<number>, time_s: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= time_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

function evenly(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / Math.max(1, count - 1));
}

function corners() {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  return {
    low,
    high,
    add(...place: [number, number, number]) {
      for (const axis of [0, 1, 2] as const) {
        low[axis] = Math.min(low[axis], place[axis]);
        high[axis] = Math.max(high[axis], place[axis]);
      }
    },
  };
}
