import { QUANTITIES, type ReportRow } from '../contract/reportRows.ts';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { microseconds } from './microseconds.ts';
import { defineTable, type TableBatch } from './table.ts';

/** One row a metric, side and quantity of a session's report. */
export const reportsTable = defineTable<ReportRow>('reports', [
  {
    name: 'session_id',
    type: 'string',
    nullable: false,
    description: 'Equals session_id of sessions',
    read: (row) => row['Session ID'],
  },
  {
    name: 'date',
    type: 'timestamp',
    nullable: false,
    description: 'Time of recording, UTC',
    read: (row) => microseconds(row.Date),
  },
  {
    name: 'athlete_id',
    type: 'string',
    nullable: false,
    description: 'Equals athlete_id of athletes',
    read: (row) => row['Athlete ID'],
  },
  {
    name: 'exercise_id',
    type: 'string',
    nullable: false,
    description: 'Equals exercise_id of exercises',
    read: (row) => row['Exercise ID'],
  },
  {
    name: 'session_name',
    type: 'string',
    nullable: false,
    description: 'Usually the name of the exercise, with the side in front for one-sided tests',
    read: (row) => row['Session Name'],
  },
  {
    name: 'quantity',
    type: 'string',
    nullable: false,
    description: 'Ang angle, Vel absolute velocity, Acc acceleration and Dec deceleration along the motion',
    read: (row) => row.Quantity,
  },
  {
    name: 'metric',
    type: 'string',
    nullable: false,
    description: 'Label with the unit of the angle',
    read: (row) => row.Metric,
  },
  {
    name: 'side',
    type: 'string',
    nullable: false,
    description: 'L left, R right, F and B the two directions of a central joint',
    read: (row) => row.Side,
  },
  {
    name: 'full_max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Maximum over the session',
    read: (row) => row.FullMax,
  },
  {
    name: 'avg',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Mean over the samples inside repetitions',
    read: (row) => row.Avg,
  },
  {
    name: 'avg_max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Mean over repetitions of the maximum of each',
    read: (row) => row.AvgMax,
  },
  {
    name: 'score',
    type: 'double',
    nullable: true,
    description: '1 inside the range from min to max, 0.5 near it, 0 else; missing where it is not scored',
    read: (row) => row.Score,
  },
  {
    name: 'min',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Lower end of the range that the score was taken from',
    read: (row) => row.Min,
  },
  {
    name: 'max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Upper end of the range that the score was taken from',
    read: (row) => row.Max,
  },
  {
    name: 'unit',
    type: 'string',
    nullable: true,
    description: 'Of the values: °, °/s or °/s²',
    read: (row) => row.Unit,
  },
  {
    name: 'report_version',
    type: 'int',
    nullable: true,
    description: 'Which report of the session it is; counts from 1',
    read: (row) => row.Version,
  },
]);

/** The rows of a session's report, in the order of the report. What a server does not say is missing in them. */
export const flatReport = (session: Session, report: Report): ReportRow[] =>
  QUANTITIES.flatMap((Quantity) =>
    Object.entries(report.WorkoutMetrics[Quantity] ?? {}).flatMap(([Metric, sides]) =>
      Object.entries(sides).map(
        ([Side, { FullMax, Avg, AvgMax, Score, Min, Max, Unit }]): ReportRow => ({
          'Session ID': session['Session ID'],
          Date: session.Date,
          'Athlete ID': session['Athlete ID'],
          'Exercise ID': session['Exercise ID'],
          'Session Name': session['Session Name'],
          Quantity,
          Metric,
          Side: Side as ReportRow['Side'],
          FullMax,
          Avg,
          AvgMax,
          Score,
          Min,
          Max,
          Unit,
          Version: report.Provenance?.ReportVersion,
        }),
      ),
    ),
  );

export const reportRows = (session: Session, report: Report): TableBatch =>
  reportsTable.rows(flatReport(session, report));
