/**
 * What coordinate names mean: joint, side, axis, and the motion that a larger and a smaller value are.
 *
 * The built-in names are those of the OpenSim models, of models of one shoulder, and of Plug-in Gait; they lie in the
 * folder `joints`. Names of recordings are never changed by what stands here.
 */
import { arm } from './joints/arm.ts';
import type { JointCoordinate } from './joints/coordinate.ts';
import { leg } from './joints/leg.ts';
import { middle } from './joints/middle.ts';
import { plugInGait } from './joints/plug-in-gait.ts';
import { shoulderGirdle } from './joints/shoulder-girdle.ts';
import { coordinateOf } from './recording.ts';

export {
  type Joint,
  type JointCoordinate,
  type MotionKind,
  UNCHECKED,
  unitOfKind,
} from './joints/coordinate.ts';

/** What names mean for one organization: the built-in coordinates and its own, which go before. */
export interface Dictionary {
  readonly entries: readonly JointCoordinate[];
  /**
   * What a label measures. The exact name goes before the coordinate in a path (`/jointset/knee_r/knee_angle_r/value`),
   * and that before the name behind a subject (`A22:LHipAngles_x`). Undefined for names that are not known, and for paths
   * to anything but a value: the `/speed` of a coordinate is none.
   */
  find(label: string): JointCoordinate | undefined;
}

export const JOINT_COORDINATES: readonly JointCoordinate[] = [
  ...middle,
  ...leg,
  ...arm,
  ...shoulderGirdle,
  ...plugInGait,
];

export function createDictionary(own: readonly JointCoordinate[] = []): Dictionary {
  const byName = new Map([...JOINT_COORDINATES, ...own].map((entry) => [entry.coordinate, entry]));
  return {
    entries: [...byName.values()],
    find: (label) => byName.get(label) ?? byName.get(plainName(label) ?? ''),
  };
}

export const builtInDictionary: Dictionary = createDictionary();

/** The name inside a label, without path and subject; undefined for a path to anything but a value. */
export function plainName(label: string): string | undefined {
  if (label.includes('/') && !label.endsWith('/value')) return undefined;
  const coordinate = coordinateOf(label);
  return coordinate.slice(coordinate.lastIndexOf(':') + 1);
}

/** The angle by which a knee bends: not its side-to-side or axial motion, not the patella that follows it. */
export function isKneeFlexion(entry: JointCoordinate | undefined): boolean {
  return entry?.joint.toLowerCase() === 'knee' && entry.kind === 'flexion';
}
