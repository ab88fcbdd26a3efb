import type { Session } from '../contract/sessions.ts';
import { isKinebaseError, type List } from '../sdk/index.ts';
import { createSeen, faultOf, forgetUnseen, settlePlan } from './byChanges.ts';
import { type FillOptions, fill } from './fill.ts';
import type { CountedKind } from './outcome.ts';
import { emptyPlan, type Plan, plannedSessions, planRecord, planSession } from './plan.ts';
import type { Run } from './run.ts';
import { isNotOffered } from './source.ts';
import { LIST_KINDS, type ListKind } from './state.ts';

/**
 * Reads every list to its end and compares: for servers without a change feed. A session counts as unchanged while its record
 * is; what such a server computes again under the same key cannot be seen.
 */
export async function compareLists(
  run: Run,
  wanted: (kind: CountedKind) => boolean,
  options: FillOptions,
): Promise<string[]> {
  const plan = emptyPlan();
  const seen = createSeen();
  const whole: (ListKind | 'sessions')[] = [];
  for (const kind of LIST_KINDS) {
    if (!wanted(kind) || run.stopped() !== null) continue;
    const records = await readList(run, kind, () => run.client[kind].list() as List<unknown>);
    if (records === null) continue;
    whole.push(kind);
    for (const value of records) {
      const id = planRecord(plan, kind, '', value, faultOf(run));
      if (id !== null) seen.add(kind, id);
      else withdraw(whole, kind);
    }
  }
  const sessions = await readSessions(run, plan, seen.add);
  if (sessions) whole.push('sessions');
  await settlePlan(run, { ...plan, sessions: new Map() }, []);
  const planned = [...plannedSessions(plan, run.state)];
  run.progress({ total: planned.length, open: false });
  const toRetry = await fill(run, planned, { ...options, byRecord: true });
  if (run.stopped() !== null) return toRetry;
  // A list that changes while it is paged through may miss a session: what is gone is missing twice.
  const missed = [...run.state.sessions.keys()].some((id) => !seen.has('sessions', id));
  if (sessions && missed && !(await readSessions(run, emptyPlan(), seen.add))) withdraw(whole, 'sessions');
  await forgetUnseen(run, seen, null, whole);
  return toRetry;
}

/** What is in a list that could not be read is not known to be all. */
function withdraw<T>(list: T[], item: T): void {
  const place = list.indexOf(item);
  if (place >= 0) list.splice(place, 1);
}

/** All of a list; null where it could not be read, which is told, or is not offered. */
async function readList(run: Run, kind: ListKind, list: () => List<unknown>): Promise<unknown[] | null> {
  try {
    return await list().all();
  } catch (error) {
    if (kind !== 'athletes' && (isNotOffered(error) || isAbsent(error)))
      run.notes.push(`the server has no list of ${kind}`);
    else if (!run.signal.aborted) run.fail({ kind, id: '', name: `the list of ${kind}` }, error);
    return null;
  }
}

/** The public contract says of these two that their paths exist, and no more. An API gateway answers 403 without a code. */
const isAbsent = (error: unknown): boolean =>
  isKinebaseError(error) && [403, 404, 405].includes(error.status) && error.code !== 'unauthorized';

/** Adds every session to the plan; whether the list came to its end. */
async function readSessions(
  run: Run,
  plan: Plan,
  see: (kind: 'sessions', id: string) => void,
): Promise<boolean> {
  let sound = true;
  for (let attempt = 0; ; attempt++) {
    try {
      for await (const { items } of run.client.sessions.list({}, { signal: run.signal }).pages()) {
        for (const value of items as readonly unknown[]) {
          const id = planSession(plan, (value as Session | null)?.['Session ID'] ?? '', value, faultOf(run));
          if (id === null) sound = false;
          else see('sessions', id);
        }
      }
      return sound;
    } catch (error) {
      // A token that ended in the middle of a list: the list can be begun again.
      const again = isKinebaseError(error) && TOKEN_ENDED.has(error.code) && attempt < BEGUN_AGAIN;
      if (again) continue;
      if (!run.signal.aborted) run.fail({ kind: 'sessions', id: '', name: 'the list of sessions' }, error);
      return false;
    }
  }
}

const TOKEN_ENDED: ReadonlySet<string> = new Set([
  'invalid_continuation_token',
  'continuation_token_mismatch',
]);
const BEGUN_AGAIN = 2;
