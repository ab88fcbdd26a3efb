import { expect, test } from 'vitest';
import { addNames, withNames } from '../../src/tables/names.ts';
import { reportsTable } from '../../src/tables/reports.ts';
import { sessionsTable } from '../../src/tables/sessions.ts';

const SESSION = {
  'Session ID': 'R1',
  Date: '2026-05-04T09:30:00.000Z',
  s3Key: 'k',
  Duration: 1,
  'Athlete ID': 'A1',
  'Assessment ID': 'singleExercise',
  'Exercise ID': 'E1',
  'Session Name': 'Squat',
};

test('every id of a table gets its names, behind all other columns', () => {
  expect(withNames(sessionsTable).columns.slice(sessionsTable.columns.length)).toMatchObject([
    { name: 'athlete_name', type: 'string', nullable: true },
    { name: 'athlete_external_id' },
    { name: 'exercise_name' },
    { name: 'assessment_name' },
  ]);
  const added = withNames(reportsTable).wireColumns.slice(reportsTable.columns.length);
  expect(added.map(({ name }) => name)).toEqual(['Athlete Name', 'Athlete ExternalID', 'Exercise Name']);
});

test('an id without a name, and one that every object has a member of, has none', () => {
  const sessions = [
    SESSION,
    { ...SESSION, 'Athlete ID': 'toString', 'Exercise ID': '__proto__', 'Assessment ID': 'constructor' },
    { ...SESSION, 'Athlete ID': 'A2', 'Exercise ID': 'E2', 'Assessment ID': 'S1' },
  ];
  const { rows, columns } = addNames(sessionsTable.rows(sessions), sessionsTable, {
    athletes: { A1: { name: null, externalId: 'MRN-1' }, A2: { name: 'Bo Lee', externalId: null } },
    exercises: { E1: 'Squat' },
    assessments: { S1: 'Return to sport' },
  });
  expect(rows).toBe(3);
  expect(columns.slice(sessionsTable.columns.length)).toEqual([
    [null, null, 'Bo Lee'],
    ['MRN-1', null, null],
    ['Squat', null, null],
    [null, null, 'Return to sport'],
  ]);
});
