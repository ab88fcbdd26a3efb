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
