import type { KinebaseClient } from '../sdk/index.ts';
import { followChanges } from './byChanges.ts';
import { compareLists } from './byLists.ts';
import { type CreatedRun, createRun } from './createRun.ts';
import { type Disk, realDisk } from './disk.ts';
import { diskFault } from './error.ts';
import { fill } from './fill.ts';
import type { MirrorFormat } from './formats.ts';
import { openMirror, peek } from './mirror.ts';
import type { CountedKind, Failure, Happened, SyncSummary } from './outcome.ts';
import type { PlannedSession } from './plan.ts';
import type { Progress } from './run.ts';
import { organizationOf } from './source.ts';
import type { MirrorState } from './state.ts';
import { verify } from './verify.ts';
import { writeTables } from './writeTables.ts';

export interface SyncOptions {
  client: KinebaseClient;
  /** Of the server, without a slash at the end. */
  url: string;
  /** Name of the account, as far as it is known. */
  account: string | null;
  folder: string;
  /** Absent: those that the mirror has, or Parquet. */
  formats?: readonly MirrorFormat[] | undefined;
  /** Absent: everything. */
  only?: ReadonlySet<CountedKind> | undefined;
  /** Sessions fetched at a time; 8 when absent. */
  parallel?: number | undefined;
  /** Only find out what there is to do. */
  dryRun?: boolean | undefined;
  /** Read every file again and fetch those that are not what they were. */
  verify?: boolean | undefined;
  /** Fetch series and reports that are there already, too. */
  refresh?: boolean | undefined;
  /** Remove also where suspiciously much is gone. */
  followDeletions?: boolean | undefined;
  /** The server is at another URL than before. */
  moved?: boolean | undefined;
  /** Ends the sync in order: what was fetched stays. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  onHappening?: ((happened: Happened) => void) | undefined;
  onFailure?: ((failure: Failure) => void) | undefined;
  disk?: Disk | undefined;
  /** Milliseconds since 1970 UTC. */
  now?: (() => number) | undefined;
}

/**
 * Makes a folder equal to what an account sees. Throws MirrorError where the folder cannot be had or written, and
 * KinebaseError where the server cannot be asked at all; everything else that goes wrong stands in the summary.
 */
export async function syncMirror(options: SyncOptions): Promise<SyncSummary> {
  const { client, dryRun = false, disk = realDisk, now = Date.now } = options;
  const organization = await organizationOf(client);
  const source = {
    url: options.url.replace(/\/+$/, ''),
    organization: organization?.OrganizationID ?? null,
    account: organization === null ? options.account : null,
  };
  const { folder, formats = null, moved = false } = options;
  const opening = { folder, source, formats, moved, disk };
  try {
    if (dryRun)
      return await bringUp(createRun(options, disk, await peek(opening), organization !== null), options);
    const mirror = await openMirror(opening);
    try {
      const run = createRun(options, disk, mirror, organization !== null);
      run.notes.push(...mirror.notes);
      const summary = await bringUp(run, options);
      await mirror.finish(summary.complete, new Date(now()).toISOString());
      return summary;
    } finally {
      await mirror.close();
    }
  } catch (error) {
    throw diskFault(error) ?? error;
  }
}

async function bringUp(run: CreatedRun, options: SyncOptions): Promise<SyncSummary> {
  const { only, dryRun = false, refresh: again = false } = options;
  const wanted = (kind: CountedKind) => only === undefined || only.has(kind);
  if (options.verify && !dryRun) await verify(run);
  run.progress({ phase: 'reading' });
  const filling = { again, retry: true };
  const followed = await followChanges(run, filling);
  const toRetry = followed ?? (await compareLists(run, wanted, filling));
  // What failed in passing may be well by now.
  await fill(run, inState(run.state, toRetry), {});
  if (!dryRun && options.signal?.aborted !== true)
    await writeTables(run, (table) =>
      wanted(table.startsWith('reports/') ? 'reports' : (table as CountedKind)),
    );
  return run.summary(followed === null ? 'lists' : 'changes');
}

function* inState({ sessions }: MirrorState, ids: readonly string[]): Iterable<PlannedSession> {
  for (const id of new Set(ids)) {
    const session = sessions.get(id);
    if (session !== undefined) {
      const { record, report } = session;
      yield { id, record, report, fresh: false, touched: false };
    }
  }
}
