/** `GET /recomputation`: reports that are being computed again, of the organization. */
export interface Recomputation {
  /** Version of the pipeline that computes now. */
  PipelineVersion: number;
  /** Sessions whose current report was computed by an older one. */
  Outdated: number;
  Waiting: number;
  Running: number;
  /** Finished within the last day. */
  Done: number;
  /** Given up after repeated failures; each stays listed until it is queued again. */
  Failed: number;
  Failures: { 'Session ID': string; Error: string; Attempts: number }[];
}

/** Body of `POST /recomputation`: what to compute again. At least one member; several are joined by "and". */
export interface RecomputationInput {
  /** Sessions of this exercise, after its ranges or metrics were changed. */
  'Exercise ID'?: string;
  'Session ID'?: string;
  /** true: only sessions whose report an older pipeline computed, or whose recomputation failed. */
  Outdated?: boolean;
  /** true: every session of the organization. */
  All?: boolean;
}
