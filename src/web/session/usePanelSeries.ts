import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import type { IkData, KinebaseError } from '../../sdk/index.ts';
import { lengthOf, type Stretch } from '../charts/stretch.ts';
import { covers, detailOf, POINTS } from './detail.ts';

/** What the series of a view have in common. */
export interface SeriesOf {
  s3Key: string;
  /** Of an earlier report; undefined: the current one. */
  version: number | undefined;
  frames: number;
  whole: Stretch;
}

export interface PanelSeries {
  /** Of everything, thinned; undefined until it is there. */
  overview: IkData | undefined;
  /** The best that there is of what is shown. */
  series: IkData | undefined;
  error: KinebaseError | null;
  again(): void;
}

/** Series of one chart: the whole once, and what is shown of it in detail, as soon as the view rests on it. */
export function usePanelSeries(
  { s3Key, version, frames, whole }: SeriesOf,
  channels: readonly string[],
  zoom: Stretch | null,
): PanelSeries {
  const client = useClient();
  const all = { channels, points: POINTS, ...(version === undefined ? {} : { version }) };
  const overview = useQuery(kinebaseQueries.ikData(client, s3Key, all));
  const resting = useResting(zoom);
  const part = useMemo(() => detailOf(resting, whole, frames), [resting, whole, frames]);
  const detail = useQuery({
    ...kinebaseQueries.ikData(client, s3Key, { ...all, ...part }),
    enabled: part !== null,
    placeholderData: (before) => before,
  });
  const frame_s = lengthOf(whole) / Math.max(1, frames - 1);
  const reaches =
    part !== null && detail.data !== undefined && covers(detail.data.time, zoom ?? whole, frame_s);
  return {
    overview: overview.data,
    series: reaches ? detail.data : overview.data,
    error: overview.error,
    again: () => void overview.refetch(),
  };
}

/** A value once it has stayed the same for a moment. */
function useResting<T>(value: T): T {
  const [resting, setResting] = useState(value);
  useEffect(() => {
    const wait = window.setTimeout(() => setResting(value), REST_MS);
    return () => window.clearTimeout(wait);
  }, [value]);
  return resting;
}

const REST_MS = 120;
