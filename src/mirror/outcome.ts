/** What a sync did, and what it could not do. */
export interface SyncSummary {
  /** `changes`: told by the server's feed. `lists`: found by comparing all of its lists. */
  by: 'changes' | 'lists';
  /** False when something failed, or was not come to: the same command again goes on there. */
  complete: boolean;
  /** Somebody ended it before that. */
  interrupted: boolean;
  dryRun: boolean;
  /** Of what this run wrote, or with `dryRun` would write. */
  counts: Record<CountedKind, Counts>;
  /** Everything that failed, each with its reason. */
  failed: Failure[];
  /** What the server has not, although its lists name it: not a failure, and asked for again next time. */
  missing: { kind: CountedKind; id: string; name: string }[];
  /** Sessions that were not come to. */
  left: number;
  /** What else is good to know, in plain words. */
  notes: string[];
  files: { written: number; removed: number; written_bytes: number };
}

export type CountedKind =
  | 'athletes'
  | 'exercises'
  | 'assessments'
  | 'sessions'
  | 'series'
  | 'reports'
  | 'originals';
export const COUNTED = [
  'athletes',
  'exercises',
  'assessments',
  'sessions',
  'series',
  'reports',
  'originals',
] as const satisfies CountedKind[];

export interface Counts {
  new: number;
  changed: number;
  deleted: number;
  unchanged: number;
}

export type Happening = 'new' | 'changed' | 'deleted';

export interface Failure {
  kind: CountedKind | 'tables';
  /** Empty where it is about a whole list. */
  id: string;
  /** For people: the name of the session, the path of the file. */
  name: string;
  /** In words, and as a stable code where there is one. */
  reason: string;
  code: string | null;
}

/** Keeps what happened to each record once, however often the feed told of it. */
export function createOutcomes(onHappening: (what: Happened) => void) {
  const byKind = new Map<CountedKind, Map<string, Happening>>(COUNTED.map((kind) => [kind, new Map()]));
  return {
    happened(kind: CountedKind, id: string, what: Happening, name: string): void {
      const records = byKind.get(kind)!;
      const before = records.get(id);
      const together = before === undefined ? what : joined(before, what);
      if (together === null) records.delete(id);
      else records.set(id, together);
      if (together !== before) onHappening({ kind, id, what, name });
    },
    /** `total`: how many the mirror holds at the end; `ahead`: new ones not counted, because they are only foreseen. */
    counts(kind: CountedKind, total: number, ahead = false): Counts {
      const counts: Counts = { new: 0, changed: 0, deleted: 0, unchanged: 0 };
      for (const what of byKind.get(kind)!.values()) counts[what]++;
      const added = ahead ? 0 : counts.new;
      return { ...counts, unchanged: Math.max(0, total - added - counts.changed) };
    },
  };
}

export interface Happened {
  kind: CountedKind;
  id: string;
  what: Happening;
  name: string;
}

/** One thing after another, as one; null where nothing is left of it. */
export function joined(before: Happening, then: Happening): Happening | null {
  if (then === 'deleted') return before === 'new' ? null : 'deleted';
  if (before === 'deleted') return 'changed';
  return before;
}
