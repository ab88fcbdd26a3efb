/** Which channel of a recording each metric reads. */
import type { ExerciseDefinition, MetricDefinition } from '../exercise.ts';
import type { Series } from '../process.ts';
import type { KneeConvention } from './knee.ts';
import { findChannel } from './primary.ts';
import { findSameMotion } from './same-motion.ts';

export interface MetricReading {
  /** As defined; its sign turned where the channel grows in the other direction. */
  readonly metric: MetricDefinition;
  /** Place of the channel in the series. */
  readonly index: number;
  /** Whether the channel stands in for the one that the metric names. */
  readonly instead: boolean;
}

export interface MetricReadings {
  readonly present: readonly MetricReading[];
  /** Metrics whose channel the recording lacks. */
  readonly absent: readonly MetricDefinition[];
}

/**
 * The channel that the metric names, else the one that measures the same motion (see same-motion). A definition
 * `as recorded` reads the named channel or none.
 */
export function readingsOf(
  series: Series,
  metrics: readonly MetricDefinition[],
  kneeFlexion: ExerciseDefinition['kneeFlexion'],
  knee: KneeConvention,
): MetricReadings {
  const present: MetricReading[] = [];
  const absent: MetricDefinition[] = [];
  for (const metric of metrics) {
    const index = findChannel(series.names, metric.channel);
    const same =
      index === -1 && kneeFlexion === 'positive' ? findSameMotion(series, metric.channel, knee) : undefined;
    if (index !== -1) present.push({ metric, index, instead: false });
    else if (same === undefined) absent.push(metric);
    else {
      const sign = same.sign === metric.sign ? 1 : -1;
      present.push({ metric: { ...metric, sign }, index: same.index, instead: true });
    }
  }
  return { present, absent };
}
