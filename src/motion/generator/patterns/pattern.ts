/** What a movement pattern is: the poses of one repetition with their times, or the harmonics of one stride. */

import type { CoreCoordinate, LimbCoordinate, Pose } from '../pose.ts';

/** Height of the pelvis: held by the legs, or fixed where the body lies or kneels, in metres. */
export type Support = 'feet' | { readonly height_m: number };

export interface Move {
  readonly to: Pose;
  readonly move_s: number;
  readonly hold_s?: number;
}

/** From rest through the moves and back; what a pose does not name is as at rest. */
export interface PosePattern {
  readonly kind: 'poses';
  readonly support: Support;
  readonly rest: Pose;
  readonly moves: readonly Move[];
  readonly back_s: number;
  /** At rest between two repetitions. */
  readonly pause_s: number;
  /** As many as fit into a recording are done, at most these. */
  readonly repetitions: number;
}

/** Mean in degrees, then cosine and sine amplitude of each harmonic of the stride. */
export type Harmonics = readonly [mean: number, ...harmonics: (readonly [cosine: number, sine: number])[]];

export interface CyclicPattern {
  readonly kind: 'cycle';
  readonly stride_s: number;
  readonly speed_m_s: number;
  /** Part of the stride, 0 at heel strike, where the leg is straight: movement starts and ends there. */
  readonly startsAt: number;
  readonly repetitions: number;
  /** Sided coordinates; the other side is half a stride later. */
  readonly limbs: Partial<Record<LimbCoordinate, Harmonics>>;
  readonly core: Partial<Record<CoreCoordinate, Harmonics>>;
}

export type Pattern = PosePattern | CyclicPattern;

export interface Timing {
  readonly there_s: number;
  readonly hold_s?: number;
  readonly back_s: number;
  readonly pause_s?: number;
  readonly repetitions?: number;
  readonly support?: Support;
}

/** The common shape: from rest to one pose, hold it, and back. */
export function reach(rest: Pose, to: Pose, timing: Timing): PosePattern {
  const moves = [{ to, move_s: timing.there_s, hold_s: timing.hold_s ?? 0.15 }];
  return through(rest, moves, timing);
}

/** Several poses in turn, then back. */
export function through(
  rest: Pose,
  moves: readonly Move[],
  timing: Omit<Timing, 'there_s' | 'hold_s'>,
): PosePattern {
  return {
    kind: 'poses',
    support: timing.support ?? 'feet',
    rest,
    moves,
    back_s: timing.back_s,
    pause_s: timing.pause_s ?? 0.3,
    repetitions: timing.repetitions ?? 5,
  };
}

export const onMat: Support = { height_m: 0.12 };
export const onTable: Support = { height_m: 0.85 };
export const onChair: Support = { height_m: 0.52 };
export const onHands: Support = { height_m: 0.42 };
