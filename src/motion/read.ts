/** Bytes of a recording → Recording, by the ending of its file name. */
import type { Recording } from './recording.ts';

export interface ReadOptions {
  /** Name the file was given, for its ending: .mot, .sto or .csv (a final .gz already taken off and unzipped). */
  readonly fileName: string;
  /** Sampling rate to use where the file has no time column, Hz. */
  readonly rate_hz?: number;
}

/** Throws RecordingError, never anything else, whatever the bytes are. */
export function readRecording(_bytes: Uint8Array, _options: ReadOptions): Recording {
  throw new Error('not written yet');
}
