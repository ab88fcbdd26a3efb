import type { Change, ChangeKind, Changes } from '../contract/changes.ts';
import type { CallOptions } from './call.ts';
import { KinebaseError } from './errors.ts';
import { createPaged, type Paged } from './pages.ts';
import type { Send } from './request.ts';

export interface ChangesOptions extends CallOptions {
  /** Token of the `Changes` that were read last; absent or empty: from the beginning. */
  since?: string | null | undefined;
  /** Absent: all. */
  kinds?: readonly ChangeKind[] | undefined;
  /** Changes per answer. */
  limit?: number | undefined;
}

/** A call of the feed: awaited it is the first `Changes`, iterated every change until now. */
export type ChangeList = Paged<Changes, Change>;

/**
 * Changes after a token, in the order in which they are to be applied: a later one wins. The same may come again.
 *
 * @example
 * for await (const { changes, token } of client.changes({ since: mirror.token }).pages()) {
 *   for (const { kind, id, record } of changes) mirror.put(kind, id, record); // null: deleted
 *   mirror.token = token; // after the changes are kept, never before
 * }
 */
export type ChangesCall = (options?: ChangesOptions) => ChangeList;

export const changes =
  (send: Send): ChangesCall =>
  ({ since = null, kinds, limit, ...options } = {}) =>
    createPaged(
      { token: since === '' ? null : since, signal: options.signal },
      async (since, signal = options.signal) => {
        const query = { since, kinds, limit };
        return checked((await send({ endpoint: 'changes', query, ...options, signal })).value);
      },
      ({ token, hasMore }) => (hasMore ? token : null),
      ({ changes }) => changes,
    );

function checked(value: unknown): Changes {
  const { changes, token, hasMore } = (value ?? {}) as Partial<Changes>;
  if (!Array.isArray(changes) || typeof token !== 'string' || typeof hasMore !== 'boolean')
    throw new KinebaseError('bad_answer', 'The answer holds no changes.', { status: 200, body: value });
  return { changes, token, hasMore };
}
