import type { Failure, Happened, SyncSummary } from '../mirror/outcome.ts';
import { COUNTED } from '../mirror/outcome.ts';
import type { Progress } from '../mirror/run.ts';
import { type Column, clean, note, out, tableLines } from './print.ts';

/** What a long run says: a bar and a table on a terminal, a JSON object a line elsewhere. */
export interface RunReport<Summary> {
  listeners: {
    onProgress(progress: Progress): void;
    onHappening(happened: Happened): void;
    onFailure(failure: Failure): void;
  };
  end(summary: Summary): void;
  /** Also after a fault. */
  close(): void;
}

export const openSyncReport = (folder: string): Promise<RunReport<SyncSummary>> =>
  openRunReport((summary, edits) => tell(folder, summary, edits));

/** `tell`: the end of it, for people. */
export async function openRunReport<Summary extends object>(
  tell: (summary: Summary, edits: readonly Happened[]) => void,
): Promise<RunReport<Summary>> {
  return process.stdout.isTTY ? onTerminal(tell, await import('@clack/prompts')) : asLines();
}

/** A program that reads along hears of progress so often. */
const EVERY_MS = 1000;

function asLines<Summary extends object>(): RunReport<Summary> {
  const say = (event: string, members: object) =>
    process.stdout.write(`${JSON.stringify({ event, ...members })}\n`);
  const pace = createPace();
  let said_ms = Date.now();
  return {
    listeners: {
      onProgress(progress) {
        const now_ms = Date.now();
        if (now_ms - said_ms < EVERY_MS) return;
        said_ms = now_ms;
        say('progress', { ...progress, ...pace(progress, now_ms) });
      },
      onHappening: ({ what, ...happened }) => say(what, happened),
      onFailure: (failure) => say('failed', failure),
    },
    end: (summary) => say('summary', summary),
    close() {},
  };
}

/** Lines of changes and faults that a person reads; the rest is counted. */
const SHOWN = 20;
const WORDS: Readonly<Record<Progress['phase'], string>> = {
  verifying: 'files read again',
  reading: 'reading lists',
  sessions: 'sessions',
  tables: 'tables written',
};

function onTerminal<Summary>(
  tell: (summary: Summary, edits: readonly Happened[]) => void,
  { progress: createBar }: Pick<typeof import('@clack/prompts'), 'progress'>,
): RunReport<Summary> {
  const bar = createBar({ max: 100, size: 30 });
  bar.start('reading lists');
  const interrupted = () => {
    process.exitCode = 130;
  };
  process.once('exit', interrupted);
  const pace = createPace();
  const edits: Happened[] = [];
  let shown = 0;
  let said_ms = 0;
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    process.off('exit', interrupted);
    bar.clear();
  };
  return {
    listeners: {
      onProgress(progress) {
        const now_ms = Date.now();
        const { phase, done, total, open } = progress;
        if (now_ms - said_ms < 100 && done < total) return;
        said_ms = now_ms;
        const percent = Math.floor((100 * done) / Math.max(1, total));
        const { perSecond, secondsLeft } = pace(progress, now_ms);
        const words = [
          `${done} of ${total}${open ? ' or more' : ''} ${WORDS[phase]}`,
          ...(perSecond === null ? [] : [`${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`]),
          ...(secondsLeft === null || open ? [] : [`${durationOf(secondsLeft)} left`]),
        ];
        bar.advance(Math.max(0, percent - shown), words.join(', '));
        shown = Math.max(shown, percent);
      },
      onHappening(happened) {
        if (happened.what !== 'new' && edits.length <= SHOWN) edits.push(happened);
      },
      onFailure() {},
    },
    end(summary) {
      close();
      tell(summary, edits);
    },
    close,
  };
}

interface Row {
  kind: string;
  new: string;
  changed: string;
  deleted: string;
  unchanged: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: '', cell: ({ kind }) => kind },
  ...(['new', 'changed', 'deleted', 'unchanged'] as const).map((name) => ({
    head: name,
    cell: (row: Row) => row[name],
    right: true,
  })),
];

function tell(folder: string, summary: SyncSummary, edits: readonly Happened[]): void {
  tellEdits(edits);
  const rows = COUNTED.map((kind): Row => {
    const { new: added, changed, deleted, unchanged } = summary.counts[kind];
    return {
      kind,
      new: String(added),
      changed: String(changed),
      deleted: String(deleted),
      unchanged: String(unchanged),
    };
  });
  out(tableLines(COLUMNS, rows).join('\n'));
  for (const text of summary.notes) note(text);
  if (summary.missing.length > 0)
    note(
      `${summary.missing.length} parts of sessions are not at the server, such as ${summary.missing[0]!.kind} of ${summary.missing[0]!.name}`,
    );
  tellFailures(summary);
  out(closingLine(folder, summary));
}

export function tellEdits(edits: readonly Happened[]): void {
  for (const { what, kind, name, id } of edits.slice(0, SHOWN)) out(`${what} ${kind}: ${name || id}`);
  if (edits.length > SHOWN) out('…');
}

export function tellFailures({ failed, left }: Pick<SyncSummary, 'failed' | 'left'>): void {
  for (const { kind, name, id, reason, code } of failed.slice(0, SHOWN))
    note(`failed: ${kind}: ${name || id}: ${reason}${code === null ? '' : ` (${code})`}`);
  if (failed.length > SHOWN) note(`and ${failed.length - SHOWN} more that failed`);
  if (left > 0) note(`${left} sessions were not come to`);
}

function closingLine(folder: string, { complete, dryRun, files }: SyncSummary): string {
  if (dryRun) return `Nothing was written: that is what a sync of ${clean(folder)} would do`;
  const written = `${files.written} files written (${(files.written_bytes / 1e6).toFixed(1)} MB), ${files.removed} removed`;
  return complete
    ? `${clean(folder)} is complete: ${written}`
    : `${clean(folder)} is not complete: ${written}; the same command goes on`;
}

/** How fast it goes, over the last while, and how long it will take. */
function createPace() {
  let phase = '';
  let from: { at_ms: number; done: number } = { at_ms: 0, done: 0 };
  let later = from;
  return (progress: Progress, now_ms: number): { perSecond: number | null; secondsLeft: number | null } => {
    const { done, total } = progress;
    if (progress.phase !== phase) {
      phase = progress.phase;
      from = { at_ms: now_ms, done };
      later = from;
    }
    if (now_ms - later.at_ms > PACE_MS) {
      from = later;
      later = { at_ms: now_ms, done };
    }
    const seconds = (now_ms - from.at_ms) / 1000;
    if (seconds < 0.5 || done === from.done) return { perSecond: null, secondsLeft: null };
    const perSecond = (done - from.done) / seconds;
    return { perSecond, secondsLeft: (total - done) / perSecond };
  };
}

const PACE_MS = 10_000;

function durationOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
