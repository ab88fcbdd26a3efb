/** What is said of gaps: where they are, whether they were bridged, and what was held at the ends of a channel. */

import type { Gap } from '../signal/sampling.ts';
import type { ChannelNotes } from './channel-notes.ts';
import type { Plan } from './plan.ts';

const ALL_CHANNELS = 'all channels';

/** Gaps of one kind said of one channel; the rest are counted. */
const MAX_LISTED = 5;

/** Gaps that all channels share. `origin_s`: the recording's time that the series calls 0. */
export function noteSharedGaps(notes: ChannelNotes, { bridged, coverage }: Plan, origin_s: number): void {
  const note = noter(notes, ALL_CHANNELS, origin_s);
  note(bridged, BRIDGED);
  note(coverage.longGaps, EXCLUDED);
  note(coverage.tooShort, TOO_SHORT);
}

/** Gaps of one channel; those that all channels share have been noted once. */
export function noteOwnGaps(
  notes: ChannelNotes,
  name: string,
  plan: Plan,
  all: Plan,
  origin_s: number,
): void {
  const { longGaps, tooShort, held_s, missingEnd_s } = plan.coverage;
  const note = noter(notes, name, origin_s);
  note(without(plan.bridged, all.bridged), BRIDGED);
  note(without(longGaps, all.coverage.longGaps), EXCLUDED);
  note(without(tooShort, all.coverage.tooShort), TOO_SHORT);
  if (held_s > 0) notes.add('missing at the start or end, value held', name, held_s);
  if (missingEnd_s > 0) notes.add('missing at the start or end and excluded', name, missingEnd_s);
}

interface Kind {
  /** `gap of 2.05 s at 0.00 s bridged` is noun, length, place and outcome. */
  readonly noun: string;
  readonly nouns: string;
  readonly outcome: string;
}

const BRIDGED: Kind = { noun: 'gap', nouns: 'gaps', outcome: 'bridged' };
const EXCLUDED: Kind = { noun: 'gap', nouns: 'gaps', outcome: 'excluded' };
const TOO_SHORT: Kind = {
  noun: 'stretch',
  nouns: 'stretches',
  outcome: 'between gaps too short to filter, excluded',
};

function noter(notes: ChannelNotes, channel: string, origin_s: number) {
  return (gaps: readonly Gap[], { noun, nouns, outcome }: Kind): void => {
    for (const { start_s, length_s } of gaps.slice(0, MAX_LISTED)) {
      const place = `of ${length_s.toFixed(2)} s at ${(start_s - origin_s).toFixed(2)} s`;
      notes.add(`${noun} ${place} ${outcome}`, channel);
    }
    if (gaps.length > MAX_LISTED) notes.add(`${gaps.length - MAX_LISTED} more ${nouns} ${outcome}`, channel);
  };
}

/** The channel's gaps that not all channels share. */
function without(gaps: readonly Gap[], shared: readonly Gap[]): Gap[] {
  const known = new Map(shared.map(({ start_s, length_s }) => [start_s, length_s]));
  return gaps.filter(({ start_s, length_s }) => known.get(start_s) !== length_s);
}
