/** Series + exercise → report: statistics per metric and side, repetitions, scores, summary. */
import type { ExerciseDefinition, MetricDefinition, Side } from './exercise.ts';
import type { Series, SeriesProvenance } from './process.ts';

/** deg, deg/s or deg/s² (m for a metric that reads a translation). */
export interface Statistics {
  /** Maximum over the session. */
  readonly fullMax: number;
  /** Mean over the samples inside repetitions; over the session when there are none. */
  readonly avg: number;
  /** Mean over repetitions of the repetition's maximum; fullMax when there are none. */
  readonly avgMax: number;
}

export type Score = 0 | 0.5 | 1;

export interface MetricResult {
  readonly metric: MetricDefinition;
  /** Name of the series' channel that the metric was read from. */
  readonly channel: string;
  readonly unit: 'deg' | 'm';
  readonly angle: Statistics;
  /** Of |velocity|. */
  readonly velocity: Statistics;
  /** Of acceleration × sign(velocity). */
  readonly acceleration: Statistics;
  /** Of −acceleration × sign(velocity). */
  readonly deceleration: Statistics;
  /** From angle.avgMax; null where the metric has no range. */
  readonly score: Score | null;
}

export interface Repetition {
  /** Seconds from the session's start. */
  readonly start_s: number;
  readonly peak_s: number;
  readonly end_s: number;
  readonly source: 'automatic' | 'edited';
}

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
  /** 100 × (L − R) / max(|L|, |R|); null when both are 0. */
  readonly percent: number | null;
  readonly larger: Extract<Side, 'L' | 'R'> | null;
}

export interface ReportSummary {
  readonly areas: Readonly<Record<string, AreaScore>>;
  readonly asymmetry: Readonly<Record<string, Asymmetry>>;
  /** How each member above is defined, in words. */
  readonly definitions: Readonly<Record<string, string>>;
}

export interface ReportProvenance extends SeriesProvenance {
  /** Channel whose peaks are the repetitions; null where the recording has none that could be. */
  readonly primaryChannel: string | null;
  /** `exercise` as defined there, `recording` where it was chosen from the data. */
  readonly primaryChosenBy: 'exercise' | 'recording' | null;
  readonly polarity: 1 | -1;
  /** Prominence a repetition must have, degrees; null without a primary channel. */
  readonly prominenceThreshold: number | null;
  /** Channels of metrics that were left out because the recording lacks them. */
  readonly missingChannels: readonly string[];
}

export interface SessionReport {
  readonly metrics: readonly MetricResult[];
  readonly repetitions: readonly Repetition[];
  readonly summary: ReportSummary;
  readonly provenance: ReportProvenance;
}

export interface ReportOptions {
  /** Repetitions set by a person, seconds from the session's start, in order; they replace the found ones. */
  readonly repetitions?: readonly {
    readonly start_s: number;
    readonly peak_s: number;
    readonly end_s: number;
  }[];
}

export function computeReport(
  _series: Series,
  _exercise: ExerciseDefinition,
  _options: ReportOptions = {},
): SessionReport {
  throw new Error('not written yet');
}
