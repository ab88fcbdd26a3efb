import { useQuery } from '@tanstack/react-query';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import type { ChannelEntry, IkData, KinebaseError } from '../../sdk/index.ts';
import { lengthOf } from '../charts/stretch.ts';
import type { SeriesOf } from './usePanelSeries.ts';

export interface FigureSeries {
  /** Around the cursor, every sample; undefined until it is there. */
  series: IkData | undefined;
  /** Of the whole, thinned, where `series` is a part. */
  overview: IkData | undefined;
  error: KinebaseError | null;
  again(): void;
}

/** Recordings up to so many frames come in one piece, longer ones in parts of that length as the cursor comes to them. */
const PART_FRAMES = 2400;
/** Enough to find the floor and the room that a movement takes. */
const OVERVIEW_POINTS = 600;

/** Values for the figure. `part`: which one the cursor is in, see `partAt`. */
export function useFigureSeries(
  { s3Key, version, frames, whole }: SeriesOf,
  channels: readonly ChannelEntry[],
  part: number,
): FigureSeries {
  const client = useClient();
  const names = channels
    .filter(({ DerivativeOf, Joint }) => DerivativeOf === null && Joint !== '')
    .map(({ Channel }) => Channel);
  const choice = { channels: names, ...(version === undefined ? {} : { version }) };
  const inParts = frames > PART_FRAMES;
  const overview = useQuery({
    ...kinebaseQueries.ikData(client, s3Key, { ...choice, points: OVERVIEW_POINTS }),
    enabled: inParts && names.length > 0,
  });
  const long_s = (lengthOf(whole) / Math.max(1, frames - 1)) * PART_FRAMES;
  const partOf = (which: number) => {
    // A little more at both ends, so that nothing stands still from one part to the next.
    const stretch = { from: Math.max(0, (which - 0.05) * long_s), to: (which + 1.05) * long_s };
    return kinebaseQueries.ikData(client, s3Key, inParts ? { ...choice, ...stretch } : choice);
  };
  const { data, error, refetch } = useQuery({
    ...partOf(part),
    enabled: names.length > 0,
    placeholderData: (before) => before,
  });
  const follows = (part + 1) * long_s < whole.to;
  useQuery({ ...partOf(part + 1), enabled: inParts && names.length > 0 && follows && data !== undefined });
  if (names.length === 0) return { series: NOTHING, overview: undefined, error: null, again() {} };
  return {
    series: inParts && overview.data === undefined ? undefined : data,
    overview: overview.data,
    error: error ?? overview.error,
    again() {
      if (error !== null) void refetch();
      if (overview.error !== null) void overview.refetch();
    },
  };
}

const NOTHING: IkData = { time: [] };

/** The part of a recording that a moment lies in, counted from 0. */
export function partAt(time_s: number, { frames, whole }: SeriesOf): number {
  if (frames <= PART_FRAMES) return 0;
  return Math.max(0, Math.floor(time_s / ((lengthOf(whole) / (frames - 1)) * PART_FRAMES)));
}
