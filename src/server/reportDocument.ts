import type {
  Curve,
  Curves,
  CurveTable,
  MetricTable,
  Provenance,
  Report,
  Statistics,
} from '../contract/reports.ts';
import { CURVE_POINTS, type MetricCurves, type Curve as MotionCurve } from '../motion/report/curves.ts';
import type { MetricResult, SessionReport } from '../motion/report.ts';
import { decimalsFor } from './digits.ts';

/** Where the recording came from: what the pipeline itself cannot know. */
export interface Source {
  fileName: string;
  sha256: string;
  /** Which report of its session this is, from 1. */
  reportVersion?: number;
  /** Whether a person set the repetitions, so that none were looked for. */
  repetitionsSet?: boolean;
}

/** The computed report in the spelling of the wire. */
export function toReport(report: SessionReport, source: Source): Report {
  const tables = {
    Ang: table(report, (result) => statistics(result, result.angle, '', true)),
    Vel: table(report, (result) => statistics(result, result.velocity, '/s', false)),
    Acc: table(report, (result) => statistics(result, result.acceleration, '/s²', false)),
    Dec: table(report, (result) => statistics(result, result.deceleration, '/s²', false)),
  };
  const { areas, asymmetry, definitions } = report.summary;
  return {
    WorkoutMetrics: tables,
    Repetitions: report.repetitions.map(({ start_s, peak_s, end_s, source: found }) => ({
      Start: start_s,
      Peak: peak_s,
      End: end_s,
      Source: found,
    })),
    Summary: {
      Areas: mapValues(areas, ({ score, metrics }) => ({ Score: score, Metrics: metrics })),
      Asymmetry: mapValues(asymmetry, ({ left, right, difference, percent, larger }) => ({
        Left: left,
        Right: right,
        Difference: difference,
        Percent: percent,
        Larger: larger,
      })),
      Definitions: { ...definitions },
    },
    Provenance: provenance(report, source),
  };
}

/** The time-normalised curves of a report in the spelling of the wire. */
export function toCurves(curves: readonly MetricCurves[]): Curves {
  return {
    Percent: Array.from({ length: CURVE_POINTS }, (_, percent) => percent),
    Ang: curveTable(curves, ({ angle, unit }) => curveDocument(angle, unit)),
    Vel: curveTable(curves, ({ velocity, unit }) => curveDocument(velocity, `${unit}/s`)),
  };
}

function curveTable(curves: readonly MetricCurves[], read: (curves: MetricCurves) => Curve): CurveTable {
  const sides = new Map<string, CurveTable[string]>();
  for (const each of curves) {
    const { label, side } = each.metric;
    sides.set(label, { ...sides.get(label), [side]: read(each) });
  }
  return Object.fromEntries(sides);
}

const curveDocument = ({ mean, sd, repetitions }: MotionCurve, unit: string): Curve => ({
  Mean: rounded(mean),
  SD: rounded(sd),
  Repetitions: repetitions.map(rounded),
  Unit: unit,
});

/** Nine significant digits of the curve's largest magnitude, as in the series. */
function rounded(values: Float64Array): number[] {
  const scale = 10 ** decimalsFor(values);
  const numbers: number[] = [];
  for (const value of values) // Adding 0 takes the sign from a zero.
    numbers.push(Math.round(value * scale) / scale + 0);
  return numbers;
}

/** Label → side → statistics; through a Map, because a label may be any text, `__proto__` too. */
function table(report: SessionReport, read: (result: MetricResult) => Statistics): MetricTable {
  const sides = new Map<string, MetricTable[string]>();
  for (const result of report.metrics) {
    const { label, side } = result.metric;
    sides.set(label, { ...sides.get(label), [side]: read(result) });
  }
  return Object.fromEntries(sides);
}

function statistics(
  { metric, unit, score }: MetricResult,
  values: MetricResult['angle'],
  per: string,
  scored: boolean,
): Statistics {
  return {
    FullMax: values.fullMax,
    Avg: values.avg,
    AvgMax: values.avgMax,
    Score: scored ? score : null,
    Min: scored ? metric.min : null,
    Max: scored ? metric.max : null,
    Unit: unit + per,
  };
}

function provenance(report: SessionReport, source: Source): Provenance {
  const from = report.provenance;
  return {
    PipelineVersion: from.pipelineVersion,
    ReportVersion: source.reportVersion ?? 1,
    Exercise: from.exercise,
    SourceFile: source.fileName,
    SourceSha256: source.sha256,
    SourceFormat: from.sourceFormat,
    SourceRows: from.sourceRows,
    SourceRate: from.sourceRate_hz,
    SourceStart: from.sourceStart_s,
    InDegrees: from.inDegrees,
    UnitSource: from.unitSource,
    Interpolation: from.interpolation,
    Filter: from.filter && {
      Name: from.filter.name,
      Order: from.filter.order,
      CutOff: from.filter.cutOff_hz,
      ZeroLag: from.filter.zeroLag,
    },
    Rate: from.rate_hz,
    Frames: from.frames,
    DroppedRows: from.droppedRows,
    MissingValues: { ...from.missingValues },
    EmptyChannels: [...from.emptyChannels],
    PrimaryChannel: from.primaryChannel,
    PrimaryChosenBy: from.primaryChosenBy,
    Polarity: from.polarity,
    ProminenceThreshold: source.repetitionsSet ? null : from.prominenceThreshold,
    MissingChannels: [...from.missingChannels],
    Metrics: report.metrics.map(({ metric, channel }) => ({
      Label: metric.label,
      Side: metric.side,
      Channel: channel,
      Sign: metric.sign,
      Reads: metric.reads,
      RangeSource: metric.source ?? null,
    })),
    MaxGap: from.maxGap_s,
    ExcludedSegments: from.excludedSegments.map(({ channel, start_s, end_s }) => ({
      Channel: channel,
      Start: start_s,
      End: end_s,
    })),
    AngleRange: from.unwrapped ? 'unwrapped' : 'as recorded',
    WrappedChannels: [...from.wrappedChannels],
    KneeConvention: {
      Flexion: from.knee.flexion,
      Evidence: from.knee.evidence,
      Turned: from.knee.turned,
    },
    Flags: [...from.flags],
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
