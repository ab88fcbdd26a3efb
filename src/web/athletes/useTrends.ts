import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import type { KinebaseError, ReportFilters, ReportRow } from '../../sdk/index.ts';
import type { Family } from './families.ts';
import { type Noticeable, noticeable } from './noticeable.ts';
import type { AthleteSearch } from './search.ts';
import { sidesWith, type Trend, trendsOf } from './trends.ts';

/** Sessions of an exercise from which the organization's noise and spread are read, the newest. */
export const MOST_SESSIONS = 1000;

/** The athlete's trends in an exercise, from all its sessions. Of every metric, since one is chosen among them. */
export function useTrends(
  athleteID: string,
  family: Family,
  { from, to, quantity = 'Ang' }: AthleteSearch,
): Rows & { trends: Trend[] } {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const rows = useRows(family, { athleteID, quantity, ...(from && { from }), ...(to && { to }), timeZone });
  return { ...rows, trends: trendsOf(rows.rows) };
}

export interface OrganizationNoise extends Rows {
  sessions: number;
  of: (trend: Trend) => Noticeable;
}

/** What is noise and what is spread of a quantity in this organization. */
export function useNoise(family: Family, { quantity = 'Ang' }: AthleteSearch): OrganizationNoise {
  const rows = useRows(family, { limit: MOST_SESSIONS, quantity });
  return {
    ...rows,
    sessions: new Set(rows.rows.map((row) => row['Session ID'])).size,
    of: ({ metric, sides }) => {
      const group = sidesWith(sides[0]!);
      return noticeable(
        rows.rows
          .filter((row) => row.Metric === metric && group.includes(row.Side))
          .map((row) => ({
            athlete: row['Athlete ID'],
            side: row.Side,
            at_ms: Date.parse(row.Date),
            value: row.AvgMax,
          })),
      );
    },
  };
}

interface Rows {
  rows: readonly ReportRow[];
  isPending: boolean;
  error: KinebaseError | null;
  again: () => void;
}

/** Of every exercise of the family. */
function useRows({ ids }: Family, filters: ReportFilters): Rows {
  const client = useClient();
  return useQueries({
    queries: ids.map((exerciseID) => kinebaseQueries.reportRows(client, { ...filters, exerciseID })),
    combine: together,
  });
}

const together = (results: UseQueryResult<readonly ReportRow[], KinebaseError>[]): Rows => {
  const failed = results.find(({ data, error }) => data === undefined && error !== null);
  return {
    rows: results.flatMap(({ data }) => data ?? []),
    isPending: results.some(({ isPending }) => isPending),
    error: failed?.error ?? null,
    again: () => void failed?.refetch(),
  };
};
