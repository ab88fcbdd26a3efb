import type { IkDataQuery } from '../../contract/series.ts';
import { nearMatches } from '../../motion/near.ts';
import { ApiError } from '../errors.ts';
import type { SeriesEntry, SeriesFile } from '../seriesFile.ts';

/** Which arrays of a series, and which of their frames, a query asks for. */
export interface Selection {
  /** In the order of the recording, `time` first. */
  entries: readonly SeriesEntry[];
  /** First frame, and the one behind the last; equal where nothing lies in the range. */
  first: number;
  end: number;
}

/** Formats that are read back as recordings hold values: what follows from them is computed anew. */
const VALUES_ONLY = new Set(['mot', 'sto', 'c3d']);

/** Throws ApiError for a name that is not in the series, and for a range that ends before it begins. */
export function selectSeries(file: SeriesFile, query: IkDataQuery): Selection {
  const { channels, from, to, points, format = 'json' } = query;
  if (points !== undefined && format !== 'json') {
    throw new ApiError('invalid_parameter', `points is for format=json; a ${format} file has every frame.`);
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new ApiError('invalid_parameter', `from (${from} s) lies after to (${to} s).`);
  }
  const entries =
    channels === undefined
      ? file.entries.filter(({ kind }) => kind === 'time' || kind === 'value' || !VALUES_ONLY.has(format))
      : namedEntries(file.entries, channels);
  const first = from === undefined ? 0 : Math.min(file.frames, Math.ceil(from * file.rate_hz - NEARLY));
  const end =
    to === undefined ? file.frames : Math.min(file.frames, Math.floor(to * file.rate_hz + NEARLY) + 1);
  return { entries, first, end: Math.max(first, end) };
}

/** Parts of a frame: a time that was read from a series has ten decimals, and still means its frame. */
const NEARLY = 1e-4;

/** A name may itself hold commas, and a person may have put blanks behind those between names. */
function namedEntries(all: readonly SeriesEntry[], list: string): SeriesEntry[] {
  const known = new Map(all.map((entry) => [entry.name, entry]));
  const mostCommas = Math.max(0, ...all.map(({ name }) => name.split(',').length - 1));
  const parts = list.split(',');
  const wanted = new Set([all[0]]);
  for (let at = 0; at < parts.length; ) {
    let length = Math.min(mostCommas + 1, parts.length - at);
    const named = () => parts.slice(at, at + length).join(',');
    const found = () => known.get(named()) ?? known.get(named().trim());
    while (length > 1 && found() === undefined) length--;
    const entry = found();
    if (entry !== undefined) wanted.add(entry);
    else if (named().trim() !== '') throw unknownSeries(named().trim(), [...known.keys()]);
    at += length;
  }
  return all.filter((entry) => wanted.has(entry));
}

const SHOWN = 5;

function unknownSeries(name: string, known: readonly string[]): ApiError {
  const near = nearMatches(name, known, SHOWN);
  const hint =
    near.length > 0
      ? `Similar are ${near.join(', ')}.`
      : `It has ${known.slice(1, SHOWN + 1).join(', ')} and ${Math.max(0, known.length - SHOWN - 1)} more.`;
  return new ApiError(
    'invalid_parameter',
    `channels: the session has no series ${JSON.stringify(name.slice(0, 100))}. ${hint}`,
  );
}
