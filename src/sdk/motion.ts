/** `@kinebase/client/motion`: reading recordings, series and reports without a server, in a browser too. */

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
export { type C3dSeries, writeC3d } from '../motion/write-c3d.ts';
export { writeCsv } from '../motion/write-csv.ts';
export { UnwritableError } from '../motion/write-error.ts';
export { writeStorage } from '../motion/write-sto.ts';
