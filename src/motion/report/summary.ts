/**
 * The report in a few numbers: a score per area of the body, and left against right.
 *
 * Area score: own definition, the mean that clients of the contract compute themselves. Asymmetry: the difference is the
 * plain one. The percentage is that of the larger side, 100 × (stronger − weaker) / stronger, as in Impellizzeri et al.,
 * Med Sci Sports Exerc 39(11), 2007, and the "percentage difference" recommended in the review of Bishop et al., Strength
 * Cond J 40(4), 2018; the side is told by the sign, and magnitudes are compared, because angles may be negative (own
 * extension). It is not the limb symmetry index, which is a ratio of the sides.
 */
import type { Dictionary, Joint } from '../joints.ts';
import type { MetricResult } from './metric.ts';

export interface AreaScore {
  /** Mean of the area's scores × 100, and how many scores it is the mean of. */
  readonly score: number;
  readonly metrics: number;
}

export interface Asymmetry {
  /** angle.avgMax of the two sides, and left minus right. */
  readonly left: number;
  readonly right: number;
  readonly difference: number;
  /**
   * 100 × (L − R) / max(|L|, |R|): from −100 to 100 while both have one sign, ±100 with one side 0, up to ±200 with
   * opposite signs; null when both are 0.
   */
  readonly percent: number | null;
  readonly larger: 'L' | 'R' | null;
}

export interface ReportSummary {
  /** Area → score; areas without a scored metric are not there. */
  readonly areas: Readonly<Record<string, AreaScore>>;
  /** Metric label → comparison; only labels that have both a left and a right side, comparable ones. */
  readonly asymmetry: Readonly<Record<string, Asymmetry>>;
  /** How each member above is defined, in words. */
  readonly definitions: Readonly<Record<string, string>>;
}

/** `incomparable`: labels of which the repetitions miss one side's movement. */
export function summarize(
  metrics: readonly MetricResult[],
  dictionary: Dictionary,
  incomparable: ReadonlySet<string>,
): ReportSummary {
  return {
    areas: areaScores(metrics, dictionary),
    asymmetry: asymmetries(metrics.filter(({ metric }) => !incomparable.has(metric.label))),
    definitions: {
      areas:
        "mean of the area's scores (1 inside the metric's range, 0.5 near it, else 0) times 100; metrics without a score are left out",
      asymmetry:
        "left minus right of AvgMax; percent: 100 × (left − right) / the larger magnitude of the two (percentage difference; beyond 100 only with opposite signs; null when both are 0); larger: the side with the larger AvgMax; labels of which the repetitions miss one side's movement are left out",
    },
  };
}

function areaScores(metrics: readonly MetricResult[], dictionary: Dictionary): Record<string, AreaScore> {
  const scores = new Map<string, number[]>();
  for (const { metric, channel, score } of metrics) {
    const area = areaOf(metric.label, channel, dictionary);
    if (score === null || area === undefined) continue;
    scores.set(area, [...(scores.get(area) ?? []), score]);
  }
  const entries = [...scores].map(([area, values]): [string, AreaScore] => {
    const sum = values.reduce((total, value) => total + value, 0);
    return [area, { score: (100 * sum) / values.length, metrics: values.length }];
  });
  return Object.fromEntries(entries);
}

function asymmetries(metrics: readonly MetricResult[]): Record<string, Asymmetry> {
  const right = new Map(
    metrics.filter(({ metric }) => metric.side === 'R').map((r) => [r.metric.label, r.angle.avgMax]),
  );
  const pairs = metrics.flatMap(({ metric, angle }): [string, Asymmetry][] => {
    const other = right.get(metric.label);
    return metric.side === 'L' && other !== undefined ? [[metric.label, compare(angle.avgMax, other)]] : [];
  });
  return Object.fromEntries(pairs);
}

function compare(left: number, right: number): Asymmetry {
  const difference = left - right;
  const largest = Math.max(Math.abs(left), Math.abs(right));
  return {
    left,
    right,
    difference,
    percent: largest === 0 ? null : (100 * difference) / largest,
    larger: difference === 0 ? null : difference > 0 ? 'L' : 'R',
  };
}

/** The label names the area in its first word or so; where it does not (`Shin Angle (°)`), the channel's joint does. */
const AREA_WORDS: readonly (readonly [RegExp, string])[] = [
  [/shoulder/i, 'Shoulder'],
  [/elbow|forearm/i, 'Elbow'],
  [/wrist/i, 'Wrist'],
  [/hip/i, 'Hip'],
  [/knee/i, 'Knee'],
  [/ankle/i, 'Ankle'],
  [/torso|trunk|lumbar/i, 'Torso'],
];

const AREA_OF_JOINT: Readonly<Partial<Record<Joint, string>>> = {
  shoulder: 'Shoulder',
  'shoulder girdle': 'Shoulder',
  elbow: 'Elbow',
  forearm: 'Elbow',
  wrist: 'Wrist',
  hip: 'Hip',
  knee: 'Knee',
  ankle: 'Ankle',
  // The shin leans over the foot: with the sole on the floor that is the ankle bending.
  shin: 'Ankle',
  trunk: 'Torso',
};

/** undefined: neither says. */
export function areaOf(label: string, channel: string, dictionary: Dictionary): string | undefined {
  const named = AREA_WORDS.find(([word]) => word.test(label));
  if (named !== undefined) return named[1];
  const joint = dictionary.find(channel)?.joint.toLowerCase();
  return joint !== undefined && Object.hasOwn(AREA_OF_JOINT, joint) ? AREA_OF_JOINT[joint] : undefined;
}
