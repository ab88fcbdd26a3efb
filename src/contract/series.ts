/**
 * `GET /ikData`: parallel arrays of equal length. `time` is i/60 s from 0; every channel of the recording appears
 * under its own name, with `<name>_vel` and `<name>_acc` beside it. Angles deg, deg/s, deg/s²; translations m, m/s, m/s².
 * Each array is rounded to nine significant digits of its largest magnitude.
 */
export interface IkData {
  /** Seconds from the session's start. */
  time: number[];
  [series: string]: number[];
}

/** Rate of every served series. */
export const SERIES_RATE_HZ = 60;

/** Query of `GET /ikData`. */
export interface IkDataQuery {
  s3Key: string;
  /** Series of the report of this version; absent: the current one. */
  version?: number;
  /** Series names separated by commas, `time` always comes along: `knee_angle_r,knee_angle_r_vel`. Absent: all. */
  channels?: string;
  /** Seconds from the session's start, both inclusive. */
  from?: number;
  to?: number;
  /**
   * At most so many points per series: frames are put into equal bins of which the lowest and the highest frame of each
   * series stay, so that every peak is still there. JSON only; `time` holds the bins' middles.
   */
  points?: number;
  /** Absent: json. */
  format?: SeriesFormat;
}

export type SeriesFormat = 'json' | 'csv' | 'mot' | 'sto' | 'c3d' | 'parquet' | 'arrow';
