import { useEffect, useReducer, useRef } from 'react';
import { useClient } from '../../react/index.ts';
import { isKinebaseError, type RecordingMeta } from '../../sdk/index.ts';
import { hasEnded, useAccount } from '../account.tsx';
import { sizeOf } from '../ui/sizeOf.ts';
import { words } from '../words/common.ts';
import { recordWords } from '../words/record.ts';
import { correct } from './correct.ts';
import { processingMeta } from './processing.ts';
import { refusalOf } from './refusal.ts';
import { type Upload, type UploadState, uploadsAfter } from './upload.ts';

/** At a time: the server computes each recording while the next comes in. */
const PARALLEL = 2;

/** The files of this page, and the sending of those that are to go. */
export function useUploads() {
  const client = useClient();
  const { end } = useAccount();
  const [uploads, dispatch] = useReducer(uploadsAfter, []);
  const stops = useRef(new Map<string, AbortController>());

  useEffect(() => {
    const send = async (upload: Upload) => {
      const { sessionID } = upload;
      const stop = new AbortController();
      stops.current.set(sessionID, stop);
      const show = (state: UploadState, lost = false) => dispatch({ do: 'state', sessionID, state, lost });
      const meta = metaOf(upload);
      let attempts = 0;
      let furthest_bytes = 0;
      const onProgress = (sent_bytes: number) => {
        if (sent_bytes === 0) attempts++;
        furthest_bytes = Math.max(furthest_bytes, sent_bytes);
        show({ kind: 'sending', sent_bytes, again: attempts > 1 });
      };
      show({ kind: 'sending', sent_bytes: 0, again: false });
      try {
        const { signal } = stop;
        const recorded = await client.sessions.record(upload.file, meta, { signal, onProgress });
        const session = upload.perhaps === 'otherwise' ? await correct(client, recorded, meta) : recorded;
        show({ kind: 'done', session });
      } catch (error) {
        const code = isKinebaseError(error) ? error.code : null;
        const lost = code === 'network' || code === 'timeout';
        if (stop.signal.aborted) show({ kind: 'ready' }, true);
        else {
          if (hasEnded(error)) end();
          const refusal = lost ? { text: lostAfter(furthest_bytes, upload.file.size) } : refusalOf(error);
          show({ kind: 'failed', refusal }, lost);
        }
      } finally {
        stops.current.delete(sessionID);
      }
    };
    const free = PARALLEL - stops.current.size;
    const next = uploads.filter(
      ({ state, sessionID }) => state.kind === 'waiting' && !stops.current.has(sessionID),
    );
    for (const upload of next.slice(0, Math.max(0, free))) void send(upload);
  }, [uploads, client, end]);

  return {
    uploads,
    dispatch,
    /** Ends the sending; the file stays in the list. */
    stop(sessionID: string) {
      const running = stops.current.get(sessionID);
      if (running !== undefined) running.abort();
      else dispatch({ do: 'state', sessionID, state: { kind: 'ready' } });
    },
  };
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
