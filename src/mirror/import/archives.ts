import type { Assessment } from '../../contract/assessments.ts';
import type { Athlete } from '../../contract/athletes.ts';
import type { CurrentReport } from '../../contract/changes.ts';
import type { Exercise } from '../../contract/exercises.ts';
import type { Session } from '../../contract/sessions.ts';
import type { List } from '../../sdk/index.ts';
import { haveRead, readAll, readList, readSessions } from '../lists.ts';
import { RecordError, readListed, readSession } from '../records.ts';
import { changesOf } from '../source.ts';
import { LIST_KINDS, type ListKind } from '../state.ts';
import { at, SideError } from './place.ts';
import type { ImportRun } from './run.ts';

/** What the source lists. */
export interface Listed {
  /** Records as they came, with the member that holds the id; null: the list could not be read or is not offered. */
  lists: Record<ListKind, Map<string, object> | null>;
  sessions: Map<string, Session>;
  /** Whether `sessions` are all. */
  whole: boolean;
  /** Current reports by session; null where the source has no change feed. */
  reports: Map<string, CurrentReport> | null;
}

export async function readSource(run: ImportRun): Promise<Listed> {
  const { from: client, signal, notes, progress } = run;
  const fail: typeof run.fail = (failure, error) => run.fail(failure, new SideError('source', error));
  const reading = { client, signal, notes, fail, progress };
  const lists: Listed['lists'] = { athletes: null, assessments: null, exercises: null };
  for (const kind of LIST_KINDS) {
    const values = await readList(reading, kind);
    if (values === null) continue;
    const records = new Map<string, object>();
    for (const value of values)
      guarded(
        () => {
          const { id, record } = readListed(kind, value);
          records.set(id, record);
        },
        (error) => fail({ kind, ...labelOf(value) }, error),
      );
    lists[kind] = records;
  }
  const sessions = new Map<string, Session>();
  const see = (value: unknown): boolean =>
    guarded(
      () => {
        const session = readSession(value);
        if (typeof session['Athlete ID'] !== 'string' || session['Athlete ID'] === '')
          throw new RecordError('it has no Athlete ID');
        sessions.set(session['Session ID'], session);
      },
      (error) => fail({ kind: 'sessions', ...labelOf(value) }, error),
    );
  const whole = await readSessions(reading, see);
  const reports = run.full ? await reportsOf(run, 'source') : null;
  return { lists, sessions, whole, reports };
}

/** What the destination has. */
export interface Here {
  athletes: Map<string, Athlete>;
  exercises: Map<string, Exercise>;
  assessments: Map<string, Assessment>;
  sessions: Map<string, Session>;
  reports: Map<string, CurrentReport>;
}

/** Throws SideError: without knowing what is there, nothing can be compared. */
export async function readDestination(run: ImportRun): Promise<Here> {
  const { to, signal } = run;
  const all = <T>(list: List<T>) => at('destination', readAll(run, list));
  const by = <T extends object>(records: readonly T[], member: keyof T) =>
    new Map(records.map((record) => [record[member] as string, record]));
  return {
    athletes: by(await all(to.athletes.list({}, { signal })), 'ValorID'),
    exercises: by(await all(to.exercises.list({}, { signal })), 'Exercise ID'),
    assessments: by(await all(to.assessments.list({}, { signal })), 'Assessment ID'),
    sessions: by(await all(to.sessions.list({}, { signal })), 'Session ID'),
    reports: (await reportsOf(run, 'destination')) ?? new Map(),
  };
}

async function reportsOf(
  run: ImportRun,
  side: 'source' | 'destination',
): Promise<Map<string, CurrentReport> | null> {
  const client = side === 'source' ? run.from : run.to;
  const pages = await at(side, changesOf(client, null, run.signal, ['report']));
  if (pages === null) return null;
  const reports = new Map<string, CurrentReport>();
  const read = async () => {
    for await (const { changes } of pages) {
      for (const { id, record } of changes)
        if (record === null) reports.delete(id);
        else reports.set(id, record as CurrentReport);
      haveRead(run, changes.length);
    }
  };
  await at(side, read());
  return reports;
}

/** Whatever of a faulty record says which it is. */
function labelOf(value: unknown): { id: string; name: string } {
  const record = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const text = (member: string) => (typeof record[member] === 'string' ? (record[member] as string) : '');
  const id = text('Session ID') || text('ValorID') || text('Exercise ID') || text('Assessment ID');
  return { id: id || '?', name: text('Session Name') || id || 'a record without an id' };
}

function guarded(work: () => void, onError: (error: unknown) => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    onError(error);
    return false;
  }
}
