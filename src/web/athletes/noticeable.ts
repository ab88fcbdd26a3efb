/**
 * The smallest change of a metric that is worth noticing in one athlete.
 *
 * Noise: the typical error is the sample standard deviation (n − 1) of the differences between consecutive sessions of the same
 * athlete, divided by √2 (Hopkins, Measures of reliability in sports medicine and science, Sports Med 30(1), 2000); a common
 * gain or loss between sessions is taken out by it. A change beyond the minimal detectable change, 1.96 · √2 · typical error,
 * is with 95 % confidence more than noise (Weir, Quantifying test-retest reliability using the intraclass correlation
 * coefficient and the SEM, J Strength Cond Res 19(1), 2005, where the typical error is called SEM).
 *
 * Weight: the smallest worthwhile change is 0.2 · the standard deviation between athletes, the smallest standardized effect
 * (Hopkins, Hawley and Burke, Design and analysis of research on sport performance enhancement, Med Sci Sports Exerc 31(3),
 * 1999). Below it a change does not matter, however well it is measured.
 *
 * Both must be passed. What is ours: the limits below, and that both sides of a session give a difference of their own.
 */

/** One side of a session, in the metric's unit. */
export interface Measured {
  athlete: string;
  side: string;
  at_ms: number;
  value: number;
}

export interface Noticeable {
  /** Of consecutive sessions; null with fewer than `LEAST_PAIRS`. */
  typicalError: number | null;
  /** Minimal detectable change, 95 %. */
  detectable: number | null;
  /** Pairs of sessions behind it, the differences that they give (one a side), and of how many athletes. */
  pairs: number;
  differences: number;
  pairAthletes: number;
  /** Sample standard deviation of the athletes' means; null with fewer than `LEAST_ATHLETES`. */
  betweenAthletes: number | null;
  worthwhile: number | null;
  athletes: number;
  /** What a change must pass to be worth noticing: the larger of both; null without a typical error, as noise is unknown. */
  smallest: number | null;
}

/** Sessions further apart are not a repetition of each other: the athlete has changed. */
export const LONGEST_GAP_DAYS = 60;
export const LEAST_PAIRS = 8;
/** Fewer pairs give a rough figure: with 20 the typical error is known within about −24 % and +46 % (χ², 95 %). */
export const ENOUGH_PAIRS = 20;
export const LEAST_ATHLETES = 5;

const DAY_MS = 86_400_000;

export function noticeable(measured: readonly Measured[]): Noticeable {
  const differences: number[] = [];
  const pairs = new Set<string>();
  const pairAthletes = new Set<string>();
  for (const series of grouped(measured, ({ athlete, side }) => `${athlete} ${side}`)) {
    const ordered = series.toSorted((one, other) => one.at_ms - other.at_ms);
    for (const [index, next] of ordered.slice(1).entries()) {
      const before = ordered[index]!;
      if (next.at_ms - before.at_ms > LONGEST_GAP_DAYS * DAY_MS) continue;
      differences.push(next.value - before.value);
      pairs.add(`${next.athlete} ${before.at_ms} ${next.at_ms}`);
      pairAthletes.add(next.athlete);
    }
  }
  const means = grouped(measured, ({ athlete }) => athlete).map((own) => mean(own.map(({ value }) => value)));
  const typicalError = pairs.size < LEAST_PAIRS ? null : deviation(differences) / Math.SQRT2;
  const detectable = typicalError === null ? null : 1.96 * Math.SQRT2 * typicalError;
  const betweenAthletes = means.length < LEAST_ATHLETES ? null : deviation(means);
  const worthwhile = betweenAthletes === null ? null : 0.2 * betweenAthletes;
  return {
    typicalError,
    detectable,
    pairs: pairs.size,
    differences: differences.length,
    pairAthletes: pairAthletes.size,
    betweenAthletes,
    worthwhile,
    athletes: means.length,
    smallest: detectable === null ? null : Math.max(detectable, worthwhile ?? 0),
  };
}

const grouped = (measured: readonly Measured[], key: (each: Measured) => string): Measured[][] => {
  const groups = new Map<string, Measured[]>();
  for (const each of measured) {
    const group = groups.get(key(each));
    if (group === undefined) groups.set(key(each), [each]);
    else group.push(each);
  }
  return [...groups.values()];
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample standard deviation, n − 1. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
