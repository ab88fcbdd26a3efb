import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../react/index.ts';
import type { KinebaseClient, KinebaseError } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { explain } from '../ui/explain.ts';
import { useSay } from '../ui/messages.tsx';

/**
 * A list that administrators keep, and the doing of something with it: afterwards the list is read anew. What fails is said
 * in passing.
 */
export function useAdministered<Item>(name: string, list: (client: KinebaseClient) => PromiseLike<Item[]>) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const { account } = useAccount();
  const queryKey = ['administration', account.username, name];
  const query = useQuery<Item[], KinebaseError>({
    queryKey,
    queryFn: async () => list(client),
    retry: false,
  });
  const change = useMutation<unknown, KinebaseError, Change>({
    mutationFn: ({ call }) => call(client),
    onSuccess: async (answer, { done }) => {
      await queries.invalidateQueries({ queryKey });
      const text = done?.(answer as never);
      if (text !== undefined) say(text);
    },
    onError(error, { refused }) {
      if (refused?.(error) !== true) say(explain(error), { alarm: true });
    },
  });
  const run = (wanted: Change) =>
    change.mutateAsync(wanted).then(
      () => true,
      () => false,
    );
  return { query, busy: change.isPending, change: run as Do };
}

interface Change {
  call: (client: KinebaseClient) => Promise<unknown>;
  /** What to do with the answer; a text is said in passing. */
  done?: ((answer: never) => string | undefined) | undefined;
  refused?: Refused | undefined;
}

/** Hears what was refused; true: it is told at its field, and needs no other telling. */
export type Refused = (error: KinebaseError) => boolean;

type Do = <Answer>(change: {
  call: (client: KinebaseClient) => Promise<Answer>;
  done?: (answer: Answer) => string | undefined;
  refused?: Refused;
}) => Promise<boolean>;
