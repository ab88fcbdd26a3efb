import { QUANTITIES } from '../contract/reportLines.ts';
import type { ReportRow } from '../contract/reportRows.ts';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { type FlatReport, flatten } from './flatReport.ts';
import { defineTable, microseconds, type TableBatch } from './table.ts';

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
  flatReportRows([{ session, version: report.Provenance?.ReportVersion ?? null, flat: flatten(report) }]);

/** A session with the lines of a report of it. */
export interface SessionReport {
  session: Session;
  version: number | null;
  flat: FlatReport;
}

/** The rows of many sessions: as `reportsTable.rows`, without making an object of each. */
export function flatReportRows(reports: readonly SessionReport[]): TableBatch {
  const columns = reportsTable.columns.map((): unknown[] => []);
  const names = reportsTable.wireColumns.map(({ name }) => name);
  const of = (member: keyof ReportRow) => columns[names.indexOf(member)]!;
  const [ids, dates, athletes] = [of('Session ID'), of('Date'), of('Athlete ID')];
  const [exercises, sessionNames, versions] = [of('Exercise ID'), of('Session Name'), of('Version')];
  const [quantities, metrics, sides, unitNames] = [of('Quantity'), of('Metric'), of('Side'), of('Unit')];
  const statistics = (['FullMax', 'Avg', 'AvgMax', 'Score', 'Min', 'Max'] as const).map(of);
  let rows = 0;
  for (const { session, version, flat } of reports) {
    const { labels, units, lines } = flat;
    const date = microseconds(session.Date);
    for (const line of lines) {
      ids.push(session['Session ID']);
      dates.push(date);
      athletes.push(session['Athlete ID']);
      exercises.push(session['Exercise ID']);
      sessionNames.push(session['Session Name']);
      versions.push(version);
      quantities.push(QUANTITIES[line[0]]);
      metrics.push(labels[line[1]]);
      sides.push(line[2]);
      unitNames.push(units[line[3]]);
      for (let at = 0; at < statistics.length; at++) statistics[at]!.push(line[4 + at] ?? null);
    }
    rows += lines.length;
  }
  return { rows, columns };
}
