import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { SessionSearch } from './search.ts';

const ROUTE = '/app/sessions/$sessionId';

/** What the address says is shown. */
export const useSessionSearch = (): SessionSearch => useSearch({ from: ROUTE });

/** Shows something else of the session. `replace`: what lies behind the back button stays what it was. */
export function useShow(): (change: SessionSearch, replace?: boolean) => void {
  const navigate = useNavigate({ from: ROUTE });
  return useCallback(
    (change, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false }),
    [navigate],
  );
}
