import type { OriginalLink, RecordingSummary } from '../contract/recordings.ts';
import type { RepetitionsPatch, Report, ReportVersion } from '../contract/reports.ts';
import type { RecordSessionQuery, Session, SessionPatch } from '../contract/sessions.ts';
import type { CallOptions } from './call.ts';
import { fileNameOf } from './disposition.ts';
import { KinebaseError } from './errors.ts';
import { newId } from './ids.ts';
import { linesOf } from './lines.ts';
import { type List, type ListOptions, listPages, listWhole } from './pages.ts';
import type { Send } from './request.ts';
import type { FileLike } from './runtime.ts';
import { beyondFilters, type ExportFilters, type SessionFilters } from './sessionFilters.ts';
import type { Settings } from './settings.ts';
import type { FileStream } from './tables.ts';
import { type FileContent, type OnProgress, prepareUpload } from './upload.ts';

/** What is known of a recording besides its bytes. */
export interface RecordingMeta extends Omit<RecordSessionQuery, 'fileName' | 'date'> {
  /** Its ending says the format. May be left out for a `File`, which has a name. */
  fileName?: string;
  date?: string | Date;
}

export interface RecordOptions extends CallOptions {
  onProgress?: OnProgress | undefined;
}

/** A recorded file as it was sent. */
export interface OriginalRecording {
  fileName: string;
  bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex; null where the server does not say. */
  sha256: string | null;
}

export interface Sessions {
  list(filters?: SessionFilters, options?: ListOptions): List<Session>;
  /**
   * Every session that matches, in one answer that is read as it comes in, in the order of their ids. An answer that breaks
   * off throws `network`: there is no going on from its middle.
   *
   * @example
   * for await (const session of client.sessions.export()) console.log(session['Session ID']);
   */
  export(filters?: ExportFilters, options?: CallOptions): AsyncIterable<Session>;
  get(id: string, options?: CallOptions): Promise<Session>;
  patch(id: string, changes: SessionPatch, options?: CallOptions): Promise<Session>;
  delete(id: string, options?: CallOptions): Promise<void>;
  /**
   * Records a session from a file. It gets a `sessionID` made here where meta has none, so that it is safe to try again.
   *
   * @example
   * const session = await client.sessions.record(bytes, { fileName: 'squats.mot', athleteID, exerciseID });
   * const report = await client.reportData(session.s3Key);
   */
  record(file: FileContent, meta: RecordingMeta, options?: RecordOptions): Promise<Session>;
  /** Every report that the session ever had, newest first. */
  reports(id: string, options?: CallOptions): List<ReportVersion>;
  /**
   * Sets the repetitions, or has them found again with `Repetitions: null`; answers the report that follows.
   *
   * @example
   * const { Repetitions, Provenance } = await client.reportData(session.s3Key);
   * const kept = Repetitions.slice(1).map(({ Start, Peak, End }) => ({ Start, Peak, End }));
   * await client.sessions.repetitions(id, { Repetitions: kept, Version: Provenance.ReportVersion });
   */
  repetitions(id: string, patch: RepetitionsPatch, options?: CallOptions): Promise<Report>;
  original(id: string, options?: CallOptions): Promise<OriginalRecording>;
  /** The same as it comes in: recordings may be large. The checksum is for whoever reads to compare. */
  originalFile(id: string, options?: CallOptions): Promise<FileStream & Pick<OriginalRecording, 'sha256'>>;
  /** Where the original may be read without a token for 15 minutes; its `URL` is null where the server has no links. */
  originalLink(id: string, options?: CallOptions): Promise<OriginalLink>;
  /** What was read from the original, before anything was computed from it. */
  recording(id: string, options?: CallOptions): Promise<RecordingSummary>;
}

/** Sending and computing a recording takes longer than any other call. */
const RECORD_TIMES = 10;

export function sessions(send: Send, { now, fetch, timeout_ms: usual_ms }: Settings): Sessions {
  return {
    list: (filters = {}, options) =>
      listPages(send, { endpoint: 'listSessions', query: filters, beyond: beyondFilters(filters) }, options),
    export: async function* (filters = {}, options) {
      const { chunks } = await send.chunks({ endpoint: 'exportSessions', query: filters, ...options });
      for await (const line of linesOf(chunks)) yield JSON.parse(line) as Session;
    },
    get: async (id, options) => (await send({ endpoint: 'getSession', id, ...options })).value as Session,
    originalLink: async (id, options) =>
      (await send({ endpoint: 'originalLink', id, ...options })).value as OriginalLink,
    recording: async (id, options) =>
      (await send({ endpoint: 'recordingSummary', id, ...options })).value as RecordingSummary,
    patch: async (id, changes, options) =>
      (await send({ endpoint: 'patchSession', id, json: changes, ...options })).value as Session,
    delete: async (id, options) => {
      await send({ endpoint: 'deleteSession', id, ...options });
    },
    record: async (content, meta, { onProgress, signal, timeout_ms = RECORD_TIMES * usual_ms } = {}) => {
      const fileName = meta.fileName ?? (content as FileLike).name;
      if (!fileName)
        throw new KinebaseError(
          'missing_parameter',
          'meta.fileName is required: its ending says the format.',
        );
      const file = await prepareUpload(content, onProgress, fetch);
      const { value } = await send({
        endpoint: 'recordSession',
        query: { ...meta, fileName, sessionID: meta.sessionID ?? newId(now()) },
        headers: { 'content-type': 'application/octet-stream' },
        file,
        repeatable: true,
        signal,
        timeout_ms,
      });
      file.finish();
      return value as Session;
    },
    reports: (id, options) => listWhole(send, { endpoint: 'listReports', id }, options),
    repetitions: async (id, patch, options) =>
      (await send({ endpoint: 'patchRepetitions', id, json: patch, ...options })).value as Report,
    original: async (id, options) => {
      const { bytes, header } = await send.bytes({ endpoint: 'originalRecording', id, ...options });
      return { ...namedOriginal(id, header), bytes };
    },
    originalFile: async (id, options) => {
      const { chunks, header } = await send.chunks({ endpoint: 'originalRecording', id, ...options });
      return { ...namedOriginal(id, header), chunks };
    },
  };
}

const namedOriginal = (id: string, header: (name: string) => string | null) => ({
  fileName: fileNameOf(header('content-disposition')) ?? id,
  sha256: header('x-content-sha256'),
});
