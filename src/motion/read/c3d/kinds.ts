/**
 * What the points of a C3D file are. Programs store results of models as points and list their labels by kind:
 * POINT:ANGLES with POINT:ANGLE_UNITS, POINT:FORCES with POINT:FORCE_UNITS, …; POINT:TYPE_GROUPS names further kinds. All
 * other points are markers, in POINT:UNITS.
 */
import type { NumberReader } from './numbers.ts';
import { listedTexts, type Parameters, textsOf } from './parameters.ts';

export interface Kind {
  readonly list: string;
  /** As the file states it; '' where it does not. */
  readonly unit: string;
}

const KINDS: readonly (readonly [list: string, unit: string])[] = [
  ['ANGLES', 'ANGLE'],
  ['FORCES', 'FORCE'],
  ['MOMENTS', 'MOMENT'],
  ['POWERS', 'POWER'],
  ['SCALARS', 'SCALAR'],
  ['REACTIONS', 'REACTION'],
];

/** Label → kind, of the labels that are listed under one. The first list goes before the others. */
export function kindsOf(reader: NumberReader, parameters: Parameters): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const [list, name] of new Map([...KINDS, ...furtherKinds(reader, parameters)])) {
    const unit = textsOf(reader, parameters.get(`POINT:${name}_UNITS`))[0] ?? '';
    for (const label of listedTexts(reader, parameters, `POINT:${list}`)) {
      if (label !== '' && !kinds.has(label)) kinds.set(label, { list, unit });
    }
  }
  return kinds;
}

function furtherKinds(reader: NumberReader, parameters: Parameters): [string, string][] {
  const texts = textsOf(reader, parameters.get('POINT:TYPE_GROUPS')).map((text) => text.toUpperCase());
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < texts.length; i += 2) {
    const [list, name] = [texts[i]!, texts[i + 1]!];
    if (list !== '' && name !== '' && !/^(LABELS|DESCRIPTIONS)/.test(list)) pairs.push([list, name]);
  }
  return pairs;
}
