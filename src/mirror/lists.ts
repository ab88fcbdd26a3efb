import { isKinebaseError, type KinebaseClient, type List } from '../sdk/index.ts';
import type { Failure } from './outcome.ts';
import { isNotOffered } from './source.ts';
import type { ListKind } from './state.ts';

/** Who reads the lists of a server to their ends. */
export interface Reading {
  readonly client: KinebaseClient;
  readonly signal: AbortSignal;
  readonly notes: string[];
  fail(failure: Omit<Failure, 'reason' | 'code'>, error: unknown): void;
}

/** All of a list; null where it could not be read, which is told, or is not offered. */
export async function readList(
  { client, signal, notes, fail }: Reading,
  kind: ListKind,
): Promise<unknown[] | null> {
  try {
    return await (client[kind].list({}, { signal }) as List<unknown>).all();
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
export async function readSessions(
  { client, signal, fail }: Reading,
  see: (value: unknown) => boolean,
): Promise<boolean> {
  let sound = true;
  for (let attempt = 0; ; attempt++) {
    try {
      for await (const { items } of client.sessions.list({}, { signal }).pages())
        for (const value of items as readonly unknown[]) if (!see(value)) sound = false;
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
