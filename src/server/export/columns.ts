import type { Channel } from '../../motion/recording.ts';
import { inflateEntry, type SeriesEntry } from '../seriesFile.ts';

/** Frames of stored arrays as numbers, all of them where no range is given. One array at a time, so that nobody waits long who shares the thread. */
export async function* readColumns(
  pieces: Buffer,
  entries: readonly SeriesEntry[],
  first = 0,
  end?: number,
): AsyncIterable<Float64Array> {
  for (const entry of entries) {
    const text = await inflateEntry({ pieces }, entry);
    yield new Float64Array(JSON.parse(text.toString('latin1')) as number[]).subarray(first, end);
  }
}

/** The first column is time; the others become channels, in which values of excluded frames are missing. */
export async function readChannels(
  pieces: Buffer,
  entries: readonly SeriesEntry[],
  first: number,
  end: number,
): Promise<{ time: Float64Array; channels: Channel[] }> {
  let time: Float64Array = new Float64Array();
  const channels: Channel[] = [];
  let place = 0;
  for await (const values of readColumns(pieces, entries, first, end)) {
    const { name, unit, kind, excluded } = entries[place++]!;
    if (kind === 'time') {
      time = values;
      continue;
    }
    for (const span of excluded)
      values.fill(Number.NaN, Math.max(0, span.first - first), Math.max(0, span.last + 1 - first));
    channels.push({ name, unit, values });
  }
  return { time, channels };
}
