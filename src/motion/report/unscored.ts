/** Metrics whose channel says nothing of how well a person moves: they are shown, and not scored. */

import type { SeriesProvenance } from '../process.ts';
import { listedChannels } from '../series/channel-notes.ts';
import type { MetricResult } from './metric.ts';

type Reason = 'constant' | 'wrapped' | 'implausible';

/** Why the metrics of a channel are not scored; undefined where they are. */
export type Unscored = (channel: string) => Reason | undefined;

/** Constant throughout, implausible, or with wraps and jumps that were kept as recorded. */
export function unscoredBy(provenance: SeriesProvenance): Unscored {
  const { constantChannels, implausibleChannels, wrappedChannels, unwrapped } = provenance;
  const reasons = new Map<string, Reason>();
  if (!unwrapped) for (const channel of wrappedChannels) reasons.set(channel, 'wrapped');
  for (const channel of implausibleChannels) reasons.set(channel, 'implausible');
  for (const channel of constantChannels) reasons.set(channel, 'constant');
  return (channel) => reasons.get(channel);
}

/** One note on the channels of the metrics that would have a score; none where there are none. */
export function unscoredFlags(metrics: readonly MetricResult[], unscored: Unscored): string[] {
  const parts = (['constant', 'wrapped', 'implausible'] as const).flatMap((reason) => {
    const channels = metrics
      .filter(({ channel, score }) => score !== null && unscored(channel) === reason)
      .map(({ channel }) => channel);
    return channels.length === 0 ? [] : [`${reason}: ${listedChannels([...new Set(channels)])}`];
  });
  return parts.length === 0 ? [] : [`not scored, because ${parts.join('; ')}`];
}
