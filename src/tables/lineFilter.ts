import { type LinesQuery, QUANTITIES } from '../contract/reportLines.ts';
import type { FlatReport } from './flatReport.ts';

/** Which lines of reports; equal for queries that mean the same. null: all. */
export type LineFilter = Readonly<LinesQuery> | null;

export function readLineFilter({ quantity, metric, side }: LinesQuery): LineFilter {
  if (quantity === undefined && metric === undefined && side === undefined) return null;
  return {
    ...(quantity && { quantity: quantity.toSorted() }),
    ...(metric && { metric: metric.toSorted() }),
    ...(side && { side: side.toSorted() }),
  };
}

/** The report with those of its lines that a filter lets through. */
export function lineChooser(filter: LineFilter): (report: FlatReport) => FlatReport {
  if (filter === null) return (report) => report;
  const { quantity, metric, side } = filter;
  const quantities = quantity && new Set(quantity.map((name) => QUANTITIES.indexOf(name)));
  const metrics = metric && new Set(metric);
  const sides = side && new Set(side);
  return ({ labels, units, lines }) => {
    const wanted = metrics && labels.map((label) => metrics.has(label));
    return {
      labels,
      units,
      lines: lines.filter(
        ([quantity, label, side]) =>
          (quantities === undefined || quantities.has(quantity)) &&
          (wanted === undefined || wanted[label]) &&
          (sides === undefined || sides.has(side)),
      ),
    };
  };
}
