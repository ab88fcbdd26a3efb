import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useChanges } from '../../react/index.ts';
import { hasEnded, useAccount } from '../account.tsx';

/**
 * Keeps what is shown up with the server. False while it does not answer; what could not be read in that time, or after a
 * sign-in that had ended, is read as soon as it does.
 */
export function useKeptUp(): boolean {
  const { ended, end } = useAccount();
  const queries = useQueryClient();
  const { error } = useChanges({ enabled: !ended });
  const away =
    error !== null && (error.code === 'network' || error.code === 'timeout' || error.status >= 500);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal; it stands until the next answer
  useEffect(() => {
    if (hasEnded(error)) end();
  }, [error]);
  const answers = !away && !ended;
  useEffect(() => {
    if (!answers) return;
    // Lists that were read far go on by their own button.
    const lacking = ({ state }: { state: { status: string; data: unknown } }) =>
      state.status === 'error' && state.data === undefined;
    void queries.refetchQueries({ type: 'active', predicate: lacking });
  }, [queries, answers]);
  return !away;
}
