import { QUANTITIES } from '../contract/reportLines.ts';
import type { ReportRow } from '../contract/reportRows.ts';
import type { Report, Statistics } from '../contract/reports.ts';

/** The lines of a report, one a quantity, metric and side, in the order of the report. */
export interface FlatReport {
  /** Metric labels and units, which lines name by their places here. */
  labels: readonly string[];
  units: readonly (string | null)[];
  lines: readonly FlatLine[];
}

/** Place of the quantity in QUANTITIES, label, side, unit; FullMax, Avg, AvgMax, Score, Min, Max, without nulls at the end. */
export type FlatLine = readonly [
  quantity: number,
  label: number,
  side: 'L' | 'R' | 'F' | 'B',
  unit: number,
  ...statistics: (number | null)[],
];

/** What a server does not say is null. */
export function flatten(report: Report): FlatReport {
  const labels = new Map<string, number>();
  const units = new Map<string | null, number>();
  const lines: FlatLine[] = [];
  for (const [quantity, name] of QUANTITIES.entries()) {
    for (const [label, sides] of Object.entries(report.WorkoutMetrics[name] ?? {})) {
      for (const [side, { Unit = null, ...rest }] of Object.entries(sides) as [
        FlatLine[2],
        Partial<Statistics>,
      ][]) {
        const statistics = [rest.FullMax, rest.Avg, rest.AvgMax, rest.Score, rest.Min, rest.Max].map(
          (value) => value ?? null,
        );
        while (statistics.at(-1) === null) statistics.pop();
        lines.push([quantity, placeOf(label, labels), side, placeOf(Unit, units), ...statistics]);
      }
    }
  }
  return { labels: [...labels.keys()], units: [...units.keys()], lines };
}

function placeOf<T>(text: T, places: Map<T, number>): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}

/** A line as it is answered, without the session it is of. */
export type FlatRow = Pick<ReportRow, 'Quantity' | 'Metric' | 'Side' | keyof Statistics>;

/** The lines of a report as they are answered. */
export function flatRows(report: Report): FlatRow[] {
  const { labels, units, lines } = flatten(report);
  return lines.map(([quantity, label, Side, unit, FullMax, Avg, AvgMax, Score, Min, Max]) => ({
    Quantity: QUANTITIES[quantity]!,
    Metric: labels[label]!,
    Side,
    FullMax: FullMax ?? null,
    Avg: Avg ?? null,
    // Of another server it may be missing; what we keep has it.
    AvgMax: AvgMax as number,
    Score: (Score ?? null) as FlatRow['Score'],
    Min: Min ?? null,
    Max: Max ?? null,
    Unit: units[unit] as string,
  }));
}

/** As text, to lie beside a report and be read by the thousand: JSON without line breaks. */
export function writeFlatReport(report: Report): string {
  const { labels, units, lines } = flatten(report);
  return JSON.stringify([labels, units, lines]);
}

export function readFlatReport(text: string): FlatReport {
  const [labels, units, lines] = JSON.parse(text);
  return { labels, units, lines };
}
