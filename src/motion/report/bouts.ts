/**
 * What a person should know about the repetitions found: none, cut ones, pauses, and a side that moves more than the one
 * they were found on. Notes only: no number depends on them. (Own definitions.)
 */

import type { Series } from '../process.ts';
import { coordinateOf } from '../recording.ts';
import { cutFlags } from './cuts.ts';
import { pauseFlags } from './pauses.ts';
import { findChannel } from './primary.ts';
import { MIN_PROMINENCE } from './reps.ts';
import type { Segmentation } from './segment.ts';
import { usableRange } from './usable-range.ts';

/** The other side moves clearly more with this many times the range, and this many degrees more. */
const COUNTERPART_SHARE = 1.5;
const COUNTERPART_DEG = 20;

/** A channel whose values stay within this, in its unit, does not move. */
const STILL = 1;

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
