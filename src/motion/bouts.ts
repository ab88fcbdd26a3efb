/**
 * What a person should know about the repetitions found: none, cut ones, pauses, and a side that moves more than the one
 * they were found on. Notes only: no number depends on them. (Own definitions.)
 */
import { findChannel } from './primary.ts';
import type { Series } from './process.ts';
import { coordinateOf } from './recording.ts';
import { MIN_PROMINENCE } from './reps.ts';
import type { Segmentation, Stretch } from './segment.ts';
import { usableStretches } from './stretches.ts';
import type { RepetitionWindow } from './windows.ts';

/** A pause is named when it is longer than this, s, and than this many times what a repetition takes to move. */
const MIN_PAUSE_S = 3;
const PAUSE_SHARE = 3;

/** A repetition moves while it stands by this share of its height above its higher boundary. */
const MOVING_SHARE = 0.2;

/** The other side moves clearly more with this many times the range, and this many degrees more. */
const COUNTERPART_SHARE = 1.5;
const COUNTERPART_DEG = 20;

/** A channel whose values stay within this, in its unit, does not move. */
const STILL = 1;

/** Notes of one kind beyond this many are summed up in one. */
const MAX_LISTED = 5;

/** `signal`: polarity × angle of channel `index`, which `found` was found on. */
export function boutFlags(
  series: Series,
  index: number,
  signal: Float64Array,
  found: Segmentation,
): string[] {
  return [
    ...stillFlags(series, index),
    ...cutFlags(signal, found, series.names[index]!, series.rate_hz),
    ...pauseFlags(signal, found, series.rate_hz),
    ...counterpartFlags(series, index),
  ];
}

function stillFlags(series: Series, index: number): string[] {
  const name = series.names[index]!;
  const range = usableRange(series, index);
  if (range === null) return [`${name} is excluded throughout: no repetition`];
  if (range < STILL) return [`${name} does not move: no repetition`];
  if (range < MIN_PROMINENCE) {
    const unit = series.units[index] === 'deg' ? '°' : ` ${series.units[index]}`;
    return [`${name} moves by ${range.toFixed(1)}${unit} only: no repetition`];
  }
  return [];
}

/** A movement by the threshold or more that is on its way where the recording, or a stretch of it, begins or ends. */
function cutFlags(
  signal: Float64Array,
  { threshold, stretches }: Segmentation,
  name: string,
  rate_hz: number,
): string[] {
  const flags = stretches.flatMap((stretch, i) => {
    const begins = cutAt(signal, stretch, threshold, 'first');
    const ends = cutAt(signal, stretch, threshold, 'last');
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
  return listed(flags, 'repetitions cut by excluded stretches');
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
  const low = outermost === undefined ? lowestIn(signal, stretch) : outermost[end];
  if (outermost !== undefined && low === stretch[end]) {
    const other = outermost[end === 'first' ? 'last' : 'first'];
    return signal[low]! - signal[other]! >= threshold ? 'counted' : undefined;
  }
  for (let k = Math.min(low, stretch[end]); k <= Math.max(low, stretch[end]); k += 1)
    if (signal[k]! - signal[low]! >= threshold) return 'not counted';
  return undefined;
}

/** Between neighbours that share a boundary; a pause lies in the two repetitions beside it, split at that boundary. */
function pauseFlags(signal: Float64Array, { stretches }: Segmentation, rate_hz: number): string[] {
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
  return listed(flags, 'pauses');
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

/** Alternating and one-sided movements: windows come from one side and are used for both. */
function counterpartFlags(series: Series, index: number): string[] {
  const { names, provenance } = series;
  const other = counterpartOf(series, index);
  if (other === -1 || provenance.wrappedChannels.includes(names[other]!)) return [];
  const own = usableRange(series, index);
  const its = usableRange(series, other);
  if (own === null || its === null || its < COUNTERPART_SHARE * own || its < own + COUNTERPART_DEG) return [];
  return [
    `${names[other]!} moves more (${its.toFixed(0)}°) than ${names[index]!} (${own.toFixed(0)}°), which the repetitions of both sides are found on`,
  ];
}

/** Place of the same motion on the other side: as the dictionary says, else as a name that ends in _r or _l does. */
function counterpartOf({ names, dictionary }: Series, index: number): number {
  const own = dictionary.find(names[index]!);
  if (own === undefined) {
    const coordinate = coordinateOf(names[index]!);
    if (!/_[rl]$/i.test(coordinate)) return -1;
    return findChannel(
      names,
      coordinate.replace(/[rl]$/i, (side) => OTHER_SIDE[side as 'r']),
    );
  }
  if (own.side === null) return -1;
  return names.findIndex((name) => {
    const known = dictionary.find(name);
    return (
      known !== undefined &&
      known.side === OTHER_SIDE[own.side!] &&
      known.joint === own.joint &&
      known.kind === own.kind &&
      known.axis === own.axis &&
      known.positive === own.positive
    );
  });
}

const OTHER_SIDE = { r: 'l', l: 'r', R: 'L', L: 'R' } as const;

/** Largest minus smallest usable value; null where there is none. */
function usableRange({ angle, excluded, frames }: Series, index: number): number | null {
  const values = angle[index]!;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { first, last } of usableStretches(excluded[index]!, frames)) {
    for (let k = first; k <= last; k += 1) {
      if (values[k]! < lowest) lowest = values[k]!;
      if (values[k]! > highest) highest = values[k]!;
    }
  }
  return highest < lowest ? null : highest - lowest;
}

function lowestIn(signal: Float64Array, { first, last }: Stretch): number {
  let lowest = first;
  for (let k = first + 1; k <= last; k += 1) if (signal[k]! < signal[lowest]!) lowest = k;
  return lowest;
}

function listed(flags: readonly string[], what: string): string[] {
  if (flags.length <= MAX_LISTED) return [...flags];
  return [...flags.slice(0, MAX_LISTED), `${flags.length - MAX_LISTED} more ${what}`];
}
