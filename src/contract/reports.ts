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
}

/** Metric label → side (L, R, F, B) → statistics. */
export type MetricTable = Record<string, Partial<Record<'L' | 'R' | 'F' | 'B', Statistics>>>;

export interface Statistics {
  /** Maximum over the session. */
  FullMax: number;
  /** Mean over the samples inside repetitions (over the session when there are none). */
  Avg: number;
  /** Mean over repetitions of the repetition's maximum; FullMax when there are none. */
  AvgMax: number;
  /** 1 inside the range, 0.5 near it, 0 else; null where the metric has no range. Angles only. */
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
  /** Metric label → left minus right of AvgMax (deg), and 100 × (L − R) / max(|L|, |R|). */
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
  Interpolation: 'cubic' | 'linear';
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
  /** Prominence a repetition must have, in degrees. */
  ProminenceThreshold: number | null;
  /** Metrics left out because the recording lacks their channel. */
  MissingChannels: string[];
  /** Plain notes: assumed rate, gaps bridged, wraps found. */
  Flags: string[];
}
