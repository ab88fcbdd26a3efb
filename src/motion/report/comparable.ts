/**
 * Whether left and right can be compared. The repetitions of both come from one channel; what the other side does may lie
 * outside them, and its AvgMax then says nothing of how far that side goes. (Own definition.)
 */

import type { Series } from '../process.ts';
import { touches } from '../series/stretches.ts';
import type { MetricResult } from './metric.ts';
import { usableRange } from './usable-range.ts';
import type { RepetitionWindow } from './windows.ts';

/** A side's AvgMax is clearly below its FullMax when it is so by more than this share of the channel's range … */
const BELOW_SHARE = 0.3;

/** … and by more than these degrees. */
const BELOW_DEG = 15;

export interface Incomparable {
  /** Labels whose sides are not compared. */
  readonly labels: ReadonlySet<string>;
  /** Their metrics of the side whose movement the repetitions miss: not scored. */
  readonly missed: ReadonlySet<MetricResult>;
  readonly flags: readonly string[];
}

/**
 * A label is not comparable where AvgMax is clearly below FullMax on one side only: by more than 15° and more than 30 % of
 * the channel's range. `primary`: place of the channel that the repetitions were found on.
 */
export function incomparableIn(
  series: Series,
  metrics: readonly MetricResult[],
  windows: readonly RepetitionWindow[],
  primary: number | undefined,
): Incomparable {
  const labels = new Set<string>();
  const missed = new Set<MetricResult>();
  const flags: string[] = [];
  const owner = primary === undefined ? null : (series.dictionary.find(series.names[primary]!)?.side ?? null);
  const side = owner === null ? '' : ` of the ${owner === 'L' ? 'left' : 'right'} side`;
  for (const left of metrics) {
    const { label } = left.metric;
    const right = metrics.find(({ metric }) => metric.side === 'R' && metric.label === label);
    if (left.metric.side !== 'L' || right === undefined || labels.has(label)) continue;
    const below = [left, right].filter((result) => isFarBelow(series, result));
    const [one] = below;
    if (one === undefined || below.length === 2) continue;
    labels.add(label);
    missed.add(one);
    flags.push(`${label} ${one.metric.side} ${reachOf(series, one, windows, side)}: not comparable`);
  }
  return { labels, missed, flags };
}

function isFarBelow(series: Series, { metric, channel, unit, angle }: MetricResult): boolean {
  if (metric.reads !== 'angle' || unit !== 'deg') return false;
  const range = usableRange(series, series.names.indexOf(channel)) ?? 0;
  return angle.fullMax - angle.avgMax > Math.max(BELOW_DEG, BELOW_SHARE * range);
}

function reachOf(
  series: Series,
  result: MetricResult,
  windows: readonly RepetitionWindow[],
  side: string,
): string {
  const { fullMax, avgMax } = result.angle;
  const [farthest, usual] = [`${fullMax.toFixed(1)}°`, `${avgMax.toFixed(1)}°`];
  const inside = maximaOf(series, result, windows);
  if (inside.some((most) => most === fullMax))
    return `reaches ${farthest} only in some repetitions${side}, ${usual} on average`;
  const average = inside.length > 1 ? ' on average' : '';
  return `reaches ${farthest} outside the repetitions${side}, ${usual} inside${average}`;
}

/** Largest sign × angle of each repetition that the metric reads. */
function maximaOf(
  { names, angle, excluded }: Series,
  { metric, channel }: MetricResult,
  windows: readonly RepetitionWindow[],
): number[] {
  const index = names.indexOf(channel);
  const read = windows.filter((window) => !touches(excluded[index]!, window));
  return read.map(({ first, last }) => {
    const values = angle[index]!.subarray(first, last + 1);
    return values.reduce((most, value) => Math.max(most, metric.sign * value), Number.NEGATIVE_INFINITY);
  });
}
