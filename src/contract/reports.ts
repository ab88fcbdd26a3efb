import type { TableFormat } from './tables.ts';

/** `GET /reportData`: range of motion, speed and acceleration per metric and side, with repetitions and provenance. */
export interface Report {
  WorkoutMetrics: {
    /** Joint angle, degrees. */
    Ang: MetricTable;
    /** Absolute angular velocity, deg/s. */
    Vel: MetricTable;
    /** Acceleration along the motion, deg/s². */
    Acc: MetricTable;
    /** Deceleration along the motion, deg/s². */
    Dec: MetricTable;
  };
  /** Found automatically or edited by a person; empty when the recording shows none. */
  Repetitions: Repetition[];
  Summary: ReportSummary;
  Provenance: Provenance;
  /** Only with `curves=true`. */
  Curves?: Curves;
}

/** Query of `GET /reportData`. */
export interface ReportQuery {
  s3Key: string;
  /** An earlier report of the session, as `GET /sessions/{id}/reports` lists them; absent: the current one. */
  version?: number;
  /** `true` adds the time-normalised curves. */
  curves?: 'true' | 'false';
  /** `json` (absent): the report. The others: its lines as a file, as in `GET /reports`. */
  format?: 'json' | TableFormat;
}

/**
 * Time-normalised curves: every repetition from its first frame (0 %) to its last (100 %), read between frames on a straight
 * line; nine significant digits of a curve's largest magnitude. Empty tables without repetitions.
 */
export interface Curves {
  /** 0 … 100: the 101 points of every curve. */
  Percent: number[];
  /** Metric label → side → curve of sign × angle, deg; for a metric that reads a range too. */
  Ang: CurveTable;
  /** Of sign × velocity, deg/s. */
  Vel: CurveTable;
}

export type CurveTable = Record<string, Partial<Record<'L' | 'R' | 'F' | 'B', Curve>>>;

/** Arrays of 101 values. */
export interface Curve {
  /** Mean over the repetitions, point by point. */
  Mean: number[];
  /** Sample standard deviation (n − 1); zeros with a single repetition. */
  SD: number[];
  /**
   * One curve per repetition, in order of time; those that lie in an excluded segment are left out. Empty with more than
   * 200 of them: Mean and SD are over all.
   */
  Repetitions: number[][];
  Unit: string;
}

/** One report of a session, in `GET /sessions/{id}/reports`. */
export interface ReportVersion {
  /** Counts from 1. */
  Version: number;
  /** UTC, ISO 8601. */
  ComputedAt: string;
  /** Why it was computed. */
  Reason: ReportReason;
  PipelineVersion: number;
  /** Whether `/reportData` answers it when no version is asked for. */
  Current: boolean;
}

export type ReportReason =
  | 'recorded'
  | 'exercise changed'
  | 'repetitions edited'
  | 'processing changed'
  | 'recomputed'
  | 'imported';

/** Body of `PATCH /sessions/{id}/repetitions`. */
export interface RepetitionsPatch {
  /** In order of time; null: found automatically again; an empty list: there are none. */
  Repetitions: RepetitionInput[] | null;
  /** The report version that was edited; when another has become current meanwhile, nothing is changed (409). */
  Version?: number;
}

/** Seconds from the session's start. Without Peak it is where the primary channel is highest inside. */
export interface RepetitionInput {
  Start: number;
  Peak?: number;
  End: number;
}

/**
 * Metric label → side (L, R, F, B) → statistics. Excluded segments of a metric's channel belong to none of them, nor do
 * repetitions that touch one.
 */
export type MetricTable = Record<string, Partial<Record<'L' | 'R' | 'F' | 'B', Statistics>>>;

export interface Statistics {
  /** Maximum over the session; null in a report of another server that did not say. */
  FullMax: number | null;
  /** Mean over the samples inside repetitions (over the session when there are none); null as above. */
  Avg: number | null;
  /** Mean over repetitions of the repetition's maximum; FullMax when there are none. */
  AvgMax: number;
  /** 1 inside the range, 0.5 near it, 0 else; null without a range, and where it is not scored (docs/reports.md). Angles only. */
  Score: 0 | 0.5 | 1 | null;
  /** Range the score was taken from, in Unit; null where there is none. */
  Min: number | null;
  Max: number | null;
  Unit: string;
}

export interface Repetition {
  /** Seconds from the session's start. */
  Start: number;
  Peak: number;
  End: number;
  Source: 'automatic' | 'edited';
}

export interface ReportSummary {
  /** Body area → mean of its scores × 100, and how many scores it is the mean of. */
  Areas: Record<string, { Score: number; Metrics: number }>;
  /** Metric label → left minus right of AvgMax (deg), and 100 × (L − R) / max(|L|, |R|); null when both are 0. */
  Asymmetry: Record<
    string,
    { Left: number; Right: number; Difference: number; Percent: number | null; Larger: 'L' | 'R' | null }
  >;
  /** How each member above is defined, in words. */
  Definitions: Record<string, string>;
}

/** What was done to the recording, so that every number can be traced. */
export interface Provenance {
  PipelineVersion: number;
  /** Counts the reports of this session from 1; 1 for a report made offline. */
  ReportVersion: number;
  /** Name of the exercise whose definition was used. */
  Exercise: string;
  SourceFile: string;
  /** SHA-256 of the original bytes, lower-case hex. */
  SourceSha256: string;
  SourceFormat: string;
  SourceRows: number;
  /** 1 / median time step of the source, Hz. */
  SourceRate: number;
  /** Time of the first row as the file writes it, s; the series calls it 0. */
  SourceStart: number;
  InDegrees: boolean;
  UnitSource: string;
  Interpolation: 'cubic' | 'linear' | 'natural' | 'monotone';
  /** CutOff in Hz; null where the filter was left out. */
  Filter: { Name: string; Order: number; CutOff: number; ZeroLag: boolean } | null;
  Rate: number;
  Frames: number;
  /** Rows whose time was not a number or did not grow, left out for every channel. */
  DroppedRows: number;
  /** Channel → values that were not numbers, bridged by the interpolation. */
  MissingValues: Record<string, number>;
  /** Channels without a single number: they are not in the series. */
  EmptyChannels: string[];
  PrimaryChannel: string | null;
  /** `recording` where the exercise names none that the recording has. */
  PrimaryChosenBy: 'exercise' | 'recording' | null;
  Polarity: 1 | -1;
  /** Prominence a repetition must have, in degrees; null where none were looked for: a person set them, or there is no angle. */
  ProminenceThreshold: number | null;
  /** Channels of metrics that were left out because the recording lacks them, or has nothing but excluded stretches of them. */
  MissingChannels: string[];
  /** What each metric was read from: it is Sign × Channel. */
  Metrics: MetricProvenance[];
  /** Longest gap that was bridged, s; longer ones are excluded. */
  MaxGap: number;
  /** Stretches without usable samples, left out of every statistic; s from the session's start, both ends included. */
  ExcludedSegments: { Channel: string; Start: number; End: number }[];
  /** `as recorded`: angles stay in the range the file uses; `unwrapped`: turns of 360° between samples were taken out. */
  AngleRange: 'as recorded' | 'unwrapped';
  /** Channels with two samples in a row more than 180° apart. */
  WrappedChannels: string[];
  /** How the recording's model counts knee flexion, and how that was found. */
  KneeConvention: KneeConvention;
  /** Plain notes: assumed rate, gaps bridged, wraps found. */
  Flags: string[];
}

export interface MetricProvenance {
  Label: string;
  Side: 'L' | 'R' | 'F' | 'B';
  Channel: string;
  Sign: 1 | -1;
  Reads: 'angle' | 'range';
  /** Where the range comes from; null where the definition does not say or the metric has no range. */
  RangeSource: string | null;
}

export interface KneeConvention {
  /** null: the recording has no knee, or its knees bend too little to tell. */
  Flexion: 'positive' | 'negative' | null;
  /** In words, with the values that decided. */
  Evidence: string;
  /** Whether the exercise's knee metrics and primary channel were turned for it. */
  Turned: boolean;
}
