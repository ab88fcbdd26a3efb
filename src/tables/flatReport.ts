import { QUANTITIES, type ReportRow } from '../contract/reportRows.ts';
import type { Report, Statistics } from '../contract/reports.ts';

/** A line of a report, without the session it is of. */
export type FlatRow = Pick<ReportRow, 'Quantity' | 'Metric' | 'Side' | keyof Statistics>;

/** The lines of a report, in its order. What a server does not say is missing in them. */
export const flatRows = (report: Report): FlatRow[] =>
  QUANTITIES.flatMap((Quantity) =>
    Object.entries(report.WorkoutMetrics[Quantity] ?? {}).flatMap(([Metric, sides]) =>
      Object.entries(sides).map(
        ([Side, { FullMax, Avg, AvgMax, Score, Min, Max, Unit }]): FlatRow => ({
          Quantity,
          Metric,
          Side: Side as FlatRow['Side'],
          FullMax,
          Avg,
          AvgMax,
          Score,
          Min,
          Max,
          Unit,
        }),
      ),
    ),
  );

/**
 * The lines as text, to lie beside a report and be read by the thousand: JSON of the labels, of the units, and of an array a
 * line, in which both stand as numbers and what is null at its end is left out. No line breaks.
 */
export function writeFlatReport(report: Report): string {
  const labels = new Map<string, number>();
  const units = new Map<string, number>();
  const lines = flatRows(report).map((row) => {
    const line = [
      QUANTITIES.indexOf(row.Quantity),
      placeOf(row.Metric, labels),
      row.Side,
      placeOf(row.Unit, units),
      row.FullMax,
      row.Avg,
      row.AvgMax,
      row.Score,
      row.Min,
      row.Max,
    ];
    while (line.at(-1) === null) line.pop();
    return line;
  });
  return JSON.stringify([[...labels.keys()], [...units.keys()], lines]);
}

function placeOf(text: string, places: Map<string, number>): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}

type Line = [number, number, FlatRow['Side'], number, ...(number | null)[]];

export function readFlatReport(text: string): FlatRow[] {
  const [labels, units, lines] = JSON.parse(text) as [string[], string[], Line[]];
  return lines.map(
    ([quantity, label, Side, unit, fullMax, avg, avgMax, score = null, min = null, max = null]) => ({
      Quantity: QUANTITIES[quantity]!,
      Metric: labels[label]!,
      Side,
      FullMax: fullMax!,
      Avg: avg!,
      AvgMax: avgMax!,
      Score: score as FlatRow['Score'],
      Min: min,
      Max: max,
      Unit: units[unit]!,
    }),
  );
}
