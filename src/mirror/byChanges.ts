import type { Changes } from '../contract/changes.ts';
import { isKinebaseError } from '../sdk/index.ts';
import { wantedParts } from './fetch.ts';
import { type FillOptions, fill, pathsOf } from './fill.ts';
import { tooMany } from './guard.ts';
import { labelOf } from './labels.ts';
import { haveRead } from './lists.ts';
import {
  changedRecords,
  emptyPlan,
  type OnFault,
  orphans,
  type Plan,
  type PlannedSession,
  planChange,
  plannedSessions,
  versionOf,
} from './plan.ts';
import type { Run } from './run.ts';
import { changesOf } from './source.ts';
import { type Entry, LIST_KINDS, type ListKind } from './state.ts';

/**
 * Follows the server's change feed from where the mirror stands. The mirror's token moves behind a page only when everything
 * that the page told of is on the disk, or is written down as still to be fetched. False where the server has no feed.
 */
export async function followChanges(run: Run, options: FillOptions): Promise<string[] | null> {
  const start = await begin(run);
  if (start === null) return null;
  const { pages, whole } = start;
  const toRetry = await fill(run, [...leftOver(run, options.again === true)], { ...options, open: true });
  const seen = createSeen();
  let filling = false;
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    const page = run.stopped() === null ? await nextPage(run, iterator) : null;
    if (page === null) return toRetry;
    const plan = emptyPlan();
    for (const change of page.changes) {
      planChange(plan, change, faultOf(run));
      seen.add(change.kind, change.id);
    }
    const sessions = [...plannedSessions(plan, run.state)];
    filling ||= sessions.length > 0;
    // From then on sessions are counted.
    if (!filling) haveRead(run, page.changes.length);
    toRetry.push(...(await fill(run, sessions, { ...options, open: page.hasMore })));
    if (run.stopped() !== null) return toRetry;
    // Until the whole feed was compared, what it does not name is not known to be gone.
    await settlePlan(run, plan, whole ? [] : [{ kind: 'token', token: page.token }]);
    if (whole && !page.hasMore) await forgetUnseen(run, seen, page.token);
  }
}

/** Null at the end of the feed, and where it breaks off, which is told: the pages before it stand. */
async function nextPage(run: Run, pages: AsyncIterator<Changes>): Promise<Changes | null> {
  try {
    const { done, value } = await pages.next();
    return done ? null : value;
  } catch (error) {
    if (!run.signal.aborted) run.fail({ kind: 'sessions', id: '', name: 'the change feed' }, error);
    return null;
  }
}

/** Where to begin. `whole`: from the beginning, to be compared with a mirror that holds something. */
async function begin(run: Run): Promise<{ pages: AsyncIterable<Changes>; whole: boolean } | null> {
  const { client, state } = run;
  const holds = state.sessions.size + LIST_KINDS.reduce((sum, kind) => sum + state[kind].size, 0) > 0;
  if (state.token !== null) {
    try {
      const pages = await changesOf(client, state.token, run.signal);
      return pages && { pages, whole: false };
    } catch (error) {
      if (!isKinebaseError(error) || !LOST.has(error.code)) throw error;
      run.notes.push(
        error.code === 'changes_lost'
          ? 'the server went back to a backup: everything is compared'
          : 'the server does not know the place where the last sync ended: everything is compared',
      );
    }
  }
  const pages = await changesOf(client, null, run.signal);
  return pages && { pages, whole: holds };
}

const LOST: ReadonlySet<string> = new Set([
  'changes_lost',
  'invalid_continuation_token',
  'continuation_token_mismatch',
]);

/** Sessions that the mirror knows of, but has not got all of. `again`: all of them. */
function* leftOver({ state, formats, parts }: Run, again: boolean): Iterable<PlannedSession> {
  for (const [id, { record, report, name, parts: had }] of state.sessions) {
    const version = versionOf(report);
    if (wantedParts({ session: record, name, version, had }, formats, parts, again).size > 0)
      yield { id, record, report, fresh: false, touched: false };
  }
}

export const faultOf =
  (run: Run): OnFault =>
  (kind, id, error) =>
    run.fail({ kind, id, name: id }, error);

/** Writes down what a plan says of records and of what is gone. */
export async function settlePlan(run: Run, plan: Plan, also: readonly Entry[]): Promise<void> {
  const entries: Entry[] = [];
  for (const { kind, id, record } of changedRecords(plan, run.state)) entries.push({ kind, id, record });
  entries.push(...orphans(plan, run.state));
  const drop = removeSessions(run, plan.deleted, entries);
  await run.settle({ drop, entries: [...entries, ...also] });
}

/** Adds the removal of sessions to the entries; answers the paths of their files. */
function removeSessions(run: Run, ids: Iterable<string>, entries: Entry[]): string[] {
  const drop: string[] = [];
  for (const id of ids) {
    const session = run.state.sessions.get(id);
    if (session === undefined) continue;
    const { name } = labelOf({ id, record: session.record });
    for (const [part, kind] of [
      ['series', 'series'],
      ['report', 'reports'],
      ['original', 'originals'],
    ] as const)
      if (session.parts[part]?.files.length) run.outcomes.happened(kind, id, 'deleted', name);
    drop.push(...pathsOf(session.parts));
    entries.push({ kind: 'session', id, record: null });
  }
  return drop;
}

/** Which records a whole feed, or whole lists, have named. */
export interface Seen {
  add(kind: string, id: string): void;
  has(kind: ListKind | 'sessions', id: string): boolean;
}

export function createSeen(): Seen {
  const keys = new Set<string>();
  const plural = (kind: string) => (kind.endsWith('s') ? kind : `${kind}s`);
  return {
    add: (kind, id) => void keys.add(`${plural(kind)} ${id}`),
    has: (kind, id) => keys.has(`${kind} ${id}`),
  };
}

/** What the mirror has and the server does not name any more is gone. `among`: the lists that were read to their end. */
export async function forgetUnseen(
  run: Run,
  seen: Seen,
  token: string | null,
  among: readonly (ListKind | 'sessions')[] = [...LIST_KINDS, 'sessions'],
): Promise<void> {
  const plan = emptyPlan();
  for (const kind of among) {
    const gone = [...run.state[kind].keys()].filter((id) => !seen.has(kind, id));
    if (tooMany(gone.length, run.state[kind].size) && !run.followAll) {
      run.fail(
        { kind, id: '', name: kind },
        new Error(
          `the server names ${run.state[kind].size - gone.length} of ${run.state[kind].size} ${kind} that the mirror has: nothing is removed; if the others are really gone, run again with --follow-deletions`,
        ),
      );
      continue;
    }
    for (const id of gone) {
      if (kind === 'sessions') plan.deleted.add(id);
      else plan.records.set(`${kind} ${id}`, { kind, id, record: null });
    }
  }
  await settlePlan(run, plan, [{ kind: 'token', token }]);
}
