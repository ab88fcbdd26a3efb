import type { Session } from '../contract/sessions.ts';
import { defineTable } from './table.ts';

/** One row a session. */
export const sessionsTable = defineTable<Session>('sessions', [
  {
    name: 'session_id',
    type: 'string',
    nullable: false,
    description: 'Unique, opaque',
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
    name: 's3_key',
    type: 'string',
    nullable: false,
    description: 'Handle for ikData and reportData',
    member: 's3Key',
  },
  {
    name: 'duration_s',
    type: 'double',
    nullable: true,
    unit: 's',
    description: 'Length of the recording',
    member: 'Duration',
  },
  {
    name: 'athlete_id',
    type: 'string',
    nullable: false,
    description: 'Equals athlete_id of athletes',
    member: 'Athlete ID',
  },
  {
    name: 'assessment_id',
    type: 'string',
    nullable: false,
    description: 'Shared by the sessions of one assessment, or singleExercise',
    member: 'Assessment ID',
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
]);
