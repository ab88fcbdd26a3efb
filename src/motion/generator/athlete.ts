/** What stays the same, or changes slowly, between the sessions of one invented athlete. */

import type { Side } from '../exercise.ts';

export type InjuredJoint = 'ankle' | 'knee' | 'hip' | 'shoulder' | 'trunk';

/** One joint that moves less for a while. */
export interface Injury {
  readonly joint: InjuredJoint;
  readonly side: Extract<Side, 'L' | 'R'>;
  /** 0 nothing, 1 a fresh injury: about a third of the motion is lost and the tempo slows. */
  readonly severity: number;
}

export interface AthleteTraits {
  /** The athlete's body: the same number gives the same joints, posture, tempo and left/right differences. */
  readonly body: number;
  /** Training state in standard deviations between athletes: 0 as the body is, 1 clearly better. */
  readonly form?: number;
  readonly injury?: Injury | null;
}
