import type { Change } from '../sdk/index.ts';
import { kinebaseKeys } from './keys.ts';

const LISTS = {
  athlete: 'athletes',
  assessment: 'assessments',
  exercise: 'exercises',
  session: 'sessions',
} as const;

/** Which keys of queries hold something that changed. One look at a key, however many changes came. */
export function changedKeys(changes: readonly Change[]): (key: readonly unknown[]) => boolean {
  const lists = new Set<unknown>();
  const held = {
    session: new Set<unknown>(),
    reports: new Set<unknown>(),
    ikData: new Set<unknown>(),
    channels: new Set<unknown>(),
    report: new Set<unknown>(),
  };
  let removed = false;
  for (const change of changes) {
    if (change.kind !== 'report') lists.add(LISTS[change.kind]);
    // Its rows say when a session was, and of whom.
    if (change.kind === 'report' || change.kind === 'session') lists.add('reportRows');
    if (change.kind === 'session') held.session.add(change.id);
    if (change.kind === 'report') held.reports.add(change.id);
    if (change.deleted) removed ||= change.kind === 'session';
    else if (change.kind === 'session') {
      held.ikData.add(change.record.s3Key);
      held.channels.add(change.record.s3Key);
    } else if (change.kind === 'report') held.report.add(change.record.s3Key);
  }
  return ([root, what, which]) => {
    if (root !== kinebaseKeys.all[0]) return false;
    if (what === 'session' || what === 'reports') return held[what].has(which);
    // A deletion does not say under which key the session was read.
    if (what === 'ikData' || what === 'channels' || what === 'report')
      return removed || held[what].has(which);
    return lists.has(what);
  };
}
