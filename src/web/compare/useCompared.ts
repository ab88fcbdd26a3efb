import { useQueries } from '@tanstack/react-query';
import { kinebaseQueries, useAthletes, useClient, useExercises } from '../../react/index.ts';
import { nameOf } from '../athletes/nameOf.ts';
import type { Compared } from './compared.ts';

/** A session of the address, in whatever state it is. */
export type Slot =
  | { id: string; number: number; state: 'waiting' }
  | { id: string; number: number; state: 'failed'; error: unknown; again: () => void }
  | { id: string; number: number; state: 'here'; compared: Compared };

/** Everything that is shown of the sessions: records, names, reports with curves. */
export function useCompared(ids: readonly string[]): Slot[] {
  const client = useClient();
  const athletes = useAthletes();
  const exercises = useExercises();
  const sessions = useQueries({ queries: ids.map((id) => kinebaseQueries.session(client, id)) });
  const reports = useQueries({
    queries: sessions.map(({ data }) => ({
      ...kinebaseQueries.report(client, data?.s3Key ?? '', { curves: true }),
      enabled: data !== undefined,
    })),
  });
  return ids.map((id, index) => {
    const [session, report] = [sessions[index]!, reports[index]!];
    const number = index + 1;
    const failed = [session, report].find(({ error, data }) => error !== null && data === undefined);
    if (failed !== undefined)
      return { id, number, state: 'failed', error: failed.error, again: () => void failed.refetch() };
    if (session.data === undefined || report.data === undefined || athletes.isPending || exercises.isPending)
      return { id, number, state: 'waiting' };
    const athlete = athletes.data?.find(({ ValorID }) => ValorID === session.data['Athlete ID']);
    const exercise = exercises.data?.find((each) => each['Exercise ID'] === session.data['Exercise ID']);
    return {
      id,
      number,
      state: 'here',
      compared: {
        number,
        session: session.data,
        athlete: athlete === undefined ? session.data['Athlete ID'] : nameOf(athlete),
        exercise: exercise?.['Exercise Name'] ?? session.data['Session Name'],
        report: report.data,
      },
    };
  });
}
