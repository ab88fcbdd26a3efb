import { QUANTITIES, type ReportRow } from '../contract/reportRows.ts';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { defineTable, type TableBatch } from './table.ts';

/** One row a metric, side and quantity of a session's report. */
export const reportsTable = defineTable<ReportRow>('reports', [
  {
    name: 'session_id',
    type: 'string',
    nullable: false,
    description: 'Equals session_id of sessions',
    member: 'Session ID',
  },
  {
    name: 'date',
    type: 'timestamp',
    nullable: false,
    description: 'Time of recording, UTC',
    member: 'Date',
  },
  {
    name: 'athlete_id',
    type: 'string',
    nullable: false,
    description: 'Equals athlete_id of athletes',
    member: 'Athlete ID',
  },
  {
    name: 'exercise_id',
    type: 'string',
    nullable: false,
    description: 'Equals exercise_id of exercises',
    member: 'Exercise ID',
  },
  {
    name: 'session_name',
    type: 'string',
    nullable: false,
    description: 'Usually the name of the exercise, with the side in front for one-sided tests',
    member: 'Session Name',
  },
  {
    name: 'quantity',
    type: 'string',
    nullable: false,
    description: 'Ang angle, Vel absolute velocity, Acc acceleration and Dec deceleration along the motion',
    member: 'Quantity',
  },
  {
    name: 'metric',
    type: 'string',
    nullable: false,
    description: 'Label with the unit of the angle',
    member: 'Metric',
  },
  {
    name: 'side',
    type: 'string',
    nullable: false,
    description: 'L left, R right, F and B the two directions of a central joint',
    member: 'Side',
  },
  {
    name: 'full_max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Maximum over the session',
    member: 'FullMax',
  },
  {
    name: 'avg',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Mean over the samples inside repetitions',
    member: 'Avg',
  },
  {
    name: 'avg_max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Mean over repetitions of the maximum of each',
    member: 'AvgMax',
  },
  {
    name: 'score',
    type: 'double',
    nullable: true,
    description: '1 inside the range from min to max, 0.5 near it, 0 else; missing where it is not scored',
    member: 'Score',
  },
  {
    name: 'min',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Lower end of the range that the score was taken from',
    member: 'Min',
  },
  {
    name: 'max',
    type: 'double',
    nullable: true,
    unit: 'as in the column unit',
    description: 'Upper end of the range that the score was taken from',
    member: 'Max',
  },
  {
    name: 'unit',
    type: 'string',
    nullable: true,
    description: 'Of the values: °, °/s or °/s²',
    member: 'Unit',
  },
  {
    name: 'report_version',
    type: 'int',
    nullable: true,
    description: 'Which report of the session it is; counts from 1',
    member: 'Version',
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
