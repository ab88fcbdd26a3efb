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

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;
  /** 1-based line of the file, where the fault has one. */
  readonly line: number | undefined;

  constructor(code: RecordingErrorCode, message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}
