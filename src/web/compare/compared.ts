import type { Curve, Report, Session, Statistics } from '../../sdk/index.ts';
import type { CompareSearch } from './search.ts';

/** What the compared sessions have in common, and the lines that are drawn of them. Pure. */

export const SIDES = ['L', 'R', 'F', 'B'] as const;
export type Side = (typeof SIDES)[number];

/** One of the sessions, with everything that is shown of it. */
export interface Compared {
  /** As it is numbered on the page, from 1. */
  number: number;
  session: Session;
  athlete: string;
  exercise: string;
  /** With its curves. */
  report: Report;
}

/** One side of a session. */
export interface Line {
  of: Compared;
  side: Side;
  /** `3 L`. */
  mark: string;
  /** Absent where the session has no repetitions. */
  curve: Curve | undefined;
  statistics: Statistics;
}

export type Shown = 'angle' | 'velocity';

const TABLES = { angle: 'Ang', velocity: 'Vel' } as const;

/** Labels that every session has, in the order of the first one's report. */
export function sharedMetrics(sessions: readonly Compared[]): string[] {
  const [first, ...others] = sessions.map(({ report }) => report.WorkoutMetrics.Ang);
  if (first === undefined) return [];
  return Object.keys(first).filter((label) => others.every((table) => Object.hasOwn(table, label)));
}

/** Labels that some session lacks. */
export function partedMetrics(sessions: readonly Compared[]): string[] {
  const shared = new Set(sharedMetrics(sessions));
  const all = new Set(sessions.flatMap(({ report }) => Object.keys(report.WorkoutMetrics.Ang)));
  return [...all].filter((label) => !shared.has(label));
}

/** Sides of a metric that any session has. */
export const sidesOf = (sessions: readonly Compared[], metric: string): Side[] =>
  SIDES.filter((side) => sessions.some(({ report }) => report.WorkoutMetrics.Ang[metric]?.[side]));

/** The metric that is shown when none is chosen: the first that is scored, because somebody cared for its range. */
export const firstMetric = (sessions: readonly Compared[], shared: readonly string[]): string | undefined =>
  shared.find((label) =>
    Object.values(sessions[0]!.report.WorkoutMetrics.Ang[label]!).some(({ Min }) => Min !== null),
  ) ?? shared[0];

/** Both sides of a few sessions; of more, one side, so that the curves can be told apart. */
export function sidesShown(
  chosen: Side | 'both' | undefined,
  there: readonly Side[],
  sessions: readonly Compared[],
  metric: string,
): readonly Side[] {
  if (chosen === 'both') return there;
  if (chosen !== undefined && there.includes(chosen)) return [chosen];
  const oneSided = sessions.every(
    ({ report }) => Object.keys(report.WorkoutMetrics.Ang[metric] ?? {}).length < 2,
  );
  return sessions.length <= 2 || oneSided ? there : there.slice(0, 1);
}

/** What the address chooses of what is there. */
export interface Choice {
  shared: readonly string[];
  parted: readonly string[];
  /** Empty: nothing is shared. */
  metric: string;
  /** Sides of it that there are, and those that are shown. */
  there: readonly Side[];
  sides: readonly Side[];
  shown: Shown;
  lines: readonly Line[];
}

export function choose(
  sessions: readonly Compared[],
  { metric: wanted, side, quantity }: Pick<CompareSearch, 'metric' | 'side' | 'quantity'>,
): Choice {
  const shared = sharedMetrics(sessions);
  const metric =
    wanted !== undefined && shared.includes(wanted) ? wanted : (firstMetric(sessions, shared) ?? '');
  const there = sidesOf(sessions, metric);
  const sides = sidesShown(side, there, sessions, metric);
  const shown = quantity ?? 'angle';
  const lines = linesOf(sessions, metric, sides, shown);
  return { shared, parted: partedMetrics(sessions), metric, there, sides, shown, lines };
}

/** What is drawn and listed, session by session. */
export const linesOf = (
  sessions: readonly Compared[],
  metric: string,
  sides: readonly Side[],
  shown: Shown,
): Line[] =>
  sessions.flatMap((of) =>
    sides.flatMap((side) => {
      const statistics = of.report.WorkoutMetrics[TABLES[shown]][metric]?.[side];
      if (statistics === undefined) return [];
      const curve = of.report.Curves?.[TABLES[shown]][metric]?.[side];
      return [{ of, side, mark: `${of.number} ${side}`, curve, statistics }];
    }),
  );

/** Where a curve is highest, per cent, the first of equals: the first one's is where values are read until somebody chooses. */
export const peakOf = ({ Mean }: Curve): number => Mean.indexOf(Math.max(...Mean));

/** What the others are compared with: the same side of the first session, or the first line where it lacks that side. */
export const referenceOf = (line: Line, lines: readonly Line[]): Line =>
  lines.find(({ of, side }) => of === lines[0]!.of && side === line.side) ?? lines[0]!;

/** Where the highest values are wanted: of the exercise, when all lines agree. */
export type RangeBand =
  | { kind: 'range'; min: number; max: number; source: string | null }
  /** Why there is none. */
  | { kind: 'none'; because: 'velocity' | 'amplitude' | 'unranged' | 'different' };

export function rangeBand(lines: readonly Line[], metric: string, shown: Shown): RangeBand {
  const none = (because: 'velocity' | 'amplitude' | 'unranged' | 'different') => ({
    kind: 'none' as const,
    because,
  });
  if (shown === 'velocity') return none('velocity');
  const read = lines.map(({ of, side }) =>
    of.report.Provenance.Metrics?.find(({ Label, Side }) => Label === metric && Side === side),
  );
  if (read.some((each) => each?.Reads === 'range')) return none('amplitude');
  const [first] = lines;
  if (first === undefined || lines.every(({ statistics }) => statistics.Min === null))
    return none('unranged');
  const { Min, Max } = first.statistics;
  if (lines.some(({ statistics }) => statistics.Min !== Min || statistics.Max !== Max))
    return none('different');
  return { kind: 'range', min: Min!, max: Max!, source: read[0]?.RangeSource ?? null };
}
