/** Bytes of a recording → Recording, by the ending of its file name. */
import { refuseOtherContent } from './content.ts';
import { readCsv } from './csv.ts';
import { RecordingError } from './errors.ts';
import { withLineFeeds } from './lines.ts';
import type { Recording } from './recording.ts';
import { findStorageHeader, readStorage } from './sto.ts';

export interface ReadOptions {
  /** Name the file was given, for its ending: .mot, .sto or .csv (a final .gz is ignored: the bytes are unzipped). */
  readonly fileName: string;
  /** Sampling rate to use where the file has no time column, Hz. */
  readonly rate_hz?: number;
}

/** The endings that are read: group 1 is the format, a final .gz says that the bytes are zipped. */
export const RECORDING_ENDING = /\.(mot|sto|csv)(\.gz)?$/i;

/**
 * Throws RecordingError, never anything else, whatever the bytes are; RangeError for a rate that is none.
 *
 * @example
 * const recording = readRecording(await readFile('squats.mot'), { fileName: 'squats.mot' });
 * recording.channels.map((channel) => channel.name); // ['pelvis_tilt', …]
 */
export function readRecording(bytes: Uint8Array, { fileName, rate_hz }: ReadOptions): Recording {
  const ending = RECORDING_ENDING.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined) {
    throw new RecordingError('recording_format_mismatch', 'the file name must end in .mot, .sto or .csv');
  }
  refuseOtherContent(bytes);
  const text = withLineFeeds(bytes);
  const header = findStorageHeader(text);
  if (ending === 'csv')
    return header === undefined ? readCsv(text, rate_hz) : readStorage(text, header, 'csv');
  return readStorage(text, header, ending === 'mot' ? 'mot' : 'sto');
}
