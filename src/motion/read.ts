/** Bytes of a recording → Recording, by the ending of its file name. */

import { RecordingError } from './errors.ts';
import { readC3d } from './read/c3d/read.ts';
import { refuseOtherContent } from './read/content.ts';
import { readCsv } from './read/csv.ts';
import { readSeriesDocument } from './read/json.ts';
import { withLineFeeds } from './read/lines.ts';
import { isNexus, readNexus } from './read/nexus.ts';
import { findStorageHeader, readStorage } from './read/sto.ts';
import { readTrc } from './read/trc.ts';
import type { Recording, RecordingFormat } from './recording.ts';

export interface ReadOptions {
  /** Name the file was given, for its ending: RECORDING_ENDING (a final .gz is ignored: the bytes are unzipped). */
  readonly fileName: string;
  /** Sampling rate to use where the file has no time column, Hz. */
  readonly rate_hz?: number;
}

/** The endings that are read: group 1 is the format, a final .gz says that the bytes are zipped. */
export const RECORDING_ENDING = /\.(mot|sto|csv|trc|c3d|json)(\.gz)?$/i;

/** The same for people. */
export const RECORDING_ENDINGS = '.mot, .sto, .csv, .trc, .c3d or .json';

/**
 * Takes at most ten times the memory of the bytes, and time in proportion to them. Throws RecordingError, never anything
 * else, whatever the bytes are; RangeError for a rate that is none.
 *
 * @example
 * const recording = readRecording(await readFile('squats.mot'), { fileName: 'squats.mot' });
 * recording.channels.map((channel) => channel.name); // ['pelvis_tilt', …]
 */
export function readRecording(bytes: Uint8Array, { fileName, rate_hz }: ReadOptions): Recording {
  const ending = RECORDING_ENDING.exec(fileName)?.[1]?.toLowerCase() as RecordingFormat | undefined;
  if (ending === undefined) {
    const message = `the file name must end in ${RECORDING_ENDINGS}`;
    throw new RecordingError('recording_format_mismatch', message);
  }
  refuseOtherContent(bytes, ending);
  if (ending === 'c3d') return readC3d(bytes);
  if (ending === 'json') return readSeriesDocument(bytes);
  const text = withLineFeeds(bytes);
  if (ending === 'trc') return readTrc(text);
  const header = findStorageHeader(text);
  if (ending !== 'csv') return readStorage(text, header, ending);
  if (header !== undefined) return readStorage(text, header, 'csv');
  return isNexus(text) ? readNexus(text) : readCsv(text, rate_hz);
}
