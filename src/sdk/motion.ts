/**
 * `@kinebase/client/motion`: reading recordings, series and reports without a server, in a browser too; and the signal
 * functions that they are made of, each equal to its counterpart in SciPy or NumPy.
 */

export { RecordingError, type RecordingErrorCode } from '../motion/errors.ts';
export type { ExerciseDefinition, MetricDefinition, Side } from '../motion/exercise.ts';
export { exerciseLibrary, findExercise } from '../motion/exercises/index.ts';
export {
  PIPELINE_VERSION,
  type ProcessOptions,
  processRecording,
  type Series,
  type SeriesProvenance,
} from '../motion/process.ts';
export { type ReadOptions, readRecording } from '../motion/read.ts';
export type { Channel, Recording, Unit, UnitSource } from '../motion/recording.ts';
export {
  type AreaScore,
  type Asymmetry,
  computeReport,
  type MetricResult,
  type Repetition,
  type RepetitionTimes,
  type ReportOptions,
  type ReportProvenance,
  type ReportSummary,
  type Score,
  type SessionReport,
  type Statistics,
} from '../motion/report.ts';
/** Low-pass of any order up to 10, as sections of second order. */
export { butterworth, type Section } from '../motion/signal/butterworth.ts';
/** Rate of change per second: central differences inside, one-sided at the ends. */
export { derivative } from '../motion/signal/derivative.ts';
/** Values at the samples → values at other instants. */
export type { Interpolation } from '../motion/signal/knots.ts';
/** Straight from sample to sample. */
export { linearThrough } from '../motion/signal/linear.ts';
/** A filter run forward and backward: no lag. */
export { lowpass, paddingOf } from '../motion/signal/lowpass.ts';
/** Cubic without overshoot: it rises only where the samples rise. */
export { monotoneThrough } from '../motion/signal/monotone.ts';
/** Cubic spline without bend at its ends. */
export { naturalThrough } from '../motion/signal/natural.ts';
/** Peaks, thinned by distance and by prominence. */
export { findPeaks, type PeakOptions, type Peaks } from '../motion/signal/peaks.ts';
/** Smoothing and derivatives by polynomials fitted to a window around each sample. */
export { type SavitzkyGolay, savitzkyGolay } from '../motion/signal/savitzky-golay.ts';
/** Cubic spline with not-a-knot ends. */
export { splineThrough } from '../motion/signal/spline.ts';
/** An angle without the turns of 360° between two samples. */
export { unwrapped } from '../motion/signal/unwrap.ts';
export { type C3dSeries, writeC3d } from '../motion/write/write-c3d.ts';
export { writeCsv } from '../motion/write/write-csv.ts';
export { UnwritableError } from '../motion/write/write-error.ts';
export { writeStorage } from '../motion/write/write-sto.ts';
