/** What may be chosen for every hook: when to ask, and for how long an answer counts as fresh. As TanStack Query names it. */
export interface QueryChoice {
  /** false: ask nothing yet. */
  enabled?: boolean;
  /** Milliseconds for which an answer is not asked for again. */
  staleTime?: number;
  /** Milliseconds for which an answer is kept that nothing shows any more. */
  gcTime?: number;
  /** Milliseconds after which to ask again, and again. */
  refetchInterval?: number | false;
  refetchOnMount?: boolean | 'always';
  refetchOnWindowFocus?: boolean | 'always';
  refetchOnReconnect?: boolean | 'always';
}
