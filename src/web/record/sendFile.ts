import { isKinebaseError, type KinebaseClient, type RecordingMeta } from '../../sdk/index.ts';
import { hasEnded } from '../account.tsx';
import { sizeOf } from '../ui/sizeOf.ts';
import { words } from '../words/common.ts';
import { recordWords } from '../words/record.ts';
import { correct } from './correct.ts';
import { processingMeta } from './processing.ts';
import { refusalOf } from './refusal.ts';
import type { Upload, UploadState } from './upload.ts';

/** What became of an attempt; `lost`: nobody knows what the server made of it. */
export interface Sent {
  state: UploadState;
  lost: boolean;
  /** The server takes the sign-in no more. */
  ended: boolean;
}

/** Sends a file, and says how far it is. */
export async function sendFile(
  client: KinebaseClient,
  upload: Upload,
  { signal, onState }: { signal: AbortSignal; onState: (state: UploadState) => void },
): Promise<Sent> {
  const meta = metaOf(upload);
  let attempts = 0;
  let furthest_bytes = 0;
  const onProgress = (sent_bytes: number) => {
    if (sent_bytes === 0) attempts++;
    furthest_bytes = Math.max(furthest_bytes, sent_bytes);
    onState({ kind: 'sending', sent_bytes, again: attempts > 1 });
  };
  onState({ kind: 'sending', sent_bytes: 0, again: false });
  try {
    const recorded = await client.sessions.record(upload.file, meta, { signal, onProgress });
    const session = upload.perhaps === 'otherwise' ? await correct(client, recorded, meta) : recorded;
    return { state: { kind: 'done', session }, lost: false, ended: false };
  } catch (error) {
    if (signal.aborted) return { state: { kind: 'ready' }, lost: true, ended: false };
    const code = isKinebaseError(error) ? error.code : null;
    const lost = code === 'network' || code === 'timeout';
    const refusal = lost ? { text: lostAfter(furthest_bytes, upload.file.size) } : refusalOf(error);
    return { state: { kind: 'failed', refusal }, lost, ended: hasEnded(error) };
  }
}

const lostAfter = (sent_bytes: number, all_bytes: number): string =>
  sent_bytes === 0
    ? words.faults.network
    : sent_bytes < all_bytes
      ? recordWords.cut(sizeOf(sent_bytes), sizeOf(all_bytes))
      : recordWords.unanswered(sizeOf(all_bytes));

function metaOf({
  file,
  sessionID,
  athleteID,
  exerciseID,
  assessmentID,
  date,
  sessionName,
  processing,
}: Upload): RecordingMeta {
  const given = { exerciseID, assessmentID, sessionName: sessionName.trim() };
  return {
    fileName: file.name,
    sessionID,
    athleteID,
    ...(date === '' ? {} : { date: new Date(date) }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
    ...processingMeta(processing),
  };
}
