import type { Curve, Report } from '../../sdk/index.ts';
import type { Shown, Side } from './compared.ts';

/**
 * What is usual in this organization: a mean curve of each athlete first, so that nobody counts more for having been recorded
 * more often; then mean and sample standard deviation (n − 1) over the athletes, point by point. Pure.
 */
export interface OrganizationBand {
  mean: number[];
  sd: number[];
  athletes: number;
  sessions: number;
  /** Days of the first and the last session in it, as the sessions write their dates. */
  from: string;
  to: string;
}

/** A session that may be in the band. */
export interface OtherSession {
  athlete: string;
  date: string;
  report: Report;
}

/** Fewer athletes make no band. */
export const LEAST_ATHLETES = 3;
/** Sessions that are read for it at most, the newest. */
export const MOST_SESSIONS = 30;

export function organizationBand(
  others: readonly OtherSession[],
  metric: string,
  sides: readonly Side[],
  shown: Shown,
): OrganizationBand | { athletes: number; sessions: number; mean: null } {
  const table = shown === 'angle' ? 'Ang' : 'Vel';
  const used = others.flatMap(({ athlete, date, report }) => {
    const curves = sides.flatMap((side): Curve[] => {
      const curve = report.Curves?.[table][metric]?.[side];
      return curve === undefined ? [] : [curve];
    });
    return curves.length === 0 ? [] : [{ athlete, date, curve: meanOf(curves.map(({ Mean }) => Mean)) }];
  });
  const byAthlete = new Map<string, number[][]>();
  for (const { athlete, curve } of used) byAthlete.set(athlete, [...(byAthlete.get(athlete) ?? []), curve]);
  const athletes = byAthlete.size;
  if (athletes < LEAST_ATHLETES) return { athletes, sessions: used.length, mean: null };
  const each = [...byAthlete.values()].map(meanOf);
  const mean = meanOf(each);
  const sd = mean.map((middle, point) =>
    Math.sqrt(each.reduce((sum, curve) => sum + (curve[point]! - middle) ** 2, 0) / (athletes - 1)),
  );
  const dates = used.map(({ date }) => date).sort();
  return { mean, sd, athletes, sessions: used.length, from: dates[0]!, to: dates.at(-1)! };
}

/** Point by point. */
const meanOf = (curves: readonly (readonly number[])[]): number[] =>
  curves[0]!.map((_, point) => curves.reduce((sum, curve) => sum + curve[point]!, 0) / curves.length);
