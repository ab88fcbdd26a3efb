import { counted } from '../motion/counted.ts';
import type { Curve, Repetition, Report, Statistics } from '../sdk/index.ts';
import { type Column, tableLines } from './print.ts';

/** A report for people: metrics, repetitions, areas, left against right, what to know about it, and how it was made. */
export function reportLines(report: Report): string[] {
  const { Repetitions, Summary } = report;
  const repetitions = Repetitions.map((repetition, index) => ({ ...repetition, number: index + 1 }));
  const areas = Object.entries(Summary.Areas).map(
    ([area, { Score, Metrics }]) => `${area}: ${fixed(Score, 0)} of 100, from ${counted(Metrics, 'score')}`,
  );
  const metrics = rowLines(METRICS, metricRows(report));
  return [
    ...section(
      'Metrics',
      metrics.length === 0 ? [] : [...metrics, SPEED],
      'none: the recording has no channel that the exercise reads',
    ),
    ...section(
      repetitionsHeading(report),
      repetitions.length === 0 ? [] : [...rowLines(REPETITIONS, repetitions), TIMES],
      setByPerson(report) ? 'none: a person has set that there are none' : 'none found',
    ),
    ...section('Areas', areas),
    ...section('Left against right (AvgMax)', rowLines(PAIRS, Object.entries(Summary.Asymmetry))),
    ...curveSections(report),
    ...section('Flags', flagLines(report)),
    ...section('How it was made', provenanceLines(report)),
  ];
}

const SPEED = "Speed: the mean over repetitions of each one's fastest moment";
const TIMES = "Times count from the session's start";

/** Repetitions that a person has set, also where that is none; then no prominence was asked for. */
const setByPerson = ({ Repetitions, Provenance }: Report): boolean =>
  Repetitions.some(({ Source }) => Source === 'edited') ||
  (Provenance.PrimaryChannel !== null && Provenance.ProminenceThreshold === null);

function repetitionsHeading(report: Report): string {
  if (setByPerson(report)) return 'Repetitions, set by a person';
  const { PrimaryChannel } = report.Provenance;
  return PrimaryChannel === null ? 'Repetitions' : `Repetitions on ${PrimaryChannel}`;
}

function flagLines({ Provenance: { MissingChannels, Flags } }: Report): string[] {
  const missing = MissingChannels.length === 0 ? [] : [`missing or excluded: ${MissingChannels.join(', ')}`];
  return [...missing, ...Flags];
}

/** What was done to the recording, a line each. */
function provenanceLines(report: Report): string[] {
  const { Provenance } = report;
  const { Filter, ExcludedSegments, MaxGap } = Provenance;
  const filter =
    Filter === null
      ? 'no filter'
      : `${Filter.Name} low-pass at ${Filter.CutOff} Hz, order ${Filter.Order}${Filter.ZeroLag ? ', forward and backward' : ''}`;
  return [
    `report ${Provenance.ReportVersion}, pipeline ${Provenance.PipelineVersion}`,
    `${Provenance.Rate} Hz, ${Provenance.Interpolation} interpolation, gaps up to ${MaxGap} s bridged; ${filter}`,
    ...ExcludedSegments.map(
      ({ Channel, Start, End }) => `excluded: ${Channel} from ${fixed(Start, 2)} to ${fixed(End, 2)} s`,
    ),
    ...repetitionsLines(report),
    ...angleLines(report),
  ];
}

function repetitionsLines(report: Report): string[] {
  if (setByPerson(report)) return ['repetitions: set by a person'];
  const { PrimaryChannel, Polarity, ProminenceThreshold } = report.Provenance;
  if (PrimaryChannel === null || ProminenceThreshold === null) return [];
  const extremes = Polarity === 1 ? 'highest' : 'lowest';
  return [
    `repetitions: ${PrimaryChannel} counted at its ${extremes} values, where they stand out by ${fixed(ProminenceThreshold, 1)}°`,
  ];
}

/** Nothing where the recording has no angle. */
function angleLines({ Provenance }: Report): string[] {
  const { PrimaryChannel, AngleRange, InDegrees, UnitSource, KneeConvention } = Provenance;
  if (PrimaryChannel === null) return [];
  const { Flexion, Evidence, Turned } = KneeConvention;
  const told = Flexion === null ? 'not told' : `counted as ${Flexion}`;
  return [
    `angles ${AngleRange}; unit: ${InDegrees ? 'degrees' : 'radians'} (${UnitSource})`,
    `knee flexion ${told}: ${Evidence}${Turned ? '; the exercise was turned for it' : ''}`,
  ];
}

interface CurveRow {
  label: string;
  side: string;
  curve: Curve;
}

function curveSections({ Curves }: Report): string[] {
  if (Curves === undefined) return [];
  return (['Ang', 'Vel'] as const).flatMap((table) => {
    const rows = Object.entries(Curves[table]).flatMap(([label, sides]) =>
      Object.entries(sides).map(([side, curve]): CurveRow => ({ label, side, curve })),
    );
    const what = table === 'Ang' ? 'Angle' : 'Velocity';
    return section(`${what} over a repetition (mean ± SD)`, rowLines(CURVES, rows), 'none: no repetition');
  });
}

/** A heading with its lines below; without lines it says why, or is left out. */
function section(heading: string, lines: readonly string[], empty?: string): string[] {
  const shown = lines.length === 0 && empty !== undefined ? [empty] : lines;
  return shown.length === 0 ? [] : ['', heading, ...shown.map((line) => `  ${line}`)];
}

const rowLines = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] =>
  rows.length === 0 ? [] : tableLines(columns, rows);

interface MetricRow {
  label: string;
  side: string;
  angle: Statistics;
  speed: Statistics | undefined;
}

function metricRows({ WorkoutMetrics: { Ang, Vel } }: Report): MetricRow[] {
  return Object.entries(Ang).flatMap(([label, sides]) =>
    Object.entries(sides).map(([side, angle]) => ({ label, side, angle, speed: Vel[label]?.[side as 'L'] })),
  );
}

const orDash = (value: number | null): string => (value === null ? '–' : fixed(value, 1));

const METRICS: readonly Column<MetricRow>[] = [
  { head: 'Metric', cell: ({ label }) => label },
  { head: 'Side', cell: ({ side }) => side },
  { head: 'AvgMax', cell: ({ angle }) => fixed(angle.AvgMax, 1), right: true },
  { head: 'FullMax', cell: ({ angle }) => orDash(angle.FullMax), right: true },
  { head: 'Avg', cell: ({ angle }) => orDash(angle.Avg), right: true },
  { head: 'Unit', cell: ({ angle }) => angle.Unit },
  {
    head: 'Range',
    cell: ({ angle: { Min, Max } }) => (Min === null || Max === null ? '–' : `${Min} to ${Max}`),
    right: true,
  },
  { head: 'Score', cell: ({ angle }) => (angle.Score === null ? '–' : String(angle.Score)), right: true },
  {
    head: 'Speed',
    cell: ({ speed }) => (speed === undefined ? '–' : `${fixed(speed.AvgMax, 0)} ${speed.Unit}`),
    right: true,
  },
];

const REPETITIONS: readonly Column<Repetition & { number: number }>[] = [
  { head: '#', cell: ({ number }) => String(number), right: true },
  { head: 'Start (s)', cell: ({ Start }) => fixed(Start, 2), right: true },
  { head: 'Peak (s)', cell: ({ Peak }) => fixed(Peak, 2), right: true },
  { head: 'End (s)', cell: ({ End }) => fixed(End, 2), right: true },
  { head: 'Found', cell: ({ Source }) => Source },
];

const CURVES: readonly Column<CurveRow>[] = [
  { head: 'Metric', cell: ({ label }) => label },
  { head: 'Side', cell: ({ side }) => side },
  ...[0, 25, 50, 75, 100].map(
    (percent): Column<CurveRow> => ({
      head: `${percent} %`,
      cell: ({ curve }) => `${fixed(curve.Mean[percent]!, 1)} ± ${fixed(curve.SD[percent]!, 1)}`,
      right: true,
    }),
  ),
  { head: 'Unit', cell: ({ curve }) => curve.Unit },
];

const PAIRS: readonly Column<[string, Report['Summary']['Asymmetry'][string]]>[] = [
  { head: 'Metric', cell: ([label]) => label },
  { head: 'Left', cell: ([, { Left }]) => fixed(Left, 1), right: true },
  { head: 'Right', cell: ([, { Right }]) => fixed(Right, 1), right: true },
  { head: 'Difference', cell: ([, { Difference }]) => fixed(Difference, 1), right: true },
  { head: 'Percent', cell: ([, { Percent }]) => (Percent === null ? '–' : fixed(Percent, 0)), right: true },
  { head: 'Larger', cell: ([, { Larger }]) => Larger ?? '–' },
];

/** Without the sign of a rounded zero. */
const fixed = (value: number, digits: number): string => value.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1');
