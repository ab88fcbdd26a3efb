/** Which columns are rotations and in which unit a file writes them. Only rotations have the file's angular unit. */
import { type Channel, coordinateOf, type Unit, type UnitSource } from '../recording.ts';

export const DEGREES_PER_RADIAN = 180 / Math.PI;

export interface RotationUnit {
  readonly inDegrees: boolean;
  readonly unitSource: UnitSource;
}

/**
 * From the header's lines: `inDegrees=yes|no`, else the sentence "Angles are in degrees." or "… radians.", else degrees
 * (SIMM files say nothing and are in degrees).
 */
export function rotationUnitOf(headerLines: readonly string[]): RotationUnit {
  for (const line of headerLines) {
    const stated = /^#?\s*inDegrees\s*[=:\s]\s*(yes|true|1|no|false|0)\b/i.exec(line);
    if (stated !== null) return { inDegrees: /^(yes|true|1)$/i.test(stated[1]!), unitSource: 'inDegrees' };
  }
  for (const line of headerLines) {
    const stated = /\bangles are in (degrees|radians)\b/i.exec(line);
    if (stated !== null)
      return { inDegrees: stated[1]!.toLowerCase() === 'degrees', unitSource: 'header text' };
  }
  return { inDegrees: true, unitSource: 'assumed' };
}

/** Points at which forces act, in OpenSim's external load files: `ground_force_px`. */
const FORCE_POINT = /force_p[xyz]$/i;

/** What OpenSim's tools and gait laboratories write beside angles; no joint has these words in its name. */
const NO_ANGLE =
  /force|moment|torque|power|activation|excitation|(^|[^a-z])(emg|grf|grm|fib(er|re)s?)([^a-z]|$)/i;

/** What a muscle's part of a state file can be, as the last part of a path: `/forceset/soleus_r/activation`. */
const MUSCLE_STATE = /\/(activation|fiber_length|fiber_velocity|normalized_tendon_force)$/i;

/** A unit in brackets behind the name: `knee_moment (Nm)`. */
const STATED_UNIT = /[([]\s*([^\s()[\]]{1,20})\s*[)\]]$/;

/**
 * Translations, marker coordinates and points of force are metres. Forces, moments, activations, fibre lengths, muscle
 * signals and powers have the unit that stands in brackets behind their name, else none. Everything else counts as a
 * rotation.
 */
export function unitOf(label: string): Unit {
  const coordinate = coordinateOf(label);
  if (MUSCLE_STATE.test(label)) return '';
  if (/_t[xyz]$/i.test(coordinate) || /\.pos(\.|$)/i.test(coordinate) || FORCE_POINT.test(coordinate))
    return 'm';
  return NO_ANGLE.test(coordinate) ? (STATED_UNIT.exec(label)?.[1] ?? '') : 'deg';
}

/** The column as a channel; radians become degrees in place. */
export function channelOf(name: string, values: Float64Array, inDegrees: boolean): Channel {
  const unit = unitOf(name);
  if (unit !== 'deg' || inDegrees) return { name, unit, values };
  scaleBy(DEGREES_PER_RADIAN, values);
  return { name, unit, values, source: { unit: 'rad', scale: DEGREES_PER_RADIAN } };
}

/** Multiplies in place. */
export function scaleBy(scale: number, values: Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = values[i]! * scale;
}
