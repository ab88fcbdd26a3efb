import { setMaxListeners } from 'node:events';
import type { KinebaseClient } from '../../sdk/index.ts';
import type { Failure, Happened } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { type Progress, reasonOf } from '../run.ts';
import { isAway, isRefused, mayPass } from './place.ts';

/** What an import counts. A session counts with its recording. */
export const IMPORTED = ['athletes', 'exercises', 'assessments', 'sessions'] as const;
export type ImportedKind = (typeof IMPORTED)[number];

export interface ImportCounts {
  new: number;
  changed: number;
  unchanged: number;
  failed: number;
  /** At the destination and not in the list of the source: recorded there, or deleted at the source. They stay. */
  onlyHere: number;
}

/** What an import did, and what it could not do. */
export interface ImportSummary {
  /** `contract`: the source has the public contract and no more, so recordings are its series and reports. */
  source: 'kinebase' | 'contract';
  /** False when something failed, or was not come to: the same command again goes on there. */
  complete: boolean;
  /** Somebody ended it before that. */
  interrupted: boolean;
  dryRun: boolean;
  counts: Record<ImportedKind, ImportCounts>;
  failed: Failure[];
  /** Sessions that were not come to. */
  left: number;
  notes: string[];
}

export interface ImportListeners {
  onProgress?: ((progress: Progress) => void) | undefined;
  onHappening?: ((happened: Happened) => void) | undefined;
  onFailure?: ((failure: Failure) => void) | undefined;
}

export interface RunOptions extends ImportListeners {
  from: KinebaseClient;
  to: KinebaseClient;
  /** Of the source. */
  url: string;
  /** Whether the source is a Kinebase. */
  full: boolean;
  parallel: number;
  dryRun: boolean;
  refresh: boolean;
  signal?: AbortSignal | undefined;
}

/** An import under way: what its steps share. */
export interface ImportRun extends Omit<RunOptions, keyof ImportListeners | 'signal'> {
  readonly signal: AbortSignal;
  readonly notes: string[];
  counts: ImportSummary['counts'];
  /** Why it goes no further; null while it does. */
  stopped(): string | null;
  happened(kind: ImportedKind, id: string, what: 'new' | 'changed', name: string): void;
  unchanged(kind: ImportedKind): void;
  fail(failure: Omit<Failure, 'reason' | 'code'>, error: unknown): void;
  /**
   * Works on one record: what fails is told, and does not stop the others unless they would meet the same. With `again`, what
   * may pass is handed to it instead of being told. False when it was interrupted.
   */
  attempt(
    kind: ImportedKind,
    id: string,
    name: string,
    work: () => Promise<void>,
    again?: (() => void) | null,
  ): Promise<boolean>;
  leave(sessions: number): void;
  progress(step: Partial<Progress>): void;
  summary(): ImportSummary;
}

/** Records in a row that met a server that was away. */
const LONGEST_STREAK = 16;

export function createImportRun({ onProgress, onHappening, onFailure, ...options }: RunOptions): ImportRun {
  const ended = new AbortController();
  // Every request that is under way listens.
  setMaxListeners(0, ended.signal);
  options.signal?.addEventListener('abort', () => ended.abort(), { once: true });
  if (options.signal?.aborted) ended.abort();
  const failed: Failure[] = [];
  const notes: string[] = [];
  const none = { new: 0, changed: 0, unchanged: 0, failed: 0, onlyHere: 0 };
  const counts = Object.fromEntries(IMPORTED.map((kind) => [kind, { ...none }])) as ImportSummary['counts'];
  let stopped: string | null = null;
  let left = 0;
  let streak = 0;
  const run: ImportRun = {
    ...options,
    signal: ended.signal,
    notes,
    counts,
    stopped: () => stopped ?? (ended.signal.aborted ? 'it was interrupted' : null),
    happened(kind, id, what, name) {
      counts[kind][what]++;
      onHappening?.({ kind, id, what, name });
    },
    unchanged(kind) {
      counts[kind].unchanged++;
    },
    fail(failure, error) {
      const whole = { ...failure, ...reasonOf(error) };
      failed.push(whole);
      const kind = IMPORTED.find((each) => each === failure.kind);
      if (kind !== undefined && failure.id !== '') counts[kind].failed++;
      onFailure?.(whole);
    },
    async attempt(kind, id, name, work, again = null) {
      try {
        await work();
        streak = 0;
      } catch (error) {
        if (ended.signal.aborted) return false;
        streak = isAway(error) ? streak + 1 : 0;
        if (isRefused(error)) stop((error as Error).message);
        else if (streak >= Math.max(LONGEST_STREAK, 2 * options.parallel))
          stop(`${streak} records in a row could not be imported: ${(error as Error).message}`);
        if (again !== null && mayPass(error) && stopped === null) again();
        else run.fail({ kind, id, name }, error);
      }
      return true;
    },
    leave(sessions) {
      left += sessions;
    },
    progress: createProgress(onProgress),
    summary: () => ({
      source: options.full ? 'kinebase' : 'contract',
      complete: failed.length === 0 && left === 0 && run.stopped() === null,
      interrupted: options.signal?.aborted === true,
      dryRun: options.dryRun,
      counts,
      failed,
      left,
      notes,
    }),
  };
  const stop = (reason: string) => {
    stopped ??= reason;
    notes.push(`the import went no further: ${reason}`);
    ended.abort();
  };
  return run;
}
