import type { KinebaseClient } from '../../sdk/index.ts';
import { sendFile } from './sendFile.ts';
import { isUnfinished, type Upload, type UploadAction, type UploadState, uploadsAfter } from './upload.ts';

/** At a time: the server computes each recording while the next comes in. */
const PARALLEL = 2;

/** The files of whoever is signed in, and the sending of those that are to go, whichever view is open. */
export interface UploadList {
  current(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  dispatch(action: UploadAction): void;
  /** Ends the sending; the file stays in the list. */
  stop(sessionID: string): void;
  /** Ends everything, and keeps nothing. */
  end(): void;
  /** Hears when the server takes the sign-in no more. */
  onSignInEnded(): void;
}

export function createUploadList(client: KinebaseClient): UploadList {
  let uploads: readonly Upload[] = [];
  const listeners = new Set<() => void>();
  const stops = new Map<string, AbortController>();

  const become = (next: readonly Upload[]) => {
    uploads = next;
    // Only while something would be lost with the page: where it listens for this, a browser cannot keep it for going back.
    if (uploads.some(isUnfinished)) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
    for (const listener of listeners) listener();
  };
  const dispatch = (action: UploadAction) => {
    become(uploadsAfter(uploads, action));
    while (stops.size < PARALLEL) {
      const next = uploads.find(({ state, sessionID }) => state.kind === 'waiting' && !stops.has(sessionID));
      if (next === undefined) return;
      void send(next);
    }
  };
  const send = async (upload: Upload) => {
    const { sessionID } = upload;
    const stop = new AbortController();
    stops.set(sessionID, stop);
    const onState = (state: UploadState) => dispatch({ do: 'state', sessionID, state });
    const { state, lost, ended } = await sendFile(client, upload, { signal: stop.signal, onState });
    stops.delete(sessionID);
    if (ended) list.onSignInEnded();
    dispatch({ do: 'state', sessionID, state, lost });
  };

  const list: UploadList = {
    current: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispatch,
    stop(sessionID) {
      const running = stops.get(sessionID);
      if (running !== undefined) running.abort();
      else dispatch({ do: 'state', sessionID, state: { kind: 'ready' } });
    },
    end() {
      become([]);
      for (const running of stops.values()) running.abort();
    },
    onSignInEnded() {},
  };
  return list;
}

/** Has the browser ask whether the page is to go. */
const ask = (event: BeforeUnloadEvent) => event.preventDefault();
