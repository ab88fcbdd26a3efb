/** Notes on repetitions that the recording, or a stretch of it, begins or ends inside of. (Own definitions.) */
import { listedFlags } from '../series/flags.ts';
import { lowestIn } from './reps.ts';
import type { Segmentation, Stretch } from './segment.ts';

/** An end of the recording is on its way when the half second there covers this share of the threshold; else it rests. */
const END_S = 0.5;
const END_SHARE = 0.1;

/** A movement by the threshold or more that is on its way, not at rest, where the recording, or a stretch of it, begins or ends. */
export function cutFlags(
  signal: Float64Array,
  { threshold, stretches }: Segmentation,
  name: string,
  rate_hz: number,
): string[] {
  const flags = stretches.flatMap((stretch, i) => {
    const cut = (end: 'first' | 'last') =>
      movesAt(signal, stretch, threshold, end, rate_hz) ? cutAt(signal, stretch, threshold, end) : undefined;
    const begins = cut('first');
    const ends = cut('last');
    const until_s = ((stretch.first - 1) / rate_hz).toFixed(2);
    const from_s = ((stretch.last + 1) / rate_hz).toFixed(2);
    const atStart = i === 0 && stretch.first === 0;
    const atEnd = stretch.last === signal.length - 1;
    return [
      begins === undefined
        ? undefined
        : atStart
          ? `the recording begins inside a repetition: ${begins === 'counted' ? 'counted from the first sample on' : 'not counted'}`
          : `a repetition of ${name} is cut by the excluded stretch until ${until_s} s: not counted`,
      ends === undefined
        ? undefined
        : atEnd
          ? `the recording ends inside a repetition: ${ends === 'counted' ? 'counted to the last sample' : 'not counted'}`
          : `a repetition of ${name} is cut by the excluded stretch from ${from_s} s on: not counted`,
    ].filter((flag) => flag !== undefined);
  });
  return listedFlags(flags, 'repetitions cut by excluded stretches');
}

/**
 * Not counted: between the end of the stretch and the outermost boundary (without repetitions: the lowest sample) the
 * signal stands by the threshold above that. Counted: the outermost boundary is the end itself, and stands by the
 * threshold above the other boundary of its repetition.
 */
function cutAt(
  signal: Float64Array,
  stretch: Stretch,
  threshold: number,
  end: 'first' | 'last',
): 'counted' | 'not counted' | undefined {
  const outermost = end === 'first' ? stretch.windows[0] : stretch.windows.at(-1);
  const low = outermost === undefined ? lowestIn(signal, stretch.first, stretch.last) : outermost[end];
  if (outermost !== undefined && low === stretch[end]) {
    const other = outermost[end === 'first' ? 'last' : 'first'];
    return signal[low]! - signal[other]! >= threshold ? 'counted' : undefined;
  }
  for (let k = Math.min(low, stretch[end]); k <= Math.max(low, stretch[end]); k += 1)
    if (signal[k]! - signal[low]! >= threshold) return 'not counted';
  return undefined;
}

function movesAt(
  signal: Float64Array,
  { first, last }: Stretch,
  threshold: number,
  end: 'first' | 'last',
  rate_hz: number,
): boolean {
  const frames = Math.round(END_S * rate_hz);
  const from = end === 'first' ? first : Math.max(first, last - frames);
  const to = end === 'first' ? Math.min(last, first + frames) : last;
  let lowest = signal[from]!;
  let highest = lowest;
  for (let k = from + 1; k <= to; k += 1) {
    if (signal[k]! < lowest) lowest = signal[k]!;
    if (signal[k]! > highest) highest = signal[k]!;
  }
  return highest - lowest >= END_SHARE * threshold;
}
