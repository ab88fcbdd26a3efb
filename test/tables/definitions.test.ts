import { expect, test } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { assessmentsTable } from '../../src/tables/assessments.ts';
import { athletesTable } from '../../src/tables/athletes.ts';
import { exercisesTable } from '../../src/tables/exercises.ts';
import { flatRows, flatten, readFlatReport, writeFlatReport } from '../../src/tables/flatReport.ts';
import { reportRows, reportsTable } from '../../src/tables/reports.ts';
import { seriesLongRows, seriesLongTable, seriesWideRows, seriesWideTable } from '../../src/tables/series.ts';
import { sessionsTable } from '../../src/tables/sessions.ts';
import type { TableBatch, TableColumn } from '../../src/tables/table.ts';
import { tableWriter } from '../../src/tables/writer.ts';

const csv = ({ columns }: { columns: readonly TableColumn[] }, batch: TableBatch): string => {
  const writer = tableWriter('csv', columns);
  return Buffer.concat([...writer.write(batch), ...writer.end()]).toString();
};

const session: Session = {
  'Session ID': 'S1',
  Date: '2026-05-01T08:30:00.000001Z',
  s3Key: 'k1',
  Duration: 12.5,
  'Athlete ID': 'A1',
  'Assessment ID': 'singleExercise',
  'Exercise ID': 'E1',
  'Session Name': 'Squat, deep',
};

test('sessions', () => {
  expect(csv(sessionsTable, sessionsTable.rows([session]))).toBe(
    'session_id,date,s3_key,duration_s,athlete_id,assessment_id,exercise_id,session_name\n' +
      'S1,2026-05-01T08:30:00.000001Z,k1,12.5,A1,singleExercise,E1,"Squat, deep"\n',
  );
});

test('athletes, assessments and exercises, also where a server says less of them', () => {
  const athlete = { ValorID: 'A1', FirstName: 'Ann', LastName: '', ExternalID: null };
  expect(csv(athletesTable, athletesTable.rows([athlete]))).toBe(
    'athlete_id,first_name,last_name,external_id\nA1,Ann,"",\n',
  );
  const assessment = {
    'Assessment ID': 'S',
    'Assessment Name': 'Spring',
    'Athlete ID': null,
    Date: '2026-05-01T00:00:00.000Z',
  };
  expect(csv(assessmentsTable, assessmentsTable.rows([assessment, { 'Assessment ID': 'T' } as never]))).toBe(
    'assessment_id,assessment_name,athlete_id,date\nS,Spring,,2026-05-01T00:00:00.000Z\nT,,,\n',
  );
  const exercise = {
    'Exercise ID': 'E1',
    'Exercise Name': 'Squat',
    Category: 'Squats',
    PrimaryChannel: 'knee_angle_r',
    Polarity: 1,
    Metrics: [{ Label: 'Knee Flex. (°)', Side: 'L', Channel: 'knee_angle_l', Sign: 1 }],
    KneeFlexion: 'positive',
  } as const;
  expect(
    csv(exercisesTable, exercisesTable.rows([exercise as never, { 'Exercise ID': 'E2' } as never])),
  ).toBe(
    'exercise_id,exercise_name,category,primary_channel,polarity,knee_flexion,metrics\n' +
      'E1,Squat,Squats,knee_angle_r,1,positive,"[{""Label"":""Knee Flex. (°)"",""Side"":""L"",""Channel"":""knee_angle_l"",""Sign"":1}]"\n' +
      'E2,,,,,,\n',
  );
});

const statistics = { FullMax: 90.5, Avg: 40, AvgMax: 88, Score: 1, Min: 60, Max: 90, Unit: '°' } as const;
const report = {
  WorkoutMetrics: {
    Ang: { 'Knee Flex. (°)': { L: statistics, R: { ...statistics, Score: null, Min: null, Max: null } } },
    Vel: { 'Knee Flex. (°)': { L: { ...statistics, Score: null, Min: null, Max: null, Unit: '°/s' } } },
    Acc: {},
    Dec: {},
  },
  Provenance: { ReportVersion: 3 },
} as unknown as Report;

test('reports: a row a quantity, metric and side, in the order of the report', () => {
  expect(csv(reportsTable, reportRows(session, report))).toBe(
    'session_id,date,athlete_id,exercise_id,session_name,quantity,metric,side,full_max,avg,avg_max,score,min,max,unit,report_version\n' +
      'S1,2026-05-01T08:30:00.000001Z,A1,E1,"Squat, deep",Ang,Knee Flex. (°),L,90.5,40,88,1,60,90,°,3\n' +
      'S1,2026-05-01T08:30:00.000001Z,A1,E1,"Squat, deep",Ang,Knee Flex. (°),R,90.5,40,88,,,,°,3\n' +
      'S1,2026-05-01T08:30:00.000001Z,A1,E1,"Squat, deep",Vel,Knee Flex. (°),L,90.5,40,88,,,,°/s,3\n',
  );
});

test('lines of a report as text are the same lines', () => {
  const text = writeFlatReport(report);
  expect(text).toBe(
    '[["Knee Flex. (°)"],["°","°/s"],[[0,0,"L",0,90.5,40,88,1,60,90],[0,0,"R",0,90.5,40,88],[1,0,"L",1,90.5,40,88]]]',
  );
  expect(readFlatReport(text)).toEqual(flatten(report));
  expect(flatRows(report)[0]).toEqual({
    Quantity: 'Ang',
    Metric: 'Knee Flex. (°)',
    Side: 'L',
    ...statistics,
  });
  expect(flatRows(report)[1]).toMatchObject({ Side: 'R', Score: null, Min: null, Max: null });
});

test('a report of a server that says no more than the public contract', () => {
  const bare = { WorkoutMetrics: { Ang: { 'Hip ER (°)': { R: { AvgMax: 31.5 } } } } } as unknown as Report;
  expect(csv(reportsTable, reportRows(session, bare)).split('\n')[1]).toBe(
    'S1,2026-05-01T08:30:00.000001Z,A1,E1,"Squat, deep",Ang,Hip ER (°),R,,,31.5,,,,,',
  );
});

test('series, long and wide; a channel is not the velocity of another only because of its name', () => {
  const series = { time: [0, 0.5], knee: [1, 2], knee_vel: [3, 4], knee_acc: [5, 6], grip_vel: [7, 8] };
  expect(csv(seriesLongTable, seriesLongRows('S1', series))).toBe(
    'session_id,time_s,channel,value,velocity,acceleration\n' +
      'S1,0,knee,1,3,5\nS1,0.5,knee,2,4,6\nS1,0,grip_vel,7,,\nS1,0.5,grip_vel,8,,\n',
  );
  expect(csv(seriesWideTable(series), seriesWideRows(series))).toBe(
    'time_s,knee,knee_vel,knee_acc,grip_vel\n0,1,3,5,7\n0.5,2,4,6,8\n',
  );
});

test('a time that is none is refused by its text', () => {
  expect(() => sessionsTable.rows([{ ...session, Date: 'yesterday' }])).toThrow(
    '"yesterday" is not a time in ISO 8601',
  );
});
