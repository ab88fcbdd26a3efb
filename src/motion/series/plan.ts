/** How channels with samples at the same instants are put on the grid; made once for all that share them. */

import type { Interpolation } from '../signal/knots.ts';
import { type InterpolationName, interpolationThrough } from '../signal/resample.ts';
import { type Gap, samplingOf } from '../signal/sampling.ts';
import { type Coverage, coverageOf, type GapRule } from './gaps.ts';

export interface Plan {
  readonly coverage: Coverage;
  readonly interpolations: readonly Interpolation[];
  /** Linear where one of its segments is. */
  readonly interpolation: InterpolationName;
  /** Gaps inside its segments. */
  readonly bridged: readonly Gap[];
}

/**
 * `time`: seconds of the usable samples. `instants`: of the grid's frames. `chosen`: where the interpolation is not left
 * to the sampling: cubic for a segment that is regular, else linear.
 */
export function planThrough(
  time: Float64Array,
  instants: Float64Array,
  rule: GapRule,
  chosen: InterpolationName | undefined,
): Plan {
  const coverage = coverageOf(time, rule);
  const bridged: Gap[] = [];
  const interpolations: Interpolation[] = [];
  let interpolation: InterpolationName = chosen ?? 'cubic';
  for (const { from, to, first, last } of coverage.segments) {
    const own = time.subarray(from, to);
    const sampling = samplingOf(own);
    bridged.push(...sampling.gaps);
    const name = chosen ?? (sampling.regular ? 'cubic' : 'linear');
    if (name === 'linear') interpolation = 'linear';
    interpolations.push(interpolationThrough(name, own, instants.subarray(first, last + 1)));
  }
  return { coverage, interpolations, interpolation, bridged };
}
