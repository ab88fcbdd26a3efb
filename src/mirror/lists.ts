import { isKinebaseError, type KinebaseClient, type List } from '../sdk/index.ts';
import type { Failure } from './outcome.ts';
import type { Progress } from './run.ts';
import { isNotOffered } from './source.ts';
import type { ListKind } from './state.ts';

/** Who reads the lists of a server to their ends. */
export interface Reading {
  readonly client: KinebaseClient;
  readonly signal: AbortSignal;
  readonly notes: string[];
  fail(failure: Omit<Failure, 'reason' | 'code'>, error: unknown): void;
  progress(step: Partial<Progress>): void;
}

/** Tells of records that were read. */
export const haveRead = ({ progress }: Pick<Reading, 'progress'>, records: number): void =>
  progress({ phase: 'reading', done: records, total: records, open: true });

/** Every item of a list, told of page by page. */
export async function readAll<T>(reading: Pick<Reading, 'progress'>, list: List<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const { items } of list.pages()) {
    for (const item of items) found.push(item);
    haveRead(reading, items.length);
  }
  return found;
}

/** All of a list; null where it could not be read, which is told, or is not offered. */
export async function readList(reading: Reading, kind: ListKind): Promise<unknown[] | null> {
  const { client, signal, notes, fail } = reading;
  try {
    return await readAll(reading, client[kind].list({}, { signal }) as List<unknown>);
  } catch (error) {
    if (kind !== 'athletes' && (isNotOffered(error) || isAbsent(error)))
      notes.push(`the server has no list of ${kind}`);
    else if (!signal.aborted) fail({ kind, id: '', name: `the list of ${kind}` }, error);
    return null;
  }
}

/** The public contract says of these two that their paths exist, and no more. An API gateway answers 403 without a code. */
const isAbsent = (error: unknown): boolean =>
  isKinebaseError(error) && [403, 404, 405].includes(error.status) && error.code !== 'unauthorized';

/** Shows every session to `see`, which says whether it is one; whether the list came to its end with nothing else in it. */
export async function readSessions(reading: Reading, see: (value: unknown) => boolean): Promise<boolean> {
  const { client, signal, fail } = reading;
  let sound = true;
  for (let attempt = 0; ; attempt++) {
    try {
      for await (const { items } of client.sessions.list({}, { signal }).pages()) {
        for (const value of items as readonly unknown[]) if (!see(value)) sound = false;
        haveRead(reading, items.length);
      }
      return sound;
    } catch (error) {
      // A token that ended in the middle of a list: the list can be begun again.
      const again = isKinebaseError(error) && TOKEN_ENDED.has(error.code) && attempt < BEGUN_AGAIN;
      if (again) continue;
      if (!signal.aborted) fail({ kind: 'sessions', id: '', name: 'the list of sessions' }, error);
      return false;
    }
  }
}

const TOKEN_ENDED: ReadonlySet<string> = new Set([
  'invalid_continuation_token',
  'continuation_token_mismatch',
]);
const BEGUN_AGAIN = 2;
