/** Piecewise linear interpolation. Before the first and after the last sample their values are held; one sample is a constant. */
import { fractionIn, type Interpolation, intervalsOf } from './knots.ts';

/** `time`: seconds of the samples, strictly growing, at least one. `instants`: seconds, growing. */
export function linearThrough(time: Float64Array, instants: Float64Array): Interpolation {
  const count = instants.length;
  if (time.length < 2) return (values, result = new Float64Array(count)) => result.fill(values[0]!);
  const intervals = intervalsOf(time, instants);
  const fractions = instants.map((instant, k) =>
    Math.min(1, Math.max(0, fractionIn(time, intervals[k]!, instant))),
  );
  return (values, result = new Float64Array(count)) => {
    for (let k = 0; k < count; k += 1) {
      const before = values[intervals[k]!]!;
      const fraction = fractions[k]!;
      result[k] =
        fraction === 1
          ? values[intervals[k]! + 1]!
          : before + fraction * (values[intervals[k]! + 1]! - before);
    }
    return result;
  };
}
