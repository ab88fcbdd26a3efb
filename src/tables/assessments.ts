import type { Assessment } from '../contract/assessments.ts';
import { defineTable } from './table.ts';

/** One row an assessment. */
export const assessmentsTable = defineTable<Assessment>('assessments', [
  {
    name: 'assessment_id',
    type: 'string',
    nullable: false,
    description: 'Unique, opaque',
    member: 'Assessment ID',
  },
  {
    name: 'assessment_name',
    type: 'string',
    nullable: true,
    member: 'Assessment Name',
  },
  {
    name: 'athlete_id',
    type: 'string',
    nullable: true,
    description: 'Athlete assessed; missing where it is a template for anybody',
    member: 'Athlete ID',
  },
  {
    name: 'date',
    type: 'timestamp',
    nullable: true,
    description: 'When it was held, UTC',
    member: 'Date',
  },
]);
