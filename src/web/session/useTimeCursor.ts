import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { createTimeCursor, type TimeCursor, type TimeState } from './timeCursor.ts';

export type { TimeCursor, TimeState } from './timeCursor.ts';

/**
 * The time cursor of a view. `onRest` hears where it came to rest, for the address; what follows every picture reads it with
 * `useTime`.
 */
export function useTimeCursor(
  { duration_s, frame_s, at }: { duration_s: number; frame_s: number; at?: number | undefined },
  onRest: (time_s: number) => void,
): TimeCursor {
  // Where it begins; afterwards the address follows the cursor.
  const begin = useRef(at);
  const cursor = useMemo(
    () => createTimeCursor({ duration_s, frame_s, at: begin.current }, nextPicture),
    [duration_s, frame_s],
  );
  const hears = useRef(onRest);
  useEffect(() => {
    hears.current = onRest;
  });
  useEffect(() => {
    let wait: number | undefined;
    const stop = cursor.subscribe(() => {
      window.clearTimeout(wait);
      const { playing, time_s } = cursor.state();
      begin.current = time_s;
      if (!playing) wait = window.setTimeout(() => hears.current(time_s), REST_MS);
    });
    return () => {
      window.clearTimeout(wait);
      stop();
    };
  }, [cursor]);
  return cursor;
}

/** Only what uses this is rendered with every picture. */
export const useTime = (cursor: TimeCursor): TimeState =>
  useSyncExternalStore(cursor.subscribe, cursor.state);

/** Browsers refuse to write the address much more often. */
const REST_MS = 250;

const nextPicture = (draw: (now_ms: number) => void) => {
  const asked = requestAnimationFrame(draw);
  return () => cancelAnimationFrame(asked);
};
