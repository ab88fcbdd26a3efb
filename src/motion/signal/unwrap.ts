/** Turns of 360° that an angle makes between two samples because it is kept within one turn, and the angle without them. */

const TURN = 360;
const HALF_TURN = 180;

/**
 * Whole turns to take off so that a step becomes the shortest one, between −180° and 180°. A step of exactly half a turn
 * stays as it is. Exact: a multiple of 360 is taken off, never a sum of remainders.
 */
export function turnsIn(step_deg: number): number {
  if (Math.abs(step_deg) <= HALF_TURN) return 0;
  const turns = Math.floor((step_deg + HALF_TURN) / TURN);
  return step_deg > 0 && step_deg - turns * TURN === -HALF_TURN ? turns - 1 : turns;
}

/** A step this near to whole turns is a wrap; other steps beyond half a turn are faults. */
const NEAR_TURN = 30;

export interface Turns {
  /** Steps of more than 180° that lie within 30° of one or more whole turns: the angle was kept within one turn. */
  readonly wraps: number;
  /** Other steps of more than 180°: faults of the recording. */
  readonly jumps: number;
}

/** `values`: degrees, without NaN. */
export function countTurns(values: Float64Array): Turns {
  let wraps = 0;
  let jumps = 0;
  for (let i = 1; i < values.length; i += 1) {
    const step = values[i]! - values[i - 1]!;
    if (Math.abs(step) <= HALF_TURN) continue;
    if (Math.abs(step - Math.round(step / TURN) * TURN) <= NEAR_TURN) wraps += 1;
    else jumps += 1;
  }
  return { wraps, jumps };
}

/**
 * Copy in which no two neighbours are more than 180° apart; the first sample stays. `values`: degrees, without NaN.
 * Equals numpy.unwrap(values, period=360).
 */
export function unwrapped(values: Float64Array): Float64Array {
  const result = values.slice();
  let turns = 0;
  for (let i = 1; i < values.length; i += 1) {
    turns += turnsIn(values[i]! - values[i - 1]!);
    result[i] = values[i]! - turns * TURN;
  }
  return result;
}
