import type { ChannelEntry, ChannelInput } from '../../contract/channels.ts';
import { sameRecord } from '../state.ts';
import { at } from './place.ts';
import { membersOf } from './put.ts';
import type { ImportRun } from './run.ts';

const MEMBERS = [
  'Channel',
  'Joint',
  'Side',
  'Axis',
  'Kind',
  'Positive',
  'Negative',
  'ZeroPose',
  'Offset',
  'Min',
  'Max',
  'Source',
] as const satisfies (keyof ChannelInput)[];

/** What an organization says of its own channels, so that its recordings are computed by it at the destination too. */
export async function importChannels(run: ImportRun): Promise<void> {
  if (!run.full) return;
  const own = async (side: 'source' | 'destination') => {
    const client = side === 'source' ? run.from : run.to;
    const entries = await at(side, client.channels.list({}, { signal: run.signal }).all());
    const mine = entries.filter((entry) => entry.DefinedBy === 'organization' && entry.DerivativeOf === null);
    return new Map(mine.map((entry: ChannelEntry) => [entry.Channel, membersOf(entry, MEMBERS)]));
  };
  const theirs = await own('source');
  if (theirs.size === 0) return;
  const here = await own('destination');
  let taken = 0;
  for (const [channel, entry] of theirs) {
    if (sameRecord(entry, here.get(channel))) continue;
    if (!run.dryRun)
      await at('destination', run.to.channels.put(entry as unknown as ChannelInput, { signal: run.signal }));
    taken++;
  }
  if (taken > 0) run.notes.push(`${taken} entries of the dictionary of channels were taken over`);
}
