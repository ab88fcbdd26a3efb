import type { Organization } from '../contract/organizations.ts';
import { isKinebaseError } from '../sdk/index.ts';
import { followChanges } from './byChanges.ts';
import { compareLists } from './byLists.ts';
import { type CreatedRun, createRun } from './createRun.ts';
import { realDisk } from './disk.ts';
import { diskFault } from './error.ts';
import { fill } from './fill.ts';
import { type OpenFolder, openMirror, peek } from './mirror.ts';
import type { SyncOptions } from './options.ts';
import type { CountedKind, SyncSummary } from './outcome.ts';
import type { PlannedSession } from './plan.ts';
import { organizationOf } from './source.ts';
import { emptyState, type MirrorState, RECORD_KINDS } from './state.ts';
import { findLost, verify } from './verify.ts';
import { unwrittenOf, writeTables } from './writeTables.ts';

/**
 * Makes a folder equal to what an account sees. Throws MirrorError where the folder cannot be had or written, and
 * KinebaseError where the server cannot be asked at all; everything else that goes wrong stands in the summary.
 */
export async function syncMirror(options: SyncOptions): Promise<SyncSummary> {
  const { client, dryRun = false, disk = realDisk, now = Date.now, signal } = options;
  let organization: Organization | null;
  try {
    organization = await organizationOf(client, signal);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    return createRun(options, disk, nothing(options), false).summary('lists');
  }
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
  const { only, dryRun = false } = options;
  const wanted = (kind: CountedKind) => only === undefined || only.has(kind);
  const by = await fetchAll(run, options, wanted);
  if (dryRun) {
    for (const kind of RECORD_KINDS)
      if (wanted(kind)) for (const told of unwrittenOf(run.state, kind)) run.outcomes.happened(...told);
  } else if (!run.interrupted())
    await writeTables(run, (table) =>
      wanted(table.startsWith('reports/') ? 'reports' : (table as CountedKind)),
    );
  return run.summary(by);
}

/** Everything but the tables. */
async function fetchAll(
  run: CreatedRun,
  options: SyncOptions,
  wanted: (kind: CountedKind) => boolean,
): Promise<SyncSummary['by']> {
  const filling = { again: options.refresh === true, retry: true };
  let by: SyncSummary['by'] = run.isKinebase ? 'changes' : 'lists';
  try {
    if (options.verify) await verify(run);
    else await findLost(run);
    run.progress({ phase: 'reading', open: true });
    const followed = await followChanges(run, filling);
    by = followed === null ? 'lists' : 'changes';
    const toRetry = followed ?? (await compareLists(run, wanted, filling));
    // What failed in passing may be well by now.
    await fill(run, [...inState(run.state, toRetry)], {});
  } catch (error) {
    // A question that was under way; what had come until then stays.
    if (!run.interrupted() || !isKinebaseError(error)) throw error;
  }
  return by;
}

/** Of a sync that was interrupted before it had looked at anything. */
const nothing = ({ folder }: SyncOptions): OpenFolder => ({
  folder,
  state: emptyState(),
  formats: [],
  incoming: () => '',
  settle: async () => {},
});

function* inState({ sessions }: MirrorState, ids: readonly string[]): Iterable<PlannedSession> {
  for (const id of new Set(ids)) {
    const session = sessions.get(id);
    if (session !== undefined) {
      const { record, report } = session;
      yield { id, record, report, fresh: false, touched: false };
    }
  }
}
