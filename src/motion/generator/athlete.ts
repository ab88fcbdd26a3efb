/** What stays the same, or changes slowly, between the sessions of one invented athlete. */

import type { Side } from '../exercise.ts';
import { createRandom, mixSeed } from './random.ts';

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

/** The athlete as the generator asks: how far from average is this channel, and how much of its motion is left. */
export interface Body {
  /** Standard deviations from the average athlete, stable over sessions; the two sides of a joint resemble each other. */
  deviation(channel: string): number;
  /** Share of the usual excursion: 1, or less next to an injury. */
  freedom(channel: string): number;
  /** Degrees by which the athlete habitually stands away from neutral. */
  posture(channel: string): number;
  /** Time for a movement relative to the average athlete. */
  readonly tempo: number;
  /** Loss of excursion from the first to the last repetition, as a share. */
  readonly fatigue: number;
  /** Length of the thigh in metres; the shank is taken as equally long. */
  readonly thigh_m: number;
}

const channelsOfJoint: Readonly<Record<InjuredJoint, RegExp>> = {
  ankle: /^(ankle|subtalar|shin)_/,
  knee: /^knee_/,
  hip: /^hip_/,
  shoulder: /^arm_/,
  trunk: /^lumbar_/,
};

export function bodyOf({ body, form = 0, injury = null }: AthleteTraits): Body {
  const trait = (word: string) => createRandom(mixSeed(body, word)).normal();
  const hurt = (channel: string) =>
    injury !== null &&
    channelsOfJoint[injury.joint].test(channel) &&
    (injury.joint === 'trunk' || channel.endsWith(injury.side === 'L' ? '_l' : '_r'));

  return {
    deviation: (channel) =>
      0.9 * trait(channel.replace(/_[lr]$/, '')) + 0.35 * trait(`${channel} side`) + 0.5 * form,
    freedom: (channel) => (injury && hurt(channel) ? 1 - 0.35 * injury.severity : 1),
    posture: (channel) => 1.2 * trait(`${channel} posture`),
    tempo: (1 + 0.07 * trait('tempo')) * (1 + 0.25 * (injury?.severity ?? 0)),
    fatigue: Math.max(0, 0.03 + 0.02 * trait('fatigue') - 0.01 * form),
    thigh_m: 0.42 + 0.02 * trait('stature'),
  };
}
