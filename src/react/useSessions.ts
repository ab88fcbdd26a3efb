import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KinebaseError, Session, SessionFilters } from '../sdk/index.ts';
import { useClient } from './KinebaseProvider.ts';
import type { QueryChoice } from './QueryChoice.ts';
import { kinebaseQueries } from './queries.ts';

export interface UseSessionsOptions extends QueryChoice {
  /** Begin behind the page that named this token, with the same filters: a `token` that was kept. */
  token?: string | null | undefined;
}

export interface UseSessionsResult {
  /** Of all pages that are here, in the order of the list. */
  sessions: readonly Session[];
  hasMore: boolean;
  /** Asks for the next page; again after an error. While one is on its way it asks for no other. */
  fetchNext(): void;
  /** Where the next page begins, for going on later; null at the end, and before anything is here. */
  token: string | null;
  /** Nothing is here yet. */
  isPending: boolean;
  isFetching: boolean;
  isFetchingNext: boolean;
  /** Of the last attempt; sessions that came before it stay. */
  error: KinebaseError | null;
  /** Everything else that TanStack Query tells. */
  query: Pick<UseInfiniteQueryResult, 'refetch' | 'isStale' | 'dataUpdatedAt' | 'status' | 'fetchStatus'>;
}

/**
 * Sessions page by page, a hundred at a time unless `limit` says otherwise. What is on its way when the last component that
 * shows it goes is cancelled; what is here stays for the next one, and goes on where it ended.
 *
 * @example
 * const { sessions, hasMore, fetchNext } = useSessions({ athleteID });
 */
export function useSessions(
  filters?: SessionFilters,
  { token, ...choice }: UseSessionsOptions = {},
): UseSessionsResult {
  const query = useInfiniteQuery({ ...kinebaseQueries.sessions(useClient(), filters, token), ...choice });
  const { data, fetchNextPage, hasNextPage } = query;
  const sessions = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const fetchNext = useCallback(() => {
    if (hasNextPage) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, hasNextPage]);
  return {
    sessions,
    hasMore: hasNextPage,
    fetchNext,
    token: data?.pages.at(-1)?.token ?? null,
    isPending: query.isPending,
    isFetching: query.isFetching,
    isFetchingNext: query.isFetchingNextPage,
    error: query.error as KinebaseError | null,
    query,
  };
}
