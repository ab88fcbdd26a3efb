import type { ReportRow } from '../../sdk/index.ts';

/** Lines of reports as trends: a metric over time, both sides where it has two. Pure. */

export type Side = ReportRow['Side'];

export interface Trend {
  metric: string;
  /** L and R stand together; the two directions of a central joint are two trends. */
  sides: readonly Side[];
  unit: string;
  /** Oldest first. */
  points: readonly Point[];
  /** Of the last report, in `unit`; null where it has none, or another for each side. */
  range: { min: number; max: number } | null;
}

export interface Point {
  row: ReportRow;
  side: Side;
  at_ms: number;
  /** AvgMax: mean over repetitions of the repetition's maximum. */
  value: number;
  /** Difference to the session before, same side; null for the first. */
  change: number | null;
}

export const keyOfTrend = ({ metric, sides }: Pick<Trend, 'metric' | 'sides'>): string =>
  `${metric} ${sides.join('')}`;

/** Of lines of one quantity, in the order in which the reports name the metrics. */
export function trendsOf(rows: readonly ReportRow[]): Trend[] {
  const groups = new Map<string, { metric: string; sides: readonly Side[]; rows: ReportRow[] }>();
  for (const row of rows) {
    const sides = sidesWith(row.Side);
    const key = keyOfTrend({ metric: row.Metric, sides });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { metric: row.Metric, sides, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()].map((group) => {
    const points = pointsOf(group.rows);
    return {
      metric: group.metric,
      sides: group.sides.filter((side) => points.some((point) => point.side === side)),
      unit: group.rows[0]!.Unit,
      points,
      range: rangeOf(points),
    };
  });
}

export const sidesWith = (side: Side): readonly Side[] =>
  side === 'L' || side === 'R' ? ['L', 'R'] : [side];

function pointsOf(rows: readonly ReportRow[]): Point[] {
  const before = new Map<Side, number>();
  return rows
    .map((row) => ({ row, side: row.Side, at_ms: Date.parse(row.Date), value: row.AvgMax }))
    .filter(({ at_ms }) => !Number.isNaN(at_ms))
    .sort((one, other) => one.at_ms - other.at_ms)
    .map((point) => {
      const last = before.get(point.side);
      before.set(point.side, point.value);
      return { ...point, change: last === undefined ? null : point.value - last };
    });
}

function rangeOf(points: readonly Point[]): Trend['range'] {
  const last = new Map(points.map(({ side, row }) => [side, row]));
  const [first, ...others] = [...last.values()];
  if (first === undefined || first.Min === null || first.Max === null) return null;
  if (others.some(({ Min, Max }) => Min !== first.Min || Max !== first.Max)) return null;
  return { min: first.Min, max: first.Max };
}

/** What was measured at one time: both sides of a session, or the sessions of both sides on a day. */
export interface Visit {
  key: string;
  at_ms: number;
  points: Partial<Record<Side, Point>>;
  /** Left minus right, and 100 × that / the larger magnitude, as reports define it; null with one side, or an unscored one. */
  difference: number | null;
  percent: number | null;
}

/** Oldest first. `day` says on which day a time lies, where the person sits. */
export function visitsOf({ points }: Pick<Trend, 'points'>, day: (at_ms: number) => string): Visit[] {
  const visits: Visit[] = [];
  for (const point of points) {
    const last = visits.at(-1);
    const other = last === undefined ? undefined : Object.values(last.points)[0];
    const joins =
      last !== undefined &&
      last.points[point.side] === undefined &&
      (other!.row['Session ID'] === point.row['Session ID'] ||
        // Two-sided sessions of one day stay apart.
        (other!.row['Exercise ID'] !== point.row['Exercise ID'] && day(last.at_ms) === day(point.at_ms)));
    if (joins) last.points[point.side] = point;
    else
      visits.push({
        key: `${point.row['Session ID']} ${point.side}`,
        at_ms: point.at_ms,
        points: { [point.side]: point },
        difference: null,
        percent: null,
      });
  }
  return visits.map((visit) => ({ ...visit, ...asymmetry(visit.points) }));
}

/** As `Summary.Asymmetry` of a report (docs/reports.md): a side that has a range and no score is not comparable. */
function asymmetry({ L, R }: Visit['points']): Pick<Visit, 'difference' | 'percent'> {
  if (L === undefined || R === undefined || ![L, R].every(isComparable))
    return { difference: null, percent: null };
  const difference = L.value - R.value;
  const larger = Math.max(Math.abs(L.value), Math.abs(R.value));
  return { difference, percent: larger === 0 ? null : (100 * difference) / larger };
}

const isComparable = ({ row }: Point): boolean =>
  row.Quantity !== 'Ang' || row.Min === null || row.Score !== null;
