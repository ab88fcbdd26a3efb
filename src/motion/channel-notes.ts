/** Plain notes on single channels, those that several share said once. They change no number. */
import type { Turns } from './unwrap.ts';

/** Channels named behind one note. */
const MAX_NAMED = 8;

/** Notes that several channels share, each said once with the channels behind it, in the order in which they came up. */
export interface ChannelNotes {
  add(note: string, channel: string): void;
  flags(): string[];
}

export function createChannelNotes(): ChannelNotes {
  const channels = new Map<string, string[]>();
  return {
    add(note, channel) {
      const known = channels.get(note);
      if (known === undefined) channels.set(note, [channel]);
      else known.push(channel);
    },
    flags: () => [...channels].map(([note, names]) => `${note}: ${listed(names)}`),
  };
}

/** What the steps between an angle's samples say; undefined where all are small. */
export function turnNotes({ wraps, jumps }: Turns, unwrapped: boolean): string[] {
  const notes: string[] = [];
  if (wraps > 0)
    notes.push(
      unwrapped
        ? `wrap taken out, ${times(wraps)} a step of whole turns`
        : `wrap kept as recorded, ${times(wraps)} a step of whole turns`,
    );
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
 * Undefined where a body could have moved so. Degrees without turns of 360° between samples, and degrees per second;
 * null where steps between samples make speeds of their own.
 */
export function implausibleNote(unwrapped: Float64Array, velocity: Float64Array | null): string | undefined {
  const farthest = largest(unwrapped);
  if (farthest > FARTHEST_DEG) return `implausible: reaches ${farthest.toFixed(0)}°, more than two turns`;
  const fastest = velocity === null ? 0 : largest(velocity);
  if (fastest > FASTEST_DEG_S)
    return `implausible: turns at ${fastest.toFixed(0)} °/s, faster than any joint`;
  return undefined;
}

/** Names, the first few of many. */
export function listed(names: readonly string[]): string {
  if (names.length <= MAX_NAMED) return names.join(', ');
  return `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more`;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
