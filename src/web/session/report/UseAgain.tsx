import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../../react/index.ts';
import type { Report, Session } from '../../../sdk/index.ts';
import { Button } from '../../ui/Button.tsx';
import { explain } from '../../ui/explain.ts';
import { useSay } from '../../ui/messages.tsx';
import { sessionWords } from '../../words/session.ts';
import { stored } from '../stored.ts';
import { storeRepetitions } from '../storeRepetitions.ts';
import { useShow } from '../useSessionSearch.ts';

/** Computes the current report from the repetitions of an earlier one: undoing what was saved, at any time. */
export function UseAgain({
  session,
  report,
  current,
}: {
  session: Session;
  report: Report;
  current: number;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const show = useShow();
  const { mutate, isPending } = useMutation({
    mutationFn: () => storeRepetitions(client, queries, session, stored(report), current),
    onSuccess(next) {
      say(sessionWords.saved(next.Provenance.ReportVersion, next.Repetitions.length));
      show({ version: undefined });
    },
    onError: (error) => say(explain(error), { alarm: true }),
  });
  return (
    <Button kind="plain" className="no-print" disabled={isPending} onClick={() => mutate()}>
      {isPending ? sessionWords.repetitions.saving : sessionWords.report.useAgain}
    </Button>
  );
}
