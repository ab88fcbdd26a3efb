import type { CountedKind, Failure, Happened, SyncSummary } from '../mirror/outcome.ts';
import { COUNTED } from '../mirror/outcome.ts';
import type { Progress } from '../mirror/run.ts';
import { createPace, createRhythm, progressLine } from './pace.ts';
import { type Column, clean, note, out, tableLines } from './print.ts';
import { openStatusLine, type Terminal } from './statusLine.ts';

/** What a long run says: how far it is and a table on a terminal, a JSON object a line elsewhere. */
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

/** `only`: what was asked for, when that is not everything. */
export const openSyncReport = (folder: string, only?: readonly CountedKind[]): RunReport<SyncSummary> =>
  openRunReport((summary, edits) => tell(folder, summary, edits, only));

/** `tell`: the end of it, for people. */
export function openRunReport<Summary extends object>(
  tell: (summary: Summary, edits: readonly Happened[]) => void,
): RunReport<Summary> {
  return process.stdout.isTTY ? onTerminal(tell, process.stdout) : asLines();
}

/** A program that reads along hears of progress so often, and of each phase when it begins. */
const EVERY_MS = 1000;

function asLines<Summary extends object>(): RunReport<Summary> {
  const say = (event: string, members: object) =>
    process.stdout.write(`${JSON.stringify({ event, ...members })}\n`);
  const pace = createPace();
  const isDue = createRhythm(EVERY_MS);
  return {
    listeners: {
      onProgress(progress) {
        const now_ms = Date.now();
        if (!isDue(progress, now_ms)) return;
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
/** A person sees it so often. */
const SHOWN_EVERY_MS = 100;

function onTerminal<Summary>(
  tell: (summary: Summary, edits: readonly Happened[]) => void,
  terminal: Terminal,
): RunReport<Summary> {
  const line = openStatusLine(terminal);
  line.show('asking the server');
  const pace = createPace();
  const isDue = createRhythm(SHOWN_EVERY_MS);
  const edits: Happened[] = [];
  return {
    listeners: {
      onProgress(progress) {
        const now_ms = Date.now();
        if (isDue(progress, now_ms)) line.show(progressLine(progress, pace(progress, now_ms)));
      },
      onHappening(happened) {
        if (happened.what !== 'new' && edits.length <= SHOWN) edits.push(happened);
      },
      onFailure() {},
    },
    end(summary) {
      line.clear();
      tell(summary, edits);
    },
    close: line.clear,
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

function tell(
  folder: string,
  summary: SyncSummary,
  edits: readonly Happened[],
  only: readonly CountedKind[] | undefined,
): void {
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
  out(closingLine(folder, summary, only));
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

function closingLine(
  folder: string,
  { complete, interrupted, dryRun, files }: SyncSummary,
  only?: readonly CountedKind[],
): string {
  const mirror = clean(folder);
  if (dryRun && interrupted) return 'Interrupted: not everything was looked at, and nothing was written';
  if (dryRun) return `Nothing was written: that is what a sync of ${mirror} would do`;
  const written = `${files.written} files written (${(files.written_bytes / 1e6).toFixed(1)} MB), ${files.removed} removed`;
  if (!complete)
    return `${interrupted ? 'Interrupted: ' : ''}${mirror} is not complete: ${written}; the same command goes on`;
  return only === undefined
    ? `${mirror} is complete: ${written}`
    : `${mirror} has what was asked for (${only.join(', ')}): ${written}`;
}
