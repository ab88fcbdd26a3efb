import { promisify } from 'node:util';
import { constants, gzip as gzipOf } from 'node:zlib';
import type { Curves, Report } from '../contract/reports.ts';
import { type BodyForm, envelope } from '../contract/wire.ts';
import { CURVE_POINTS, type CurveSeries, computeCurves, MAX_LISTED_CURVES } from '../motion/report/curves.ts';
import { readColumns } from './export/columns.ts';
import { toCurves } from './reportDocument.ts';
import type { SeriesEntry } from './seriesFile.ts';

/**
 * The curves of a report, from the stored series that it was computed from and what the report itself says of repetitions
 * and metrics: they belong to it whatever became of the exercise since. Stored, they would be longer than the series.
 */

/** Stored series as they come from a series file, or from one thread to another. */
export interface StoredSeries {
  pieces: Uint8Array;
  rate_hz: number;
  entries: readonly SeriesEntry[];
}

export interface CurvesInput {
  /** JSON of a report that names its metrics. */
  report: string;
  series: StoredSeries;
  /** Of the envelope's body. */
  form: BodyForm;
  /** Answer the bytes compressed. */
  gzip: boolean;
}

const zip = promisify(gzipOf);

/** Whether the report says what each metric was read from; those of the first pipeline do not always. */
export const namesMetrics = ({ Provenance }: Report): boolean => Provenance.Metrics !== undefined;

/** The answer: a report with its curves, in its envelope. */
export async function renderCurves({ report, series, form, gzip }: CurvesInput): Promise<Buffer> {
  const curves = await curvesOf(series, JSON.parse(report) as Report);
  const text = envelope(`${report.slice(0, -1)},"Curves":${JSON.stringify(curves)}}`, form);
  return gzip ? zip(text, { level: constants.Z_BEST_SPEED }) : Buffer.from(text);
}

/** `report` names its metrics. */
export async function curvesOf(series: StoredSeries, report: Report): Promise<Curves> {
  const { Metrics } = report.Provenance;
  const read = await readSeries(series, new Set(Metrics.map(({ Channel }) => Channel)));
  const unitOf = new Map(series.entries.map(({ name, unit }) => [name, unit]));
  return toCurves(
    computeCurves(read, {
      repetitions: report.Repetitions.map(({ Start, End }) => ({ start_s: Start, end_s: End })),
      metrics: Metrics.map(({ Label, Side, Sign, Channel }) => ({
        metric: { label: Label, side: Side, sign: Sign },
        channel: Channel,
        unit: unitOf.get(Channel)!,
      })),
    }),
  );
}

/** Numbers that are read and written within a few milliseconds. */
const SMALL_VALUES = 40_000;

/** Whether the curves are made at once: a thread may be busy with a recording, or have to be started. */
export function isSmall(frames: number, { Repetitions, Provenance: { Metrics } }: Report): boolean {
  const curves = 2 + Math.min(Repetitions.length, MAX_LISTED_CURVES);
  return 2 * Metrics.length * (frames + curves * CURVE_POINTS) <= SMALL_VALUES;
}

/** Value and velocity of some channels; no other array is inflated. */
async function readSeries(
  { pieces, rate_hz, entries }: StoredSeries,
  channels: ReadonlySet<string>,
): Promise<CurveSeries> {
  const wanted = entries.flatMap((value, place) =>
    value.kind === 'value' && channels.has(value.name) ? [{ value, velocity: entries[place + 1]! }] : [],
  );
  const columns: Float64Array[] = [];
  const ends = wanted.flatMap(({ value, velocity }) => [value, velocity]);
  for await (const column of readColumns(asBuffer(pieces), ends)) columns.push(column);
  return {
    rate_hz,
    names: wanted.map(({ value }) => value.name),
    excluded: wanted.map(({ value }) => value.excluded),
    angle: columns.filter((_, place) => place % 2 === 0),
    velocity: columns.filter((_, place) => place % 2 === 1),
  };
}

/** The same memory; from another thread buffers arrive as plain byte arrays. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
