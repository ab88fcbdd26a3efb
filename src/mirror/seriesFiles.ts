import type { Session } from '../contract/sessions.ts';
import { writeStorage } from '../motion/write/write-sto.ts';
import type { FetchedSeries } from './fetchSeries.ts';
import type { MirrorFormat } from './formats.ts';
import { longSeriesPath, monthOf, seriesPath } from './layout.ts';
import type { SeriesColumns } from './seriesColumns.ts';
import { channelNames, longParquet, wideCsv, wideParquet } from './seriesTables.ts';

/** A file that is to be written. */
export interface NewFile {
  path: string;
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** What the server says of it; null or absent: nothing. */
  sha256?: string | null;
}

/** The paths of the files that follow, in their order. */
export const seriesPaths = (month: string, name: string, formats: readonly MirrorFormat[]): string[] =>
  formats.flatMap((format) => [
    seriesPath(month, name, format),
    ...(format === 'parquet' ? [longSeriesPath(month, name)] : []),
  ]);

/** Throws UnwritableError where a format cannot hold the names. */
export function seriesFiles(
  session: Session,
  name: string,
  { wire, columns }: FetchedSeries,
  formats: readonly MirrorFormat[],
): NewFile[] {
  const month = monthOf(session);
  return formats.flatMap((format) => {
    const path = seriesPath(month, name, format);
    if (format === 'json') return [{ path, bytes: [Buffer.from(`${JSON.stringify(wire)}\n`)] }];
    if (format === 'mot') return [{ path, bytes: [storageOf(session, columns!)] }];
    if (format === 'csv') return [{ path, bytes: wideCsv(columns!) }];
    return [
      { path, bytes: wideParquet(session, columns!) },
      { path: longSeriesPath(month, name), bytes: longParquet(session, columns!) },
    ];
  });
}

/** Values alone: what follows from them is computed by whoever reads the file as a recording. */
function storageOf(session: Session, { time, names, values }: SeriesColumns): Uint8Array {
  const wanted = new Set(channelNames(names));
  return writeStorage(
    {
      time,
      channels: names.flatMap((name, place) =>
        wanted.has(name) ? [{ name, unit: 'deg', values: values[place]! }] : [],
      ),
    },
    session['Session Name'],
  );
}
