import type { KinebaseClient } from '../sdk/index.ts';
import { readDestination, readSource } from './import/archives.ts';
import { importAssessments, importAthletes } from './import/athletes.ts';
import { importChannels } from './import/channels.ts';
import { importExercises } from './import/exercises.ts';
import { at, SideError } from './import/place.ts';
import {
  createImportRun,
  IMPORTED,
  type ImportListeners,
  type ImportRun,
  type ImportSummary,
} from './import/run.ts';
import { importSessions } from './import/sessions.ts';
import { organizationOf } from './source.ts';

export interface ImportOptions extends ImportListeners {
  /** Any server of the public contract. */
  from: KinebaseClient;
  /** A Kinebase. */
  to: KinebaseClient;
  fromUrl: string;
  toUrl: string;
  /** Sessions at a time; 8 when absent. */
  parallel?: number | undefined;
  /** Compare the recordings of sessions that are there already, too. */
  refresh?: boolean | undefined;
  dryRun?: boolean | undefined;
  /** Ends the import in order. */
  signal?: AbortSignal | undefined;
}

/** Why an import cannot begin. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

/**
 * Fills the organization of an account from what another account sees: ids, s3Keys and series as they are there. Keeps no
 * state of its own: what the destination has is compared with what the source lists, so that an import that was killed is
 * finished by the next. Deletions are not followed. Throws where one of the servers cannot be asked at all; everything else
 * that goes wrong stands in the summary.
 */
export async function importFrom(options: ImportOptions): Promise<ImportSummary> {
  const { from, to, fromUrl, toUrl, parallel = 8, refresh = false, dryRun = false, ...listeners } = options;
  const { signal } = options;
  const runOf = (full: boolean) =>
    createImportRun({
      ...{ from, to, url: fromUrl.replace(/\/+$/, ''), full, parallel, dryRun, refresh },
      ...listeners,
    });
  let run = runOf(false);
  try {
    const [theirs, ours] = [
      await at('source', organizationOf(from, signal)),
      await at('destination', organizationOf(to, signal)),
    ];
    if (ours === null) throw new ImportError(`${toUrl} is no Kinebase: only a Kinebase can be filled`);
    const isSame = (one: string, other: string) => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
    if (theirs?.OrganizationID === ours.OrganizationID && isSame(fromUrl, toUrl))
      throw new ImportError(`source and destination are the same organization, ${ours.OrganizationID}`);
    run = runOf(theirs !== null);
    await importAll(run);
  } catch (error) {
    // A question that was under way; what was imported until then stays.
    if (signal?.aborted !== true || !(error instanceof SideError)) throw error;
  }
  return run.summary();
}

async function importAll(run: ImportRun): Promise<void> {
  run.progress({ phase: 'reading' });
  const listed = await readSource(run);
  const here = await readDestination(run);
  if (run.stopped() === null) await importChannels(run);
  countOthers(run.counts, listed, here);
  await importAthletes(run, listed, here);
  await importAssessments(run, listed, here);
  await importExercises(run, listed, here);
  await importSessions(run, listed, here);
}

function countOthers(
  counts: ImportSummary['counts'],
  { lists, sessions, whole }: Awaited<ReturnType<typeof readSource>>,
  here: Awaited<ReturnType<typeof readDestination>>,
): void {
  const named = new Set(
    [...sessions.values()].flatMap((session) => [session['Exercise ID'], session['Assessment ID']]),
  );
  for (const kind of IMPORTED) {
    const there: ReadonlyMap<string, unknown> | null =
      kind === 'sessions' ? (whole ? sessions : null) : lists[kind];
    if (there === null) continue;
    for (const id of here[kind].keys()) if (!there.has(id) && !named.has(id)) counts[kind].onlyHere++;
  }
}
