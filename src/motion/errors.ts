/** A recording that cannot be read or computed, with a stable code and, where known, the place in the file. */

export type RecordingErrorCode =
  | 'recording_empty'
  | 'recording_binary'
  | 'recording_malformed'
  | 'recording_truncated'
  | 'recording_ragged'
  | 'recording_no_data'
  | 'recording_too_short'
  | 'recording_too_long'
  | 'recording_format_mismatch';

/** A 1-based line of a text, or an offset in bytes from the start of a binary file. */
export type Place = number | { readonly offset: number };

/** Its message says what is wrong and, behind a colon, what to change. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;
  /** 1-based line of the file, where the fault has one. */
  readonly line: number | undefined;
  /** Bytes from the start of the file, where a binary file has the fault. */
  readonly offset: number | undefined;

  constructor(code: RecordingErrorCode, message: string, place?: Place) {
    super(place === undefined ? message : `${nameOf(place)}: ${message}`);
    this.code = code;
    this.line = typeof place === 'number' ? place : undefined;
    this.offset = typeof place === 'object' ? place.offset : undefined;
  }
}

function nameOf(place: Place): string {
  return typeof place === 'number' ? `line ${place}` : `byte ${place.offset}`;
}
