/** `GET /sessions/{id}/recording`: what was read from the original file, before anything was computed from it. */
export interface RecordingSummary {
  Format: 'mot' | 'sto' | 'csv' | 'trc' | 'c3d' | 'json';
  SourceFile: string;
  SourceSha256: string;
  Rows: number;
  /** First and last time in seconds as the file has them, null where no row has one. */
  TimeFirst: number | null;
  TimeLast: number | null;
  /** 1 / median time step, Hz; null with fewer than two rows. */
  Rate: number | null;
  InDegrees: boolean;
  UnitSource: string;
  /** What the header states, as it states it; it may be wrong. */
  Header: Record<string, string | number | string[]>;
  /** In the order of the file. */
  Channels: RecordingChannel[];
  /** What the reader noticed, in plain words. */
  Notes: string[];
}

/** Statistics of one channel over the samples of the file, in the file's own unit. */
export interface RecordingChannel {
  Name: string;
  /** Unit in which the series are served, and unit of the file. */
  Unit: string;
  SourceUnit: string;
  /** Samples that are numbers, and those that are not. */
  Valid: number;
  Missing: number;
  /** null without a valid sample. Index counts rows from 0. */
  First: { Index: number; Value: number } | null;
  Last: { Index: number; Value: number } | null;
  Min: number | null;
  Max: number | null;
  Sum: number | null;
}

/** `GET /sessions/{id}/original/link`: where anybody may read the original file for a while, without a token. */
export interface OriginalLink {
  /** null where the objects have no links: the original is read from this server then. */
  URL: string | null;
  /** ISO 8601, UTC; null without a link. */
  Expires: string | null;
  SourceFile: string;
  SourceSha256: string;
  SourceBytes: number;
}
