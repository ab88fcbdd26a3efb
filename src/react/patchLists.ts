import type { QueryClient } from '@tanstack/react-query';
import type { Change, KinebaseClient, SessionFilters } from '../sdk/index.ts';
import { isOf, kinebaseKeys } from './keys.ts';
import { patchSessions, type SessionPages } from './patchSessions.ts';

/** Shorter lists are read anew, page by page, which needs no rules of ours. */
const LONG_PAGES = 4;

/**
 * Puts changes into the long lists of sessions that are here, which would otherwise be asked for again page after page. Gives
 * the keys of those that need no reading any more.
 */
export function patchLists(
  queryClient: QueryClient,
  client: KinebaseClient,
  changes: readonly Change[],
): ReadonlySet<readonly unknown[]> {
  const patched = new Set<readonly unknown[]>();
  if (!changes.some(({ kind }) => kind === 'session')) return patched;
  const lists = queryClient.getQueryCache().findAll({ queryKey: kinebaseKeys.sessions() });
  for (const { queryKey, state } of lists) {
    const data = state.data as SessionPages | undefined;
    // A page that is on its way would be put beside the pages of before; such a list is read anew.
    if (!isOf(client, queryKey) || state.fetchStatus !== 'idle' || data === undefined) continue;
    if (data.pages.length < LONG_PAGES) continue;
    const filters = (queryKey[2] ?? {}) as SessionFilters & { token?: string };
    // Begun in the middle: what stands before it is not its own.
    if (filters.token !== undefined) continue;
    queryClient.setQueryData(queryKey, patchSessions(data, changes, filters));
    patched.add(queryKey);
  }
  return patched;
}
