import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { kinebaseQueries, useClient, useSessions } from '../../react/index.ts';
import type { Report } from '../../sdk/index.ts';
import type { Compared, Shown, Side } from './compared.ts';
import { MOST_SESSIONS, organizationBand } from './organizationBand.ts';

/** Of the newest other sessions of one exercise; `exerciseID` null: not wanted, and nothing is read. */
export function useOrganizationBand(
  exerciseID: string | null,
  compared: readonly Compared[],
  metric: string,
  sides: readonly Side[],
  shown: Shown,
) {
  const client = useClient();
  const wanted = exerciseID !== null;
  // Those that are compared are left out of it.
  const list = useSessions(
    { exerciseID: exerciseID ?? '', limit: MOST_SESSIONS + compared.length },
    { enabled: wanted },
  );
  const left = new Set(compared.map(({ session }) => session['Session ID']));
  const others = wanted
    ? list.sessions.filter((session) => !left.has(session['Session ID'])).slice(0, MOST_SESSIONS)
    : [];
  const reports = useQueries({
    queries: others.map(({ s3Key }) => kinebaseQueries.report(client, s3Key, { curves: true })),
    combine: settled,
  });
  // One that cannot be read is left out: what is said of the band counts what is in it.
  const read = others.flatMap((session, index) => {
    const report = reports.data[index];
    return report === undefined ? [] : [{ athlete: session['Athlete ID'], date: session.Date, report }];
  });
  const isPending = wanted && (list.isPending || reports.isPending);
  return {
    band: wanted && !isPending ? organizationBand(read, metric, sides, shown) : null,
    isPending,
    error: list.error,
  };
}

const settled = (results: UseQueryResult<Report>[]) => ({
  isPending: results.some(({ isPending }) => isPending),
  data: results.map(({ data }) => data),
});
