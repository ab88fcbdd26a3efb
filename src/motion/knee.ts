/**
 * How a recording counts knee flexion. Rajagopal, LaiUhlrich and OpenCap models count it up, Gait2392, Gait10dof, Hamner
 * and Camargo count it down; nothing in a file says so but the values: a knee bends far and hardly overstretches.
 */
import type { Series } from './process.ts';

export interface KneeConvention {
  /** Null: no knee, or knees that bend too little to tell. */
  readonly flexion: 'positive' | 'negative' | null;
  /** In words, with the values that decided. */
  readonly evidence: string;
}

/** A knee that stays within this many degrees of straight does not tell. */
const LEAST_BEND = 15;

export function kneeConventionOf({ names, angle, dictionary }: Series): KneeConvention {
  let lowest = 0;
  let highest = 0;
  let knees = 0;
  names.forEach((name, i) => {
    if (dictionary.find(name)?.joint !== 'knee') return;
    knees += 1;
    for (const value of angle[i]!) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  });
  if (knees === 0) return { flexion: null, evidence: 'the recording has no knee angle' };
  const span = `knee angles reach from ${lowest.toFixed(0)}° to ${highest.toFixed(0)}°`;
  if (Math.max(highest, -lowest) < LEAST_BEND)
    return { flexion: null, evidence: `${span}: too little to tell` };
  return { flexion: highest >= -lowest ? 'positive' : 'negative', evidence: span };
}
