/** A channel whose unit is not the one its name stands for. It is never converted: the file's word counts, with a note. */
import type { Dictionary } from '../joints.ts';
import type { Unit } from '../recording.ts';

/** Undefined where the units agree, or the channel is not in the dictionary. */
export function unitFlag(dictionary: Dictionary, name: string, unit: Unit): string | undefined {
  const known = dictionary.find(name);
  if (known === undefined || known.unit === unit) return undefined;
  const stated = unit === '' ? 'without a unit' : `in ${unit}`;
  return `unit: ${name} is recorded ${stated}, the dictionary says ${known.unit}; not converted`;
}
