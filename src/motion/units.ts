/** Which columns are rotations and in which unit a file writes them. Only rotations have the file's angular unit. */
import { type Channel, coordinateOf, type Unit, type UnitSource } from './recording.ts';

const DEGREES_PER_RADIAN = 180 / Math.PI;

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
    const stated = /^inDegrees\s*=\s*(\w+)/i.exec(line);
    if (stated !== null) return { inDegrees: !/^(no|false|0)$/i.test(stated[1]!), unitSource: 'inDegrees' };
  }
  for (const line of headerLines) {
    const stated = /^angles are in (degrees|radians)/i.exec(line);
    if (stated !== null)
      return { inDegrees: stated[1]!.toLowerCase() === 'degrees', unitSource: 'header text' };
  }
  return { inDegrees: true, unitSource: 'assumed' };
}

/** Translations and marker coordinates are metres, everything else counts as a rotation. */
export function unitOf(label: string): Unit {
  const coordinate = coordinateOf(label);
  return /_t[xyz]$/i.test(coordinate) || /\.pos(\.|$)/i.test(coordinate) ? 'm' : 'deg';
}

/** The column as a channel; radians become degrees in place. */
export function channelOf(name: string, values: Float64Array, inDegrees: boolean): Channel {
  const unit = unitOf(name);
  if (unit === 'deg' && !inDegrees) {
    for (let i = 0; i < values.length; i += 1) values[i] = values[i]! * DEGREES_PER_RADIAN;
  }
  return { name, unit, values };
}
