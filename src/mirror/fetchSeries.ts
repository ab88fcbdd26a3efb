import type { Report } from '../contract/reports.ts';
import type { IkData } from '../contract/series.ts';
import type { KinebaseClient } from '../sdk/index.ts';
import type { MirrorFormat } from './formats.ts';
import { type Gaps, gapsInCsv, namedGaps } from './gaps.ts';
import { readSeries } from './records.ts';
import { columnsOfArrow, columnsOfWire, type SeriesColumns } from './seriesColumns.ts';
import { offered } from './source.ts';

export interface SeriesDeps {
  client: KinebaseClient;
  formats: readonly MirrorFormat[];
  /** The server is Kinebase, which writes series as columns too. */
  isKinebase: boolean;
  signal: AbortSignal;
}

/** The series of a session as the formats want them. */
export interface FetchedSeries {
  /** As the wire has them, for JSON. */
  wire: IkData | null;
  /** For every other format. */
  columns: SeriesColumns | null;
}

/**
 * Columns come as columns where the server has them: to read the digits of a hundred thousand numbers takes longer than to
 * write them down. `report` answers the report that says where the series have gaps. Throws KinebaseError and RecordError.
 */
export async function fetchSeries(
  deps: SeriesDeps,
  s3Key: string,
  report: () => Promise<Report | null>,
): Promise<FetchedSeries> {
  const { client, formats, isKinebase, signal } = deps;
  if (isKinebase && !formats.includes('json')) {
    const file = await offered(client.ikDataFile(s3Key, { format: 'arrow', signal }));
    if (file !== null) return { wire: null, columns: columnsOfArrow(file.bytes) };
  }
  const wire = readSeries(await client.ikData(s3Key, { signal }));
  if (formats.every((format) => format === 'json')) return { wire, columns: null };
  return { wire, columns: columnsOfWire(wire, await gapsOf(deps, s3Key, wire, await report())) };
}

/** Stretches without usable samples: as the report names them, or, where it has too many to name, as a file shows them. */
async function gapsOf(
  { client, signal }: SeriesDeps,
  s3Key: string,
  series: IkData,
  report: Report | null,
): Promise<Gaps> {
  const segments = report?.Provenance?.ExcludedSegments ?? [];
  if (segments.length < MOST_LISTED) return namedGaps(series, segments);
  const { bytes } = await client.ikDataFile(s3Key, { format: 'csv', signal });
  return gapsInCsv(bytes);
}

/** A report lists so many at most. */
const MOST_LISTED = 1000;
