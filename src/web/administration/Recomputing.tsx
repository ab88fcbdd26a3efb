import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../react/index.ts';
import type { KinebaseError, Recomputation } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { explain } from '../ui/explain.ts';
import { useSay } from '../ui/messages.tsx';
import { Sure } from '../ui/Sure.tsx';
import { administrationWords } from '../words/administration.ts';

const say = administrationWords.exercises;

/** Computing all reports again, and how far that is. */
export function Recomputing() {
  const client = useClient();
  const queries = useQueryClient();
  const tell = useSay();
  const { account } = useAccount();
  const queryKey = ['administration', account.username, 'recomputation'];
  const { data } = useQuery<Recomputation, KinebaseError>({
    queryKey,
    queryFn: ({ signal }) => client.recomputation.get({ signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && open(state.data) > 0 ? LOOK_MS : false),
    retry: false,
  });
  const start = useMutation<Recomputation, KinebaseError>({
    mutationFn: () => client.recomputation.start({ All: true }),
    onSuccess: (begun) => queries.setQueryData(queryKey, begun),
    onError: (error) => tell(explain(error), { alarm: true }),
  });
  return (
    <>
      <Sure
        label={say.recompute}
        name={say.recomputeAll}
        disabled={start.isPending}
        onSure={() => start.mutate()}
      />
      {data !== undefined && (
        <p role="status" className="py-2 text-soft">
          {say.recomputation(open(data), data.Failed)}
        </p>
      )}
    </>
  );
}

const LOOK_MS = 2000;

const open = ({ Waiting, Running }: Recomputation): number => Waiting + Running;
