import { SIGN_IN_ERRORS } from '../contract/errors.ts';
import { isKinebaseError, type KinebaseClient } from '../sdk/index.ts';
import type { Disk } from './disk.ts';
import type { MirrorFormat } from './formats.ts';
import type { MirrorChange } from './mirror.ts';
import type { createOutcomes, Failure, SyncSummary } from './outcome.ts';
import { RecordError } from './records.ts';
import type { MirrorState, PartName } from './state.ts';

/** A sync under way: what its steps share. */
export interface Run {
  readonly client: KinebaseClient;
  readonly folder: string;
  readonly disk: Disk;
  readonly state: MirrorState;
  readonly formats: readonly MirrorFormat[];
  /** Else it is another server of the contract, which has lists, JSON and nothing more. */
  readonly isKinebase: boolean;
  /** Parts of sessions that are wanted and that the server has. */
  readonly parts: ReadonlySet<PartName>;
  readonly parallel: number;
  /** Nothing is fetched and nothing is written. */
  readonly dryRun: boolean;
  /** Remove also where suspiciously much is gone. */
  readonly followAll: boolean;
  readonly outcomes: ReturnType<typeof createOutcomes>;
  readonly notes: string[];
  readonly missing: SyncSummary['missing'];
  /** Aborted by the caller, or by `stop`. */
  readonly signal: AbortSignal;
  /** Why the sync goes no further; null while it does. */
  stopped(): string | null;
  stop(reason: string): void;
  /** By the caller. */
  interrupted(): boolean;
  incoming(): string;
  settle(change: MirrorChange): Promise<void>;
  fail(failure: Omit<Failure, 'reason' | 'code'>, error: unknown): void;
  leave(sessions: number): void;
  progress(step: Partial<Progress>): void;
}

/** How far a sync is. */
export interface Progress {
  /** `reading`: what there is, before anything is fetched of it; counts records. */
  phase: 'reading' | 'sessions' | 'tables' | 'verifying';
  done: number;
  /** As far as is known; while it is read what there is, as many as `done`. */
  total: number;
  /** Whether there may be more than `total`. */
  open: boolean;
  /** Written so far. */
  bytes: number;
}

/** What failed, in words, and its stable code. */
export function reasonOf(error: unknown): { reason: string; code: string | null } {
  const { message, code } = error as { message?: string; code?: unknown };
  return { reason: message || String(error), code: typeof code === 'string' ? code : null };
}

/** Nothing of an answer came, or not all of it. */
export const isUnreached = (error: unknown): boolean =>
  isKinebaseError(error) && (error.code === 'network' || error.code === 'timeout');

/** The server is away, or has too much to do. */
export const isOutage = (error: unknown): boolean =>
  isUnreached(error) || (isKinebaseError(error) && (error.status === 429 || error.status >= 500));

/** Faults that the same question may not meet a little later: what was cut off may come whole. */
export const isPassing = (error: unknown): boolean =>
  isOutage(error) || error instanceof RecordError || (isKinebaseError(error) && error.code === 'bad_answer');

/** Faults of the account: every further question would meet them. */
export const isRefusal = (error: unknown): boolean =>
  isKinebaseError(error) &&
  (error.status === 401 || error.status === 403 || Object.hasOwn(SIGN_IN_ERRORS, error.code)) &&
  !isPassing(error);
