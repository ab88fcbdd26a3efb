import { diskFault } from './error.ts';
import { writeIncoming } from './fetch.ts';
import { rowFormats } from './formats.ts';
import { tablePath } from './layout.ts';
import { rowsOf, tablePaths, tablesOf } from './rowFiles.ts';
import type { Run } from './run.ts';
import { type Entry, type MirrorState, RECORD_KINDS } from './state.ts';

/** Writes the tables whose records were changed since, and removes those that the mirror is no longer to have. */
export async function writeTables(run: Run, wanted: (table: string) => boolean): Promise<void> {
  const { state, folder } = run;
  const formats = rowFormats(run.formats);
  const tables = tablesOf(state);
  const due = tables.filter(
    (table) =>
      wanted(table) &&
      (state.stale.has(table) || formats.some((format) => !state.tables.has(tablePath(table, format)))),
  );
  run.progress({ phase: 'tables', total: due.length, open: false });
  for (const table of due) {
    if (run.interrupted()) return;
    const put: { from: string; path: string }[] = [];
    const entries: Entry[] = [];
    try {
      for (const format of formats) {
        const path = tablePath(table, format);
        const { entry, from } = await writeIncoming(run, {
          path,
          bytes: rowsOf(folder, state, table, format),
        });
        put.push({ from, path });
        entries.push({ kind: 'table', table, ...entry });
      }
      const told = unwrittenOf(state, table);
      await run.settle({ put, entries });
      for (const tell of told) run.outcomes.happened(...tell);
    } catch (error) {
      const fault = diskFault(error);
      if (fault !== null) throw fault;
      run.fail({ kind: 'tables', id: table, name: table }, error);
    }
    run.progress({ done: 1 });
  }
  const stay = tablePaths(tables, formats);
  const drop = [...state.tables.keys()].filter((path) => !stay.has(path));
  if (drop.length > 0)
    await run.settle({ drop, entries: drop.map((path): Entry => ({ kind: 'table', path, table: null })) });
}

/** What a table that is written now is the first to show. */
export function unwrittenOf({ unwritten }: MirrorState, table: string): Parameters<Outcomes['happened']>[] {
  const kind = RECORD_KINDS.find((each) => each === table);
  if (kind === undefined) return [];
  return [...unwritten[kind]].map(([id, { what, name }]) => [kind, id, what, name]);
}

type Outcomes = Run['outcomes'];
