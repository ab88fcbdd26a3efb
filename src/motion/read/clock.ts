/**
 * Columns that nobody called time and that are one, and columns that only count rows.
 *
 * A clock rises with every row, by steps of 0.5 ms to 0.5 s of which none is more than half as long again as the median
 * or less than half of it. No joint moves so evenly over a whole recording.
 */
import { samplingOf } from '../signal/sampling.ts';

const ENOUGH_ROWS = 20;
const SHORTEST_STEP_S = 0.0005;
const LONGEST_STEP_S = 0.5;

export function isClock(values: Float64Array): boolean {
  if (values.length < ENOUGH_ROWS) return false;
  const { medianStep_s } = samplingOf(values);
  if (!(medianStep_s >= SHORTEST_STEP_S && medianStep_s <= LONGEST_STEP_S)) return false;
  for (let i = 1; i < values.length; i += 1) {
    const step = values[i]! - values[i - 1]!;
    if (!(step >= 0.5 * medianStep_s && step <= 1.5 * medianStep_s)) return false;
  }
  return true;
}

const COUNTER_LABEL = /^(frames?|samples?|rows?|index)(\s*(#|no\.?|number))?#?$/i;

/** A column labelled as a counter whose values rise by one. */
export function countsRows(label: string, values: Float64Array): boolean {
  if (!COUNTER_LABEL.test(label.trim())) return false;
  for (let i = 1; i < values.length; i += 1) if (values[i]! - values[i - 1]! !== 1) return false;
  return Number.isInteger(values[0]);
}
