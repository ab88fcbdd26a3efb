/**
 * `GET /ikData`: parallel arrays of equal length. `time` is i/rate s from 0, at 60 Hz unless the session was processed
 * otherwise; every channel of the recording appears
 * under its own name, with `<name>_vel` and `<name>_acc` beside it. Angles deg, deg/s, deg/s²; translations m, m/s, m/s².
 * Each array is rounded to nine significant digits of its largest magnitude.
 */
export interface IkData {
  /** Seconds from the session's start. */
  time: number[];
  [series: string]: number[];
}

/** Rate of every series that nobody asked to be processed otherwise. */
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
   * At most so many points per series: frames are put into equal bins of which each series keeps its lowest and its highest
   * value, in the order in which they occur, so that every peak is still there. `time` holds the first and the last time of
   * each bin. JSON only.
   */
  points?: number;
  /** Absent: json. */
  format?: SeriesFormat;
}

/**
 * `json`: the envelope with IkData. The others are files, sent as they are: `csv`, `parquet` and `arrow` with every series,
 * `mot`, `sto` and `c3d` with values alone unless others are named in `channels`. Where a gap was too long to be bridged,
 * JSON has a straight line, and files have missing values.
 */
export type SeriesFormat = 'json' | 'csv' | 'mot' | 'sto' | 'c3d' | 'parquet' | 'arrow';

/** Header of files that cannot state it themselves: the unit of their angles, `deg`. */
export const ANGLE_UNIT_HEADER = 'x-angle-unit';
