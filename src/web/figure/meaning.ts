import { type JointCoordinate, unitOfKind } from '../../motion/joints.ts';
import type { KneeFlexion } from '../../motion/skeleton/drives.ts';
import { createMover, type Mover } from '../../motion/skeleton/mover.ts';
import type { ChannelEntry, IkData } from '../../sdk/index.ts';

/** The mover of a session's series, or of a part of them that is `like` the whole. Rates of change move nothing. */
export function moverOf(
  series: IkData,
  channels: readonly ChannelEntry[],
  kneeFlexion: KneeFlexion,
  like?: Mover,
): Mover {
  return createMover({
    time: series.time,
    channels: channels
      .filter(({ DerivativeOf }) => DerivativeOf === null)
      .map((entry) => ({ meaning: meaningOf(entry), values: series[entry.Channel] ?? [] })),
    kneeFlexion,
    ...(like !== undefined && { like }),
  });
}

const meaningOf = (entry: ChannelEntry): JointCoordinate => ({
  coordinate: entry.Channel,
  joint: entry.Joint,
  side: entry.Side,
  axis: entry.Axis,
  kind: entry.Kind,
  unit: unitOfKind(entry.Kind),
  positive: entry.Positive,
  negative: entry.Negative,
  zeroPose: entry.ZeroPose,
  offset: entry.Offset,
  range: entry.Min === null || entry.Max === null ? null : [entry.Min, entry.Max],
  source: entry.Source,
});
