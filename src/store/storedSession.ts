import type { Processing } from '../contract/processing.ts';
import type { RepetitionInput } from '../contract/reports.ts';
import type { SessionKind } from '../contract/sessions.ts';

/** What the store knows of a session: the public members, and where its recording came from. */
export interface StoredSession {
  sessionId: string;
  recordedAt_us: number;
  athleteId: string;
  /** null: recorded outside an assessment. */
  assessmentId: string | null;
  exerciseId: string;
  name: string;
  kind: SessionKind;
  duration_s: number;
  s3Key: string;
  sourceName: string;
  sourceSha256: string;
  sourceBytes: number;
  /** Sampling rate given with a file that has no time column; null otherwise. */
  sourceRate_hz: number | null;
  /** Prefix of its objects, below the organization's: the session id and a random part, so that no attempt meets another. */
  objects: string;
  /** Of the series that are current; drawn, the first is 1. */
  seriesVersion: number;
  /** Of the report that is current; counts from 1. */
  reportVersion: number;
  /** What differs from the default; null: nothing. */
  processing: Partial<Processing> | null;
  /** Set by a person; null: found automatically. */
  repetitions: readonly RepetitionInput[] | null;
  /** Version of the pipeline that computed what is current; RECEIVED: its series are another server's. */
  pipelineVersion: number;
}

/** In the place of a pipeline's version: never computed again unless a person wants it. */
export const RECEIVED = 0;
