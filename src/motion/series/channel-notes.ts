/** Plain notes on single channels, those that several share said once. They change no number. */
import type { Dictionary } from '../joints.ts';
import { listed } from '../listed.ts';
import type { Turns } from '../signal/unwrap.ts';
import { pointNames } from './point-names.ts';

/** Channels named behind one note. */
const MAX_NAMED = 8;

/** Notes that several channels share, each said once with the channels behind it, in the order in which they came up. */
export interface ChannelNotes {
  /** `upTo_s`: a duration that differs from channel to channel; the longest is said. */
  add(note: string, channel: string, upTo_s?: number): void;
  flags(): string[];
}

/** `dictionary`: tells points from coordinates (see `pointNames`). */
export function createChannelNotes(dictionary: Dictionary): ChannelNotes {
  const notes = new Map<string, { readonly names: Set<string>; longest_s: number }>();
  return {
    add(note, channel, upTo_s = 0) {
      const known = notes.get(note);
      if (known === undefined) notes.set(note, { names: new Set([channel]), longest_s: upTo_s });
      else {
        known.names.add(channel);
        known.longest_s = Math.max(known.longest_s, upTo_s);
      }
    },
    flags: () =>
      [...notes].map(([note, { names, longest_s }]) => {
        const length = longest_s > 0 ? ` for up to ${longest_s.toFixed(2)} s` : '';
        return `${note}${length}: ${listedChannels(pointNames([...names], dictionary))}`;
      }),
  };
}

/** What the steps between an angle's samples say; undefined where all are small. */
export function turnNotes({ wraps, jumps }: Turns, unwrapped: boolean): string[] {
  const notes: string[] = [];
  if (wraps > 0) notes.push(`wraps at ±180° ${unwrapped ? 'taken out' : 'kept as recorded'} (${wraps})`);
  if (jumps > 0)
    notes.push(
      `jump of more than 180° between two samples, ${times(jumps)}${unwrapped ? ', turned by 360°' : ''}`,
    );
  return notes;
}

/**
 * Faster than any joint turns: the shoulder of baseball pitchers, the fastest one measured, reaches between 7,000 and
 * 7,500 °/s (Fleisig et al., J Biomechanics 32, 1999).
 */
const FASTEST_DEG_S = 10_000;

/** More than two whole turns of a joint. */
const FARTHEST_DEG = 720;

/**
 * Undefined where a body could have moved so. Degrees as recorded and without turns of 360° between samples, and degrees
 * per second; null where steps between samples make speeds of their own.
 */
export function implausibleNote(
  recorded: Float64Array,
  unwrapped: Float64Array,
  velocity: Float64Array | null,
): string | undefined {
  const farthest = largest(unwrapped);
  if (farthest > FARTHEST_DEG) {
    const how =
      largest(recorded) > FARTHEST_DEG ? ', more than two turns' : ' once turns of 360° are taken out';
    return `implausible: reaches ${farthest.toFixed(0)}°${how}`;
  }
  const fastest = velocity === null ? 0 : largest(velocity);
  if (fastest > FASTEST_DEG_S)
    return `implausible: turns at ${fastest.toFixed(0)} °/s, faster than any joint`;
  return undefined;
}

/** Names of channels behind a note. */
export const listedChannels = (names: readonly string[]): string => listed(names, MAX_NAMED);

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
