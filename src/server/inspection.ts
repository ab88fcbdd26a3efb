import { createHash } from 'node:crypto';
import type { RecordingSummary } from '../contract/recordings.ts';
import { type FileInput, readRecorded } from './analysis.ts';
import { toRecordingSummary } from './recordingDocument.ts';

/** What can be read from a recorded file as it was sent. Throws RecordingError for a file that is no recording. */
export async function inspect(input: FileInput): Promise<RecordingSummary> {
  const { bytes, fileName } = input;
  return toRecordingSummary(await readRecorded(input), {
    fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}
