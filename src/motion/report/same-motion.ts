/** The channel that measures the same motion as another under the name of another model. */
import { type Dictionary, isKneeFlexion, type JointCoordinate, UNCHECKED } from '../joints.ts';
import type { Series } from '../process.ts';
import type { KneeConvention } from './knee.ts';

export interface SameMotion {
  /** Place in the series. */
  readonly index: number;
  /** What the channel is multiplied by to be read as the one asked for: −1 where it grows in the other direction. */
  readonly sign: 1 | -1;
}

/**
 * Same joint, side and kind by the dictionary, and the same word for the motion that a growing value is; −1 where that is
 * the word for a falling one. Of several the one whose entry the dictionary lists first. Undefined without any, and for
 * names that the dictionary does not know or whose direction nobody has checked. The patella follows the knee and is never
 * taken. (Own definition.)
 *
 * A knee is turned as the recording counts it (see knee), whatever words its entry has: where that is known its sign is 1.
 */
export function findSameMotion(
  { names, units, dictionary }: Series,
  channel: string,
  knee: KneeConvention,
): SameMotion | undefined {
  const wanted = dictionary.find(channel);
  if (wanted === undefined || wanted.joint === 'patella') return undefined;
  const found = names.flatMap((name, index) => {
    const known = units[index] === 'deg' ? dictionary.find(name) : undefined;
    const sign = known === undefined ? undefined : signBetween(known, wanted);
    if (known === undefined || sign === undefined) return [];
    const turnedAlready = isKneeFlexion(known) && knee.flexion !== null;
    return [{ index, sign: turnedAlready ? (1 as const) : sign, order: orderOf(dictionary, known) }];
  });
  const [first] = found.sort((a, b) => a.order - b.order || a.index - b.index);
  return first === undefined ? undefined : { index: first.index, sign: first.sign };
}

/** Undefined where the two are different motions. */
function signBetween(known: JointCoordinate, wanted: JointCoordinate): 1 | -1 | undefined {
  if (known.joint !== wanted.joint || known.side !== wanted.side || known.kind !== wanted.kind)
    return undefined;
  if (known.unit !== wanted.unit || wanted.positive === UNCHECKED) return undefined;
  if (same(known.positive, wanted.positive)) return 1;
  const swapped = same(known.negative, wanted.positive) || same(known.positive, wanted.negative);
  return swapped ? -1 : undefined;
}

function same(words: string, others: string): boolean {
  return words !== UNCHECKED && words.toLowerCase() === others.toLowerCase();
}

function orderOf({ entries }: Dictionary, entry: JointCoordinate): number {
  return entries.indexOf(entry);
}
