import { followChanges } from './byChanges.ts';
import { compareLists } from './byLists.ts';
import { type CreatedRun, createRun } from './createRun.ts';
import { realDisk } from './disk.ts';
import { diskFault } from './error.ts';
import { fill } from './fill.ts';
import { openMirror, peek } from './mirror.ts';
import type { SyncOptions } from './options.ts';
import type { CountedKind, SyncSummary } from './outcome.ts';
import type { PlannedSession } from './plan.ts';
import { organizationOf } from './source.ts';
import type { MirrorState } from './state.ts';
import { findLost, verify } from './verify.ts';
import { writeTables } from './writeTables.ts';

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
  if (options.verify) await verify(run);
  else await findLost(run);
  run.progress({ phase: 'reading', open: true });
  const filling = { again, retry: true };
  const followed = await followChanges(run, filling);
  const toRetry = followed ?? (await compareLists(run, wanted, filling));
  // What failed in passing may be well by now.
  await fill(run, [...inState(run.state, toRetry)], {});
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
