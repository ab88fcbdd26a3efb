import { createHash } from 'node:crypto';
import type { MetricTable, Provenance, Report, Statistics } from '../contract/reports.ts';
import { RecordingError } from '../motion/errors.ts';
import { createDictionary } from '../motion/joints.ts';
import { parseDocument } from '../motion/read/json.ts';
import { receiveSeries } from '../motion/received.ts';
import { computeReport } from '../motion/report.ts';
import { writeFlatReport } from '../tables/flatReport.ts';
import {
  type Analysis,
  type AnalysisInput,
  plainBytes,
  refuseBeyond,
  refuseCollisions,
  refuseOverflow,
  toTimes,
} from './analysis.ts';
import { toReport } from './reportDocument.ts';
import { writeReport } from './reportFile.ts';
import { writeSeriesFiles } from './seriesFile.ts';

/**
 * What another server had of a session → what is stored of it: its series value by value, and its report as it was. Where
 * none came along, and whenever a later one is asked for, the report is computed from the series.
 */
export async function analyzeReceived({
  bytes,
  fileName,
  exercise,
  channels = [],
  repetitions = null,
  reportVersion = 1,
  wants,
}: AnalysisInput): Promise<Analysis> {
  const document = parseDocument(await plainBytes(bytes, fileName));
  const theirs = reportIn(document);
  const { series, time } = receiveSeries(document, {
    ...(channels.length === 0 ? {} : { dictionary: createDictionary(channels) }),
    excluded: excludedIn(theirs),
  });
  refuseCollisions(series);
  refuseOverflow(series);
  const duration_s = Math.round((time[time.length - 1]! - time[0]!) * 1e6) / 1e6;
  refuseBeyond(repetitions, duration_s);
  const set = repetitions === null ? {} : { repetitions: repetitions.map(toTimes) };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { fileName, sha256, reportVersion, repetitionsSet: repetitions !== null };
  const ours = toReport(computeReport(series, exercise, set), source);
  const from = sourceIn(document);
  ours.Provenance.Flags.unshift(`series imported${from}`);
  const report = theirs === null || reportVersion > 1 ? ours : await kept(theirs, ours, from);
  const [files, written] = await Promise.all([
    wants === 'report' ? null : writeSeriesFiles(series, time),
    writeReport(report),
  ]);
  return { sha256, duration_s, series: files, report: written, flat: writeFlatReport(report) };
}

type Document = Record<string, unknown>;

/** Where it is from, for a sentence. */
const sourceIn = ({ source }: Document): string =>
  typeof source === 'string' && source !== '' ? ` from ${source.slice(0, 200)}` : '';

function reportIn({ reportData }: Document): Partial<Report> | null {
  if (reportData === undefined || reportData === null) return null;
  const { WorkoutMetrics } = reportData as Partial<Report>;
  if (!isObject(WorkoutMetrics)) throw malformed('it has no WorkoutMetrics');
  return reportData as Partial<Report>;
}

function excludedIn(report: Partial<Report> | null) {
  const segments: unknown = report?.Provenance?.ExcludedSegments;
  if (!Array.isArray(segments)) return [];
  return (segments as (Provenance['ExcludedSegments'][number] | null)[]).flatMap((segment) =>
    typeof segment?.Start === 'number' && typeof segment.End === 'number'
      ? [{ channel: segment.Channel, start_s: segment.Start, end_s: segment.End }]
      : [],
  );
}

const UNITS = { Ang: 'deg', Vel: 'deg/s', Acc: 'deg/s²', Dec: 'deg/s²' } as const;

/** Their report, with the members that every report of ours has; its provenance says whose it is. Throws RecordingError. */
async function kept(theirs: Partial<Report>, ours: Report, from: string): Promise<Report> {
  const { WorkoutMetrics: tables } = theirs as Report;
  const known = Object.entries(UNITS).map(([quantity, unit]) => [
    quantity,
    withMembers(tables[quantity as keyof typeof UNITS] ?? {}, unit),
  ]);
  const { SourceFile, SourceSha256, SourceFormat } = ours.Provenance;
  const report: Report = {
    ...theirs,
    WorkoutMetrics: { ...tables, ...Object.fromEntries(known) },
    Repetitions: theirs.Repetitions ?? [],
    Summary: theirs.Summary ?? { Areas: {}, Asymmetry: {}, Definitions: {} },
    Provenance: {
      ...ours.Provenance,
      // What the metrics were read from is known to whoever computed them.
      Metrics: [],
      MissingChannels: [],
      PrimaryChannel: null,
      PrimaryChosenBy: null,
      ProminenceThreshold: null,
      ...theirs.Provenance,
      // The file that this server has.
      ...{ SourceFile, SourceSha256, SourceFormat },
      PipelineVersion: 0,
      ReportVersion: 1,
      Flags: [`report and series imported${from}`, ...(theirs.Provenance?.Flags ?? [])],
    },
  };
  const { faultIn } = await import('./input.ts');
  const fault = faultIn('Report', report);
  if (fault !== null) throw malformed(fault);
  return report;
}

/** What a statistic lacks is null in it: the public contract promises AvgMax alone. */
function withMembers(table: object, unit: string): MetricTable {
  const filled = (sides: object) =>
    mapped(sides, (values) =>
      isObject(values) ? ({ ...NOTHING, Unit: unit, ...values } as Statistics) : values,
    );
  return mapped(table, (sides) => (isObject(sides) ? filled(sides) : sides)) as MetricTable;
}

const mapped = (record: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const NOTHING = { FullMax: null, Avg: null, Score: null, Min: null, Max: null };

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (what: string) => new RecordingError('recording_malformed', `reportData: ${what}`);
