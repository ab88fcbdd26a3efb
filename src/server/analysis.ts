import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Processing } from '../contract/processing.ts';
import type { RepetitionInput } from '../contract/reports.ts';
import { RecordingError } from '../motion/errors.ts';
import type { ExerciseDefinition } from '../motion/exercise.ts';
import { createDictionary, type JointCoordinate } from '../motion/joints.ts';
import { processRecording, type Series } from '../motion/process.ts';
import { readRecording } from '../motion/read.ts';
import type { Recording } from '../motion/recording.ts';
import { computeReport, type RepetitionTimes } from '../motion/report.ts';
import { writeFlatReport } from '../tables/flatReport.ts';
import { toProcessOptions } from './processing.ts';
import { toReport } from './reportDocument.ts';
import { writeReport } from './reportFile.ts';
import { type SeriesFiles, writeSeriesFiles } from './seriesFile.ts';

/** A recorded file as it was sent. */
export interface FileInput {
  /** Plain or gzip. */
  bytes: Uint8Array;
  fileName: string;
  /** For a file without a time column. */
  rate_hz: number | null;
}

/** A file, and what to compute from it. */
export interface AnalysisInput extends FileInput, ComputeOptions {
  exercise: ExerciseDefinition;
  /** The file is an `ImportedSession`: its series are kept as they are. */
  received?: boolean;
}

export interface ComputeOptions {
  /** What differs from the default; null or absent: nothing. */
  processing?: Partial<Processing> | null;
  /** The organization's own dictionary entries, which go before the built-in ones. */
  channels?: readonly JointCoordinate[];
  /** Set by a person; null or absent: found automatically. */
  repetitions?: readonly RepetitionInput[] | null;
  /** Which report of its session it is; absent: the first. */
  reportVersion?: number;
  /** `report`: the series are at hand already, and are not written again. */
  wants?: 'everything' | 'report';
}

/** Everything that is stored of a recording beside the original. */
export interface Analysis {
  sha256: string;
  duration_s: number;
  /** Null where they were not wanted. */
  series: SeriesFiles | null;
  /** As reportFile.ts writes it. */
  report: Buffer;
  /** Its lines as text. */
  flat: string;
}

/** A file of this size after unzipping is refused: it would take more memory than a server has to spare. */
const UNZIPPED_LIMIT_BYTES = 256_000_000;

const unzip = promisify(gunzip);

/** File → series and report, in the form in which they are stored. Throws RecordingError for a file that is none. */
export async function analyze(input: AnalysisInput): Promise<Analysis> {
  const { bytes, fileName, exercise } = input;
  return analyzeRecording(
    await readRecorded(input),
    { fileName, sha256: createHash('sha256').update(bytes).digest('hex') },
    exercise,
    input,
  );
}

/** The recording in a file as it was sent; it notes a rate that was given for a file that needs none. Throws RecordingError. */
export async function readRecorded({ bytes, fileName, rate_hz }: FileInput): Promise<Recording> {
  const plain = await plainBytes(bytes, fileName);
  if (rate_hz === null) return readRecording(plain, { fileName });
  const recording = readRecording(plain, { fileName, rate_hz });
  if (recording.assumedRate_hz !== null) return recording;
  const note = `the file has its own times: the rate of ${rate_hz} Hz that was given is not used`;
  return { ...recording, notes: [...recording.notes, note] };
}

/** Series and report of a recording at hand. */
export async function analyzeRecording(
  recording: Recording,
  source: { fileName: string; sha256: string },
  exercise: ExerciseDefinition,
  { processing = null, channels = [], repetitions = null, reportVersion = 1, wants }: ComputeOptions = {},
): Promise<Analysis> {
  const series = processRecording(recording, {
    ...toProcessOptions(processing),
    ...(channels.length === 0 ? {} : { dictionary: createDictionary(channels) }),
  });
  refuseCollisions(series);
  refuseOverflow(series);
  refuseBeyond(repetitions, durationOf(series));
  const computed = computeReport(
    series,
    exercise,
    repetitions === null ? {} : { repetitions: repetitions.map(toTimes) },
  );
  const document = toReport(computed, { ...source, reportVersion, repetitionsSet: repetitions !== null });
  const [files, report] = await Promise.all([
    wants === 'report' ? null : writeSeriesFiles(series),
    writeReport(document),
  ]);
  const flat = writeFlatReport(document);
  return { sha256: source.sha256, duration_s: durationOf(series), series: files, report, flat };
}

export const toTimes = ({ Start, Peak, End }: RepetitionInput): RepetitionTimes => ({
  start_s: Start,
  ...(Peak === undefined ? {} : { peak_s: Peak }),
  end_s: End,
});

/** Durations are rounded to microseconds, times of reports are not. */
const ROUNDING_S = 1e-6;

/** Repetitions of an upload are set before anybody knows how long it is. */
export function refuseBeyond(repetitions: readonly RepetitionInput[] | null, duration_s: number): void {
  const place = (repetitions ?? []).findIndex(({ End }) => End > duration_s + ROUNDING_S);
  if (place < 0) return;
  throw new RecordingError(
    'recording_too_short',
    `the recording ends at ${duration_s} s, before repetition ${place + 1} of ${repetitions!.length}`,
  );
}

/** Length of the served series: its last time, in seconds. */
export const durationOf = (series: Series): number =>
  Math.round(((series.frames - 1) / series.rate_hz) * 1e6) / 1e6;

/** The file's bytes, unzipped. Throws RecordingError. */
export async function plainBytes(bytes: Uint8Array, fileName: string): Promise<Uint8Array> {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!zipped) {
    if (bytes.length > 0 && /\.gz$/i.test(fileName)) {
      throw new RecordingError(
        'recording_format_mismatch',
        'the file name ends in .gz, but the content is not gzip: take .gz off the name, or compress the file',
      );
    }
    return bytes;
  }
  try {
    return await unzip(bytes, { maxOutputLength: UNZIPPED_LIMIT_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new RecordingError(
        'recording_too_long',
        `the file is larger than ${UNZIPPED_LIMIT_BYTES / 1e6} MB once unzipped: split the recording`,
      );
    }
    throw new RecordingError(
      'recording_truncated',
      'the gzip data is damaged or incomplete: copy or compress the file again',
    );
  }
}

/** A channel named like another's derivative would stand twice in the answer, and one of the two would be lost. */
export function refuseCollisions(series: Series): void {
  const names = new Set(['time']);
  for (const name of series.names) {
    for (const key of [name, `${name}_vel`, `${name}_acc`]) {
      if (names.has(key))
        throw new RecordingError(
          'recording_malformed',
          `the channel name ${JSON.stringify(key)} would stand twice in the series; rename one of its columns`,
        );
      names.add(key);
    }
  }
}

/** No movement comes near it, and sums of values below it stay numbers. */
const LARGEST = 1e100;

/** A value so large that what is computed from it is no number any more would make a series and a report that nobody can read. */
export function refuseOverflow({ names, angle, velocity, acceleration }: Series): void {
  names.forEach((name, channel) => {
    for (const values of [angle[channel]!, velocity[channel]!, acceleration[channel]!]) {
      for (let i = 0; i < values.length; i++) {
        if (Math.abs(values[i]!) <= LARGEST) continue;
        throw new RecordingError(
          'recording_malformed',
          `the values of ${JSON.stringify(name)} are too large to compute with`,
        );
      }
    }
  });
}
