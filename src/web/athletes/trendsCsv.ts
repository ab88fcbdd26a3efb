import { csvOf } from '../ui/csv.ts';
import type { Trend } from './trends.ts';
import type { OrganizationNoise } from './useTrends.ts';

/** The dots that are shown, a line each, with what they were judged by. */
export const trendsCsv = (trends: readonly Trend[], noise: OrganizationNoise): Uint8Array[] =>
  csvOf(
    [
      { name: 'session_id', type: 'string', value: ({ row }) => row['Session ID'] },
      { name: 'date', type: 'string', value: ({ row }) => row.Date },
      { name: 'athlete_id', type: 'string', value: ({ row }) => row['Athlete ID'] },
      { name: 'exercise_id', type: 'string', value: ({ row }) => row['Exercise ID'] },
      { name: 'session_name', type: 'string', value: ({ row }) => row['Session Name'] },
      { name: 'quantity', type: 'string', value: ({ row }) => row.Quantity },
      { name: 'metric', type: 'string', value: ({ row }) => row.Metric },
      { name: 'side', type: 'string', value: ({ row }) => row.Side },
      { name: 'unit', type: 'string', value: ({ row }) => row.Unit },
      { name: 'avg_max', type: 'double', value: ({ row }) => row.AvgMax },
      { name: 'change', type: 'double', value: ({ change }) => change },
      { name: 'score', type: 'double', value: ({ row }) => row.Score },
      { name: 'min', type: 'double', value: ({ row }) => row.Min },
      { name: 'max', type: 'double', value: ({ row }) => row.Max },
      { name: 'detectable_change', type: 'double', value: ({ known }) => known.detectable },
      { name: 'worthwhile_change', type: 'double', value: ({ known }) => known.worthwhile },
    ],
    trends.flatMap((trend) => {
      const known = noise.of(trend);
      return trend.points.map((point) => ({ ...point, known }));
    }),
  );
