/** Notes on long pauses between repetitions. (Own definitions.) */
import { listedFlags } from '../series/flags.ts';
import type { Segmentation } from './segment.ts';
import type { RepetitionWindow } from './windows.ts';

/** A pause is named when it is longer than this, s, and than this many times what a repetition takes to move. */
const MIN_PAUSE_S = 3;
const PAUSE_SHARE = 3;

/** A repetition moves while it stands by this share of its height above its higher boundary. */
const MOVING_SHARE = 0.2;

/** Between neighbours that share a boundary; a pause lies in the two repetitions beside it, split at that boundary. */
export function pauseFlags(signal: Float64Array, { stretches }: Segmentation, rate_hz: number): string[] {
  const windows = stretches.flatMap((stretch) => stretch.windows);
  const moving = windows.map((window) => movingPart(signal, window));
  const durations = moving.map(({ first, last }) => (last - first) / rate_hz).sort((a, b) => a - b);
  const median_s =
    ((durations[(durations.length - 1) >> 1] ?? 0) + (durations[durations.length >> 1] ?? 0)) / 2;
  const flags = windows.slice(1).flatMap((window, i) => {
    if (window.first !== windows[i]!.last) return [];
    const pause_s = (moving[i + 1]!.first - moving[i]!.last) / rate_hz;
    if (pause_s <= MIN_PAUSE_S || pause_s <= PAUSE_SHARE * median_s) return [];
    return [`pause of ${pause_s.toFixed(1)} s between repetitions ${i + 1} and ${i + 2}`];
  });
  return listedFlags(flags, 'pauses');
}

function movingPart(signal: Float64Array, { first, peak, last }: RepetitionWindow) {
  const floor = Math.max(signal[first]!, signal[last]!);
  const limit = floor + MOVING_SHARE * (signal[peak]! - floor);
  let from = first;
  while (from < peak && signal[from]! <= limit) from += 1;
  let to = last;
  while (to > peak && signal[to]! <= limit) to -= 1;
  return { first: from, last: to };
}
