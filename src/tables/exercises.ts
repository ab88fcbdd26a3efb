import type { Exercise } from '../contract/exercises.ts';
import { defineTable } from './table.ts';

/** One row an exercise. Servers that know less of one than Kinebase leave members out: then they are missing here. */
export const exercisesTable = defineTable<Exercise>('exercises', [
  {
    name: 'exercise_id',
    type: 'string',
    nullable: false,
    description: 'Unique, opaque',
    member: 'Exercise ID',
  },
  { name: 'exercise_name', type: 'string', nullable: true, member: 'Exercise Name' },
  { name: 'category', type: 'string', nullable: true, member: 'Category' },
  {
    name: 'primary_channel',
    type: 'string',
    nullable: true,
    description: 'Channel whose peaks are the repetitions; missing: chosen from each recording',
    member: 'PrimaryChannel',
  },
  {
    name: 'polarity',
    type: 'int',
    nullable: true,
    description: 'Repetitions are the peaks of polarity × primary_channel',
    member: 'Polarity',
  },
  {
    name: 'knee_flexion',
    type: 'string',
    nullable: true,
    description: 'positive, or as recorded',
    member: 'KneeFlexion',
  },
  {
    name: 'metrics',
    type: 'string',
    nullable: true,
    description:
      'Metrics of the report as JSON; missing: every flexion and rotation channel of the recording',
    member: 'Metrics',
  },
]);
