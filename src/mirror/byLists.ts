import type { Session } from '../contract/sessions.ts';
import { createSeen, faultOf, forgetUnseen, settlePlan } from './byChanges.ts';
import { type FillOptions, fill } from './fill.ts';
import { readList, readSessions } from './lists.ts';
import type { CountedKind } from './outcome.ts';
import { emptyPlan, type Plan, plannedSessions, planRecord, planSession } from './plan.ts';
import type { Run } from './run.ts';
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
  const see = (plan: Plan) => (value: unknown) => {
    const id = planSession(plan, (value as Session | null)?.['Session ID'] ?? '', value, faultOf(run));
    if (id !== null) seen.add('sessions', id);
    return id !== null;
  };
  for (const kind of LIST_KINDS) {
    if (!wanted(kind) || run.stopped() !== null) continue;
    const records = await readList(run, kind);
    if (records === null) continue;
    whole.push(kind);
    for (const value of records) {
      const id = planRecord(plan, kind, '', value, faultOf(run));
      if (id !== null) seen.add(kind, id);
      else withdraw(whole, kind);
    }
  }
  const sessions = await readSessions(run, see(plan));
  if (sessions) whole.push('sessions');
  await settlePlan(run, { ...plan, sessions: new Map() }, []);
  const planned = [...plannedSessions(plan, run.state)];
  const toRetry = await fill(run, planned, { ...options, byRecord: true });
  if (run.stopped() !== null) return toRetry;
  // A list that changes while it is paged through may miss a session: what is gone is missing twice.
  const missed = [...run.state.sessions.keys()].some((id) => !seen.has('sessions', id));
  if (sessions && missed && !(await readSessions(run, see(emptyPlan())))) withdraw(whole, 'sessions');
  await forgetUnseen(run, seen, null, whole);
  return toRetry;
}

/** What is in a list that could not be read is not known to be all. */
function withdraw<T>(list: T[], item: T): void {
  const place = list.indexOf(item);
  if (place >= 0) list.splice(place, 1);
}
