import type { ReportRow } from '../contract/reportRows.ts';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { type FlatRow, flatRows } from './flatReport.ts';
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
export const reportRows = (session: Session, report: Report): TableBatch =>
  flatReportRows([{ session, version: report.Provenance?.ReportVersion ?? null, rows: flatRows(report) }]);

/** A session with the lines of a report of it. */
export interface FlatReport {
  session: Session;
  version: number | null;
  rows: readonly FlatRow[];
}

/** The rows of many sessions. What is the same for all rows of a session is read once. */
export function flatReportRows(reports: readonly FlatReport[]): TableBatch {
  const lines = reports.flatMap(({ rows }) => rows);
  const ofLines = reportsTable.rows(lines as ReportRow[]).columns;
  const heads = reports.map(({ session, version }) => ({ ...session, Version: version }));
  const ofSessions = reportsTable.rows(heads as unknown as ReportRow[]).columns;
  return {
    rows: lines.length,
    columns: reportsTable.wireColumns.map(({ name }, column) => {
      if (OF_LINES.has(name)) return ofLines[column]!;
      const values: unknown[] = [];
      reports.forEach(({ rows }, report) => {
        for (let row = 0; row < rows.length; row++) values.push(ofSessions[column]![report]);
      });
      return values;
    }),
  };
}

const OF_LINES: ReadonlySet<string> = new Set<keyof FlatRow>([
  'Quantity',
  'Metric',
  'Side',
  'FullMax',
  'Avg',
  'AvgMax',
  'Score',
  'Min',
  'Max',
  'Unit',
]);
