/** Plain notes on a recording that a person should know before trusting its numbers. They change no number. */

import type { Dictionary } from '../joints.ts';
import { MAX_FLAGS } from '../limits.ts';
import type { Recording } from '../recording.ts';
import { listedChannels } from './channel-notes.ts';

/** Radians stay below this; rotations that all do, in a file that states no unit, are suspicious. */
const LARGEST_RADIAN = 2 * Math.PI;

/** Notes of one kind beyond this many are summed up in one. */
const MAX_LISTED = 5;

export function sourceFlags(recording: Recording, droppedRows: number): string[] {
  const flags: string[] = [...recording.notes];
  if (recording.assumedRate_hz !== null) flags.push(`no time column: ${recording.assumedRate_hz} Hz assumed`);
  if (recording.unitSource === 'assumed') {
    flags.push('unit of rotations not stated: degrees assumed');
    if (looksLikeRadians(recording)) flags.push('no rotation exceeds 6.3: the file may be in radians');
  }
  if (droppedRows > 0)
    flags.push(`${droppedRows} ${rows(droppedRows)} left out: time not a number or not growing`);
  return flags;
}

/** Undefined where the values stay in the joint's plausible range, or the channel is not in the dictionary. */
export function rangeFlag(dictionary: Dictionary, name: string, values: Float64Array): string | undefined {
  const range = dictionary.find(name)?.range;
  if (range === null || range === undefined) return undefined;
  let farthest = 0;
  for (const value of values) {
    const outside = value > range[1] ? value - range[1] : value < range[0] ? value - range[0] : 0;
    if (Math.abs(outside) > Math.abs(farthest)) farthest = outside;
  }
  if (farthest === 0) return undefined;
  const reached = farthest > 0 ? range[1] + farthest : range[0] + farthest;
  return `out of range: ${name} reaches ${reached.toFixed(0)}°, plausible are ${range[0]}° to ${range[1]}°`;
}

/** Names of channels that hold one value throughout, in one note; none where there are none. */
export function constantFlags(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`constant throughout: ${listedChannels(names)}`];
}

/** The first few notes of one kind, and how many more there are of `what`. */
export function listedFlags(flags: readonly string[], what: string): string[] {
  if (flags.length <= MAX_LISTED) return [...flags];
  return [...flags.slice(0, MAX_LISTED), `${flags.length - MAX_LISTED} more ${what}`];
}

/** At most MAX_FLAGS of them, the last one counting the rest. */
export function firstFlags(flags: readonly string[]): readonly string[] {
  if (flags.length <= MAX_FLAGS) return flags;
  return [...flags.slice(0, MAX_FLAGS - 1), `${flags.length - MAX_FLAGS + 1} more notes`];
}

function looksLikeRadians({ channels }: Recording): boolean {
  const rotations = channels.filter((channel) => channel.unit === 'deg');
  return (
    rotations.length > 0 &&
    rotations.every(({ values }) => values.every((value) => !(Math.abs(value) > LARGEST_RADIAN)))
  );
}

function rows(count: number): string {
  return count === 1 ? 'row' : 'rows';
}
