import type { Assessment } from '../contract/assessments.ts';
import type { Athlete } from '../contract/athletes.ts';
import type { CurrentReport } from '../contract/changes.ts';
import type { Exercise } from '../contract/exercises.ts';
import type { Session } from '../contract/sessions.ts';
import { labelOf, nameOf } from './labels.ts';
import { monthOf } from './layout.ts';
import { NameBook } from './names.ts';
import type { Happening } from './outcome.ts';
import { addUnwritten, type Unwritten } from './unwritten.ts';

/** What a mirror holds, as its journal tells it. */
export interface MirrorState {
  readonly athletes: Map<string, Athlete>;
  readonly assessments: Map<string, Assessment>;
  readonly exercises: Map<string, Exercise>;
  readonly sessions: Map<string, MirroredSession>;
  /** Reports that the feed told of before their session. */
  readonly reports: Map<string, CurrentReport>;
  /** Files of rows, by path. */
  readonly tables: Map<string, TableFile>;
  /** Tables whose records were changed since their files were written. */
  readonly stale: Set<string>;
  readonly unwritten: Readonly<Record<RecordKind, Unwritten>>;
  /** Names of sessions in paths. */
  readonly names: NameBook;
  /** Up to where the change feed is mirrored; null: nowhere, or there is none. */
  token: string | null;
  /** Paths that were about to be changed when the journal ends; null: none. */
  unfinished: readonly string[] | null;
}

export type ListKind = 'athletes' | 'assessments' | 'exercises';
export const LIST_KINDS = ['athletes', 'assessments', 'exercises'] as const satisfies ListKind[];

/** What has a record in a table of its own. */
export type RecordKind = ListKind | 'sessions';
export const RECORD_KINDS = [...LIST_KINDS, 'sessions'] as const satisfies RecordKind[];

export interface MirroredSession {
  /** Its name in paths. */
  name: string;
  record: Session;
  /** As the feed names it; null without a feed or without a report. */
  report: CurrentReport | null;
  parts: Parts;
}

export type PartName = 'series' | 'report' | 'original';
export const PART_NAMES = ['series', 'report', 'original'] as const satisfies PartName[];
export type Parts = Partial<Record<PartName, Part>>;

/** What was fetched of a session. */
export interface Part {
  /** Of the report that it was fetched with, as the feed names it; null where there is no feed; STALE: to be fetched again. */
  version: string | null;
  /** Of series: the session was changed since, so that its next report may be of others. */
  touched?: true;
  /** Empty where the server has none. */
  files: readonly FileEntry[];
}

export const STALE = 'stale';

/** A file as it was written; paths begin at the mirror's folder, with slashes on every system. */
export interface FileEntry {
  path: string;
  sha256: string;
  bytes: number;
}

export interface TableFile extends FileEntry {
  /** `sessions`, or `reports/2026-05`. */
  table: string;
}

/** A line of the journal: what is so from here on. */
export type Entry =
  | { kind: ListKind; id: string; record: object | null }
  | ({ kind: 'session'; id: string } & (MirroredSession | { record: null }))
  | { kind: 'report'; id: string; record: CurrentReport | null }
  | ({ kind: 'table' } & TableFile)
  | { kind: 'table'; path: string; table: null }
  /** In a journal that was written anew, where the records do not tell it any more. */
  | { kind: 'unwritten'; of: RecordKind; records: [id: string, what: Happening, name: string][] }
  | { kind: 'token'; token: string | null }
  | { kind: 'intent'; paths: readonly string[] };

export const emptyState = (): MirrorState => ({
  athletes: new Map(),
  assessments: new Map(),
  exercises: new Map(),
  sessions: new Map(),
  reports: new Map(),
  tables: new Map(),
  stale: new Set(),
  unwritten: { athletes: new Map(), assessments: new Map(), exercises: new Map(), sessions: new Map() },
  names: new NameBook(),
  token: null,
  unfinished: null,
});

export function apply(state: MirrorState, entry: Entry): void {
  state.unfinished = entry.kind === 'intent' ? entry.paths : null;
  switch (entry.kind) {
    case 'athletes':
    case 'assessments':
    case 'exercises': {
      const records = state[entry.kind] as Map<string, object>;
      const before = records.get(entry.id);
      const what = happening(before, entry.record);
      if (what !== null)
        addUnwritten(state.unwritten[entry.kind], entry.id, what, nameOf(entry.record ?? before ?? {}));
      if (entry.record === null) records.delete(entry.id);
      else records.set(entry.id, entry.record);
      state.stale.add(entry.kind);
      return;
    }
    case 'session':
      applySession(state, entry.id, entry.record === null ? null : entry);
      return;
    case 'report':
      if (entry.record === null) state.reports.delete(entry.id);
      else state.reports.set(entry.id, entry.record);
      return;
    case 'table':
      if (entry.table === null) state.tables.delete(entry.path);
      else {
        const { kind, ...file } = entry;
        state.tables.set(entry.path, file);
        state.stale.delete(entry.table);
        for (const kind of RECORD_KINDS) if (kind === entry.table) state.unwritten[kind].clear();
      }
      return;
    case 'unwritten':
      state.unwritten[entry.of].clear();
      for (const [id, what, name] of entry.records) state.unwritten[entry.of].set(id, { what, name });
      return;
    case 'token':
      state.token = entry.token;
  }
}

function applySession(state: MirrorState, id: string, entry: MirroredSession | null): void {
  const before = state.sessions.get(id);
  if (entry === null) {
    state.sessions.delete(id);
    if (before !== undefined) state.names.forget(before.name);
  } else {
    const { name, record, report, parts } = entry;
    state.sessions.set(id, { name: state.names.nameOf(id, name), record, report, parts });
  }
  const same = before !== undefined && entry !== null && sameRecord(before.record, entry.record);
  if (!same) state.stale.add('sessions');
  const what = happening(before?.record, entry?.record ?? null);
  if (what !== null) {
    const { name } = labelOf({ id, record: entry?.record ?? before!.record });
    addUnwritten(state.unwritten.sessions, id, what, name);
  }
  if (same && before.parts.report?.files[0]?.sha256 === entry.parts.report?.files[0]?.sha256) return;
  for (const each of [before, entry])
    if (each?.parts.report?.files.length) state.stale.add(reportsTableOf(monthOf(each.record)));
}

function happening(before: object | undefined, record: object | null): Happening | null {
  if (before === undefined) return record === null ? null : 'new';
  if (record === null) return 'deleted';
  return sameRecord(before, record) ? null : 'changed';
}

export const reportsTableOf = (month: string): string => `reports/${month}`;

/** Members in whatever order: a server may answer them in another one next time. */
export function sameRecord(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && sameRecord(Reflect.get(one, name), Reflect.get(other, name)),
    )
  );
}

/** Every file that the mirror should have. */
export function* filesOf(state: MirrorState): Iterable<FileEntry> {
  yield* state.tables.values();
  for (const { parts } of state.sessions.values())
    for (const name of PART_NAMES) yield* parts[name]?.files ?? [];
}

/** The state as entries: a new journal. Tables that are stale come before the records that make them so. */
export function* entriesOf(state: MirrorState): Iterable<Entry> {
  const tables = [...state.tables.values()].map((file): Entry => ({ kind: 'table', ...file }));
  const isStale = (entry: Entry) =>
    entry.kind === 'table' && entry.table !== null && state.stale.has(entry.table);
  yield* tables.filter(isStale);
  for (const kind of LIST_KINDS) for (const [id, record] of state[kind]) yield { kind, id, record };
  for (const [id, record] of state.reports) yield { kind: 'report', id, record };
  for (const [id, session] of state.sessions) yield { kind: 'session', id, ...session };
  for (const kind of RECORD_KINDS) {
    const records = [...state.unwritten[kind]].map(([id, { what, name }]): [string, Happening, string] => [
      id,
      what,
      name,
    ]);
    yield { kind: 'unwritten', of: kind, records };
  }
  yield* tables.filter((entry) => !isStale(entry));
  yield { kind: 'token', token: state.token };
}
