import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  type Change,
  type ChangeKind,
  type KinebaseClient,
  type KinebaseError,
  watchChanges,
} from '../sdk/index.ts';
import { changedKeys } from './changed.ts';
import { useClient } from './KinebaseProvider.ts';
import { isOf } from './keys.ts';
import { patchLists } from './patchLists.ts';

export interface UseChangesOptions {
  /** A token that was kept; absent: from now on. */
  since?: string | null | undefined;
  /** Absent: all. */
  kinds?: readonly ChangeKind[] | undefined;
  /** Between two looks at the feed; 5000 when absent. */
  interval_ms?: number | undefined;
  /** false: look no more, for a while; after that what came meanwhile is heard of too. */
  enabled?: boolean | undefined;
  /** Hears of what came with each look. */
  onChanges?: ((changes: readonly Change[]) => void) | undefined;
}

export interface UseChangesResult {
  /** The last thousand that came, in their order. */
  changes: readonly Change[];
  /** Where the feed was read up to, for going on later; null before the first answer. */
  token: string | null;
  /** Of the last look, until one succeeds. A server without a feed (`not_offered`), or one that refuses us, is asked no more. */
  error: KinebaseError | null;
}

const KEPT = 1000;

/**
 * Looks at the change feed while it is mounted, and has everything read anew that changed. Once in a program is enough, near
 * its top.
 *
 * @example
 * const { changes } = useChanges();
 */
export function useChanges({
  since = null,
  kinds,
  interval_ms,
  enabled = true,
  onChanges,
}: UseChangesOptions = {}): UseChangesResult {
  const client = useClient();
  const queryClient = useQueryClient();
  const [result, setResult] = useState<UseChangesResult & { of: KinebaseClient }>(nothing(client));
  const hears = useRef(onChanges);
  useEffect(() => {
    hears.current = onChanges;
  });
  const wanted = kinds?.join(',');
  /** How far which feed was read. */
  const reached = useRef<{ feed: unknown[]; token: string } | null>(null);
  useEffect(() => {
    if (!enabled) return;
    const feed = [client, since, wanted];
    const before = reached.current;
    const goesOn = before?.feed.every((part, index) => part === feed[index]);
    const stop = new AbortController();
    const invalidate = (concerns: (key: readonly unknown[]) => boolean) => {
      const stale = ({ queryKey }: Query) => isOf(client, queryKey) && concerns(queryKey);
      // What is read for the first time may be on its way since before; invalidating lets it come and calls it fresh.
      const coming = (query: Query) =>
        stale(query) &&
        query.isActive() &&
        query.state.data === undefined &&
        query.state.fetchStatus === 'fetching';
      void queryClient.resetQueries({ predicate: coming });
      void queryClient.invalidateQueries({ predicate: stale });
    };
    const show = (next: (before: UseChangesResult) => UseChangesResult) =>
      setResult((before) => ({ ...next(before.of === client ? before : nothing(client)), of: client }));
    const options = {
      since: goesOn ? before!.token : since,
      kinds: wanted?.split(',') as ChangeKind[] | undefined,
      interval_ms,
      signal: stop.signal,
    };
    void watchChanges(client, options, {
      changed(changes, token) {
        reached.current = { feed, token };
        show((before) => ({ changes: [...before.changes, ...changes].slice(-KEPT), token, error: null }));
        if (changes.length === 0) return;
        const patched = patchLists(queryClient, client, changes);
        const concerns = changedKeys(changes);
        invalidate((key) => !patched.has(key) && concerns(key));
        // Apart, so that its faults are its own.
        queueMicrotask(() => hears.current?.(changes));
      },
      lost: () => invalidate(() => true),
      failed: (error) => show((before) => ({ ...before, error })),
    });
    return () => stop.abort();
  }, [client, queryClient, since, wanted, interval_ms, enabled]);
  const { of, ...shown } = result.of === client ? result : nothing(client);
  return shown;
}

const nothing = (of: KinebaseClient) => ({ changes: [], token: null, error: null, of });
