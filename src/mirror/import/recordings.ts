import { createHash } from 'node:crypto';
import type { Session } from '../../contract/sessions.ts';
import type { RecordingMeta } from '../../sdk/index.ts';
import { unlessAbsent } from '../fetch.ts';
import { RecordError, readReport, readSeries } from '../records.ts';
import { uploadOf } from './made.ts';
import { at } from './place.ts';
import type { ImportRun } from './run.ts';

/** What is sent of a session. */
export interface Content {
  bytes: Uint8Array;
  meta: Pick<RecordingMeta, 'imported'> & Partial<RecordingMeta> & { fileName: string };
}

/**
 * The recording of a session at the source. Of a Kinebase the original, with how it was processed; of another server its
 * series and its report. `received`: the original of that Kinebase is what another server had.
 */
export async function fetchContent(run: ImportRun, session: Session, received: boolean): Promise<Content> {
  return at('source', run.full ? originalOf(run, session, received) : documentOf(run, session));
}

async function originalOf(
  { from, signal }: ImportRun,
  { s3Key, 'Session ID': id }: Session,
  received: boolean,
): Promise<Content> {
  const { fileName, bytes, sha256 } = await from.sessions.original(id, { signal });
  if (sha256 !== null && sha256 !== sha256Of(bytes))
    throw new RecordError('the recorded file has another checksum than the server states: it was cut off');
  const meta = received
    ? ({ fileName, imported: 'true' } as const)
    : { fileName, ...uploadOf(await from.reportData(s3Key, { signal })) };
  return { bytes, meta };
}

async function documentOf(run: ImportRun, session: Session): Promise<Content> {
  const { ikData, reportData } = await seriesAndReport(run, session);
  const text = JSON.stringify({ source: run.url, ikData, reportData });
  return { bytes: new TextEncoder().encode(text), meta: { fileName: 'imported.json', imported: 'true' } };
}

/** Both looked at; a report may be missing, series may not. Throws RecordError. */
export async function seriesAndReport({ from, signal }: ImportRun, session: Session) {
  const { s3Key } = session;
  const [series, report] = [
    await unlessAbsent(from.ikData(s3Key, { signal })),
    await unlessAbsent(from.reportData(s3Key, { signal })),
  ];
  if (series === null) throw new RecordError('it has no series of this session (404)');
  return {
    ikData: readSeries(series),
    reportData: report === null ? null : readReport(session, report),
  };
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
