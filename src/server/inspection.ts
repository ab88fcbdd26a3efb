import { createHash } from 'node:crypto';
import type { RecordingSummary } from '../contract/recordings.ts';
import { readRecording } from '../motion/read.ts';
import { plainBytes } from './analysis.ts';
import { toRecordingSummary } from './recordingDocument.ts';

/** A recorded file as it was sent, of which only is asked what can be read from it. */
export interface InspectionInput {
  /** Plain or gzip. */
  bytes: Uint8Array;
  fileName: string;
  /** For a file without a time column. */
  rate_hz: number | null;
}

/** Throws RecordingError for a file that is no recording. */
export async function inspect({ bytes, fileName, rate_hz }: InspectionInput): Promise<RecordingSummary> {
  const plain = await plainBytes(bytes, fileName);
  const recording = readRecording(plain, { fileName, ...(rate_hz === null ? {} : { rate_hz }) });
  return toRecordingSummary(recording, {
    fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}
