import type { Session } from '../contract/sessions.ts';
import { type Fetched, fetchParts, type Wanted, wantedParts } from './fetch.ts';
import { createGroup } from './group.ts';
import { labelOf } from './labels.ts';
import { createBudget, inParallel } from './limit.ts';
import type { CountedKind } from './outcome.ts';
import { type PlannedSession, versionOf } from './plan.ts';
import { isOutage, isPassing, isRefusal, type Run } from './run.ts';
import {
  type Entry,
  type FileEntry,
  type MirroredSession,
  PART_NAMES,
  type PartName,
  type Parts,
  STALE,
  sameRecord,
} from './state.ts';

export interface FillOptions {
  /** A changed record is all that tells of changed series: fetch them again. */
  byRecord?: boolean;
  /** Fetch what is there already, too. */
  again?: boolean;
  /** More sessions may come. */
  open?: boolean;
  /** What fails passingly is handed back instead of being told. */
  retry?: boolean;
}

/**
 * Brings sessions to where they are to be: fetches what is wanted of each, and settles them in groups. Answers the ids of
 * those that are worth another try. What could not be fetched stays wanted: their records are settled without it.
 */
export async function fill(
  run: Run,
  planned: readonly PlannedSession[],
  { byRecord = false, again = false, retry = false, open = false }: FillOptions,
): Promise<string[]> {
  if (planned.length === 0) return [];
  run.progress({ phase: 'sessions', total: planned.length, open });
  const group = createGroup((change) => run.settle(change));
  const toRetry: string[] = [];
  const inARow = createStreak(run);
  const budget = createBudget(AT_ONCE_S);
  const work = async (session: PlannedSession): Promise<void> => {
    if (run.stopped() !== null) return run.leave(1);
    const step = stepOf(run, session, { byRecord, again });
    if (step.wants.size === 0) {
      if (step.differs) await group.add({ entries: [entryOf(step, step.had)], drop: step.drop });
      return;
    }
    if (run.dryRun) {
      tellWanted(run, step);
      return group.add({ entries: [entryOf(step, step.had)] });
    }
    const fetched = await budget(durationOf(session.record), () => fetchParts(run, step));
    if (fetched === null) return run.leave(1);
    inARow.saw(fetched);
    const worthIt =
      retry && fetched.failed.length > 0 && fetched.failed.every(({ error }) => isPassing(error));
    if (worthIt) toRetry.push(session.id);
    else
      for (const { part, error } of fetched.failed)
        run.fail({ kind: KINDS[part], ...labelOf(session) }, error);
    const { bytes, ...change } = await resultOf(run, step, fetched);
    await group.add(change);
    run.progress({ bytes });
  };
  try {
    await inParallel(planned, run.parallel, async (session) => {
      await work(session);
      run.progress({ done: 1 });
    });
  } finally {
    await group.close();
  }
  return toRetry;
}

/** Seconds of recordings that are in memory together: an hour of movement is a gigabyte on its way. */
export const AT_ONCE_S = 1200;
/** Of a recording that does not say how long it is. */
const USUAL_S = 15;

export function durationOf({ Duration }: Session): number {
  const seconds = Number(Duration);
  return seconds > 0 ? seconds : USUAL_S;
}

export const KINDS: Readonly<Record<PartName, CountedKind>> = {
  series: 'series',
  report: 'reports',
  original: 'originals',
};

interface Step extends Wanted {
  id: string;
  report: PlannedSession['report'];
  /** Files of which nothing stays. */
  drop: string[];
  /** Whether there is anything new to write down. */
  differs: boolean;
}

function stepOf(
  run: Run,
  { id, record, report, fresh, touched }: PlannedSession,
  { byRecord, again }: { byRecord: boolean; again: boolean },
): Step {
  const before = run.state.sessions.get(id);
  const changed = before === undefined || !sameRecord(before.record, record);
  const name = before?.name ?? run.state.names.nameOf(id);
  const version = versionOf(report);
  const had = fresh ? {} : byRecord ? byRecordAlone(before, changed) : byFeed(before, version, touched);
  const kept = { session: record, name, version, had };
  const wants = wantedParts(kept, run.formats, run.parts, again);
  const differs = changed || fresh || !sameRecord(before.report, report) || !sameRecord(before.parts, had);
  const drop = fresh ? pathsOf(before?.parts ?? {}) : [];
  return { ...kept, id, report, wants, drop, differs };
}

/** Where the record is all that tells of changes. */
function byRecordAlone(before: MirroredSession | undefined, changed: boolean): Parts {
  if (before === undefined || !changed) return before?.parts ?? {};
  const { series, report, original } = before.parts;
  return {
    ...(series && { series: { ...series, version: STALE } }),
    ...(report && { report: { ...report, version: STALE } }),
    ...(original && { original }),
  };
}

/**
 * In the feed a session is named when its series changed or anything else of it, and a report alone when it was computed
 * anew from the same series: those are then as good as fetched with it. The two may come on different pages.
 */
function byFeed(before: MirroredSession | undefined, version: string | null, touched: boolean): Parts {
  const { series, ...others } = before?.parts ?? {};
  if (series === undefined) return others;
  if (touched) return { ...others, series: { ...series, touched: true } };
  const wasCurrent = series.version === versionOf(before!.report);
  return { ...others, series: wasCurrent && !series.touched ? { ...series, version } : series };
}

/** What is so once the parts are there. */
const entryOf = ({ id, name, session, report }: Step, parts: Parts): Entry => ({
  kind: 'session',
  id,
  name,
  record: session,
  report,
  parts,
});

async function resultOf(run: Run, step: Step, { parts, put }: Fetched) {
  const drop = [...step.drop];
  const kept = new Set<string>();
  let bytes = 0;
  for (const part of PART_NAMES) {
    const [had, has] = [step.had[part]?.files ?? [], parts[part]?.files];
    if (has === undefined) continue;
    tell(run, step, part, had, has);
    if (has.length === 0)
      run.missing.push({ kind: KINDS[part], ...labelOf({ id: step.id, record: step.session }) });
    const places = new Set(has.map(({ path }) => path));
    drop.push(...had.map(({ path }) => path).filter((path) => !places.has(path)));
    // The same bytes in the same place: what is there stays.
    for (const file of has)
      if (had.some((other) => sameFile(file, other))) kept.add(file.path);
      else bytes += file.bytes;
  }
  for (const { from, path } of put) if (kept.has(path)) await run.disk.remove(from);
  return {
    put: put.filter(({ path }) => !kept.has(path)),
    drop,
    entries: [entryOf(step, { ...step.had, ...parts })],
    bytes,
  };
}

function tell(
  run: Run,
  step: Step,
  part: PartName,
  had: readonly FileEntry[],
  has: readonly FileEntry[],
): void {
  const { id, session } = step;
  const happened = (what: 'new' | 'changed' | 'deleted') =>
    run.outcomes.happened(KINDS[part], id, what, labelOf({ id, record: session }).name);
  const dropped = step.drop.length > 0;
  if (had.length === 0 && has.length > 0) happened(dropped ? 'changed' : 'new');
  else if (had.length > 0 && has.length === 0) happened('deleted');
  else if (digestsOf(had) !== digestsOf(has)) happened('changed');
}

function tellWanted(run: Run, step: Step): void {
  for (const part of step.wants) {
    const what = step.had[part]?.files.length || step.drop.length > 0 ? 'changed' : 'new';
    run.outcomes.happened(KINDS[part], step.id, what, labelOf({ id: step.id, record: step.session }).name);
  }
}

const digestsOf = (files: readonly FileEntry[]): string => files.map(({ sha256 }) => sha256).join();
const sameFile = (one: FileEntry, other: FileEntry): boolean =>
  one.path === other.path && one.sha256 === other.sha256;
export const pathsOf = (parts: Parts): string[] =>
  PART_NAMES.flatMap((name) => (parts[name]?.files ?? []).map(({ path }) => path));

/** Sessions in a row of which nothing came: then the server is gone, and the others would only wait for it. */
function createStreak(run: Run) {
  let streak = 0;
  const longest = Math.max(8, 2 * run.parallel);
  return {
    saw({ failed, parts }: Fetched): void {
      const refused = failed.find(({ error }) => isRefusal(error));
      if (refused !== undefined) run.stop((refused.error as Error).message);
      const away = failed.filter(({ error }) => isOutage(error));
      streak = away.length > 0 && Object.keys(parts).length === 0 ? streak + 1 : 0;
      if (streak >= longest)
        run.stop(`${streak} sessions in a row could not be fetched: ${(away[0]!.error as Error).message}`);
    },
  };
}
