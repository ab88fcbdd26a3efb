import { setMaxListeners } from 'node:events';
import type { Disk } from './disk.ts';
import { KINDS } from './fill.ts';
import type { MirrorChange, OpenFolder } from './mirror.ts';
import type { SyncOptions } from './options.ts';
import {
  COUNTED,
  type CountedKind,
  type Counts,
  createOutcomes,
  type Failure,
  type SyncSummary,
} from './outcome.ts';
import { createProgress } from './progress.ts';
import { type Run, reasonOf } from './run.ts';
import { type MirrorState, PART_NAMES, RECORD_KINDS } from './state.ts';
import { writtenOf } from './unwritten.ts';

export interface CreatedRun extends Run {
  summary(by: SyncSummary['by']): SyncSummary;
}

export function createRun(
  options: SyncOptions,
  disk: Disk,
  mirror: OpenFolder,
  isKinebase: boolean,
): CreatedRun {
  const { client, only, parallel = 8, dryRun = false, signal } = options;
  const ended = new AbortController();
  // Every request that is under way listens.
  setMaxListeners(0, ended.signal);
  signal?.addEventListener('abort', () => ended.abort(), { once: true });
  if (signal?.aborted) ended.abort();
  const interrupted = () => signal?.aborted === true;
  let stopped: string | null = null;
  let left = 0;
  const failed: Failure[] = [];
  const missing: SyncSummary['missing'] = [];
  const notes: string[] = [];
  const files = { written: 0, removed: 0, written_bytes: 0 };
  const progress = createProgress(options.onProgress);
  const outcomes = createOutcomes(options.onHappening ?? (() => {}));
  const wanted = (kind: CountedKind) => only === undefined || only.has(kind);
  const { folder, state, formats } = mirror;
  return {
    client,
    folder,
    disk,
    state,
    formats,
    isKinebase,
    parts: new Set(PART_NAMES.filter((part) => wanted(KINDS[part]) && (part !== 'original' || isKinebase))),
    parallel,
    dryRun,
    followAll: options.followDeletions === true,
    outcomes,
    notes,
    missing,
    signal: ended.signal,
    stopped: () => stopped ?? (ended.signal.aborted ? 'it was interrupted' : null),
    stop(reason) {
      if (stopped !== null) return;
      stopped = reason;
      notes.push(`the sync went no further: ${reason}`);
      ended.abort();
    },
    interrupted,
    incoming: mirror.incoming,
    async settle(change) {
      const { put = [], drop = [] } = change;
      await mirror.settle(change);
      if (dryRun) return;
      files.written += put.length;
      // Of a session's files it is counted while they come in.
      files.written_bytes += tableBytes(change);
      const stays = new Set(put.map(({ path }) => path));
      files.removed += new Set(drop.filter((path) => !stays.has(path))).size;
    },
    fail(failure, error) {
      const whole = { ...failure, ...reasonOf(error) };
      failed.push(whole);
      options.onFailure?.(whole);
    },
    leave(sessions) {
      left += sessions;
    },
    progress(step) {
      files.written_bytes += step.bytes ?? 0;
      progress(step);
    },
    summary: (by) => ({
      by,
      complete: failed.length === 0 && left === 0 && stopped === null && !ended.signal.aborted,
      interrupted: interrupted(),
      dryRun,
      counts: Object.fromEntries(
        COUNTED.map((kind): [CountedKind, Counts] => {
          const isPart = PART_NAMES.some((name) => KINDS[name] === kind);
          return [
            kind,
            outcomes.counts(kind, countOf(state, kind, dryRun && wanted(kind)), dryRun && isPart),
          ];
        }),
      ) as SyncSummary['counts'],
      failed,
      missing,
      left,
      notes,
      files,
    }),
  };
}

const tableBytes = ({ entries }: MirrorChange): number =>
  entries.reduce((sum, entry) => sum + (entry.kind === 'table' && entry.table !== null ? entry.bytes : 0), 0);

/** How many of a kind the mirror holds; of records, those that their table shows, or `foreseen` will show. */
function countOf(state: MirrorState, kind: CountedKind, foreseen: boolean): number {
  const records = RECORD_KINDS.find((each) => each === kind);
  if (records !== undefined) {
    const known = state[records].size;
    return foreseen ? known : writtenOf(state.unwritten[records], known);
  }
  const part = PART_NAMES.find((each) => KINDS[each] === kind)!;
  let count = 0;
  for (const { parts } of state.sessions.values()) if (parts[part]?.files.length) count++;
  return count;
}
