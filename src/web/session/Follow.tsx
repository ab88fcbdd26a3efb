import { useEffect } from 'react';
import { lengthOf, panned, type Stretch } from '../charts/stretch.ts';
import { type TimeCursor, useTime } from './useTimeCursor.ts';

/** Turns the page when the running cursor leaves what is shown. */
export function Follow({
  cursor,
  zoom,
  onZoom,
  whole,
}: {
  cursor: TimeCursor;
  zoom: Stretch | null;
  onZoom: (zoom: Stretch | null) => void;
  whole: Stretch;
}) {
  const { time_s, playing } = useTime(cursor);
  const left = playing && zoom !== null && (time_s > zoom.to || time_s < zoom.from);
  useEffect(() => {
    if (left) onZoom(panned(zoom!, cursor.state().time_s - zoom!.from - 0.05 * lengthOf(zoom!), whole));
  }, [left, zoom, onZoom, cursor, whole]);
  return null;
}
