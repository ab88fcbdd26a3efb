import type { Report } from '../contract/reports.ts';
import type { IkData } from '../contract/series.ts';
import type { Session } from '../contract/sessions.ts';
import { writeStorage } from '../motion/write/write-sto.ts';
import { longSeriesPath, monthOf, seriesPath } from './layout.ts';
import { channelNames, longParquet, wideCsv, wideParquet } from './seriesTables.ts';

/** In which formats a mirror holds series and tables. */
export type MirrorFormat = 'parquet' | 'csv' | 'mot' | 'json';
export const MIRROR_FORMATS = ['parquet', 'csv', 'mot', 'json'] as const satisfies MirrorFormat[];

/** The same for tables, of which a .mot file holds none: CSV then. */
export type RowFormat = 'parquet' | 'csv' | 'json';
export const rowFormats = (formats: readonly MirrorFormat[]): RowFormat[] => [
  ...new Set(formats.map((format) => (format === 'mot' ? 'csv' : format))),
];

/** A file that is to be written. */
export interface NewFile {
  path: string;
  bytes: readonly Uint8Array[];
}

/** The series of a session as columns; NaN where a value is missing. */
export interface SeriesColumns {
  time: Float64Array;
  names: string[];
  values: Float64Array[];
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
  series: IkData,
  report: Report | null,
  formats: readonly MirrorFormat[],
): NewFile[] {
  const month = monthOf(session);
  const columns = formats.some((format) => format !== 'json') ? columnsOf(series, report) : null;
  return formats.flatMap((format) => {
    const path = seriesPath(month, name, format);
    if (format === 'json') return [{ path, bytes: [Buffer.from(`${JSON.stringify(series)}\n`)] }];
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

/**
 * The wire has numbers only, and a straight line where a gap was too long to bridge; the report says where. Files have
 * missing values there.
 */
function columnsOf(series: IkData, report: Report | null): SeriesColumns {
  const names = Object.keys(series).filter((name) => name !== 'time');
  const time = columnOf(series.time);
  const values = names.map((name) => columnOf(series[name]!));
  const placeOf = new Map(names.map((name, place) => [name, place]));
  for (const { Channel, Start, End } of report?.Provenance?.ExcludedSegments ?? []) {
    const [first, end] = [firstAt(time, Start - NEARLY_S), firstAt(time, End + NEARLY_S)];
    for (const ending of ['', '_vel', '_acc']) {
      const place = placeOf.get(Channel + ending);
      if (place !== undefined) values[place]!.fill(Number.NaN, first, end);
    }
  }
  return { time, names, values };
}

function columnOf(values: readonly (number | null)[]): Float64Array {
  const column = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) column[at] = values[at] ?? Number.NaN;
  return column;
}

/** Times have ten decimals. */
const NEARLY_S = 1e-6;

/** Place of the first time that is not before this one. */
function firstAt(time: Float64Array, wanted_s: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < wanted_s) low = middle + 1;
    else high = middle;
  }
  return low;
}
