/** Where in its range a metric should land for this athlete: mostly inside, sometimes short of it, now and then past it. */

import type { MetricDefinition } from '../exercise.ts';
import type { Body } from './athlete.ts';

/** Largest excursion that a joint of an invented athlete shows, in degrees of sign × channel. */
const anatomicalLimit: readonly (readonly [RegExp, number])[] = [
  [/^hip_rotation/, 58],
  [/^hip_adduction/, 58],
  [/^ankle_angle|^shin/, 54],
  [/^subtalar/, 38],
  [/^lumbar_(extension)/, 88],
  [/^lumbar/, 52],
  [/^(arm|elbow|pro_sup|knee|hip_flexion)/, 174],
];

/**
 * Target of sign × channel in degrees.
 *
 * @param typical what the pattern itself would reach
 */
export function aimAt(metric: MetricDefinition, typical: number, body: Body): number {
  const { channel, min, max } = metric;
  const deviation = body.deviation(channel);
  if (min === null || max === null) return typical + deviation * Math.max(1.2, 0.05 * Math.abs(typical));

  const width = max - min;
  // Ranges that start at zero say "hardly any": their middle is the aim. Others are limits that people strive for.
  const striving = min > 0;
  const inset = Math.min(0.28 * width, 8);
  const centre = Math.min(Math.max(typical, min + inset), max - 1.3 * inset);
  const spread = striving ? Math.min(0.4 * width, 9) : Math.min(0.24 * width, 5);
  const limit = anatomicalLimit.find(([joint]) => joint.test(channel))?.[1] ?? 174;
  return Math.min(centre + spread * (striving ? deviation : sideways(deviation)), limit);
}

/** Keeps a one-sided range of small numbers from being missed by most athletes on its zero side. */
function sideways(deviation: number): number {
  return Math.max(deviation, -1.8);
}
