import type { Change, CurrentReport } from '../contract/changes.ts';
import type { Session } from '../contract/sessions.ts';
import { readListed, readSession } from './records.ts';
import { type ListKind, type MirrorState, sameRecord } from './state.ts';

/** What is to become of a mirror, found out by a page of changes or by comparing lists. */
export interface Plan {
  /** Of lists, by kind and id: null where the record is gone. */
  records: Map<string, { kind: ListKind; id: string; record: object | null }>;
  sessions: Map<string, { record: Session; fresh: boolean }>;
  /** Current reports, by session; null where there is none any more. */
  reports: Map<string, CurrentReport | null>;
  /** Ids of sessions that are gone. */
  deleted: Set<string>;
}

/** A session as it is to be. */
export interface PlannedSession {
  id: string;
  record: Session;
  report: CurrentReport | null;
  /** It was removed and made again: nothing that the mirror has is of it. */
  fresh: boolean;
  /** The session itself was named, and not only its report. */
  touched: boolean;
}

/** Told of records that are not what the contract says. */
export type OnFault = (kind: ListKind | 'sessions', id: string, error: unknown) => void;

export const emptyPlan = (): Plan => ({
  records: new Map(),
  sessions: new Map(),
  reports: new Map(),
  deleted: new Set(),
});

const LISTS = { athlete: 'athletes', assessment: 'assessments', exercise: 'exercises' } as const;

/** Adds a change to the plan; a later one wins. */
export function planChange(plan: Plan, change: Change, onFault: OnFault): void {
  const { kind, id } = change;
  switch (kind) {
    case 'athlete':
    case 'assessment':
    case 'exercise':
      if (change.deleted) plan.records.set(`${kind} ${id}`, { kind: LISTS[kind], id, record: null });
      else planRecord(plan, LISTS[kind], id, change.record, onFault);
      return;
    case 'session':
      if (change.deleted) {
        plan.sessions.delete(id);
        plan.reports.delete(id);
        plan.deleted.add(id);
      } else planSession(plan, id, change.record, onFault);
      return;
    case 'report':
      plan.reports.set(id, change.record as CurrentReport | null);
  }
}

export function planRecord(
  plan: Plan,
  kind: ListKind,
  id: string,
  value: unknown,
  onFault: OnFault,
): string | null {
  const listed = guarded(
    () => readListed(kind, value),
    (error) => onFault(kind, id, error),
  );
  if (listed === null) return null;
  plan.records.set(`${kind} ${listed.id}`, { kind, ...listed });
  return listed.id;
}

export function planSession(plan: Plan, id: string, value: unknown, onFault: OnFault): string | null {
  const record = guarded(
    () => readSession(value),
    (error) => onFault('sessions', id, error),
  );
  if (record === null) return null;
  const own = record['Session ID'];
  const fresh = plan.deleted.delete(own) || plan.sessions.get(own)?.fresh === true;
  plan.sessions.set(own, { record, fresh });
  return own;
}

/** Sessions that the plan says something of, which are there then. */
export function* plannedSessions(plan: Plan, state: MirrorState): Iterable<PlannedSession> {
  for (const [id, { record, fresh }] of plan.sessions) {
    const known = fresh ? null : (state.sessions.get(id)?.report ?? state.reports.get(id) ?? null);
    yield { id, record, fresh, touched: true, report: plan.reports.has(id) ? plan.reports.get(id)! : known };
  }
  for (const [id, report] of plan.reports) {
    const there = state.sessions.get(id);
    if (there !== undefined && !plan.sessions.has(id) && !plan.deleted.has(id))
      yield { id, record: there.record, fresh: false, touched: false, report };
  }
}

/** Reports whose session is yet to come, and those that it came for. */
export function* orphans(
  plan: Plan,
  state: MirrorState,
): Iterable<{ kind: 'report'; id: string; record: CurrentReport | null }> {
  for (const [id, record] of plan.reports)
    if (!plan.sessions.has(id) && !state.sessions.has(id) && (record !== null || state.reports.has(id)))
      yield { kind: 'report', id, record };
  for (const id of [...plan.sessions.keys(), ...plan.deleted])
    if (state.reports.has(id)) yield { kind: 'report', id, record: null };
}

/** Records of lists that differ from what the mirror has. */
export function* changedRecords(
  plan: Plan,
  state: MirrorState,
): Iterable<{ kind: ListKind; id: string; record: object | null }> {
  for (const { kind, id, record } of plan.records.values()) {
    const before = state[kind].get(id);
    if (record === null) {
      if (before !== undefined) yield { kind, id, record };
    } else if (before === undefined || !sameRecord(before, record)) yield { kind, id, record };
  }
}

/** What parts are remembered with: never given out twice for a session, a backup put back or not. */
export const versionOf = (report: CurrentReport | null): string | null =>
  report === null ? null : `${report.Version} ${report.ComputedAt}`;

function guarded<T>(work: () => T, onError: (error: unknown) => void): T | null {
  try {
    return work();
  } catch (error) {
    onError(error);
    return null;
  }
}
