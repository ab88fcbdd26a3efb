import type { Athlete } from '../contract/athletes.ts';
import { defineTable } from './table.ts';

/** One row an athlete. */
export const athletesTable = defineTable<Athlete>('athletes', [
  {
    name: 'athlete_id',
    type: 'string',
    nullable: false,
    description: 'Unique, opaque',
    member: 'ValorID',
  },
  { name: 'first_name', type: 'string', nullable: true, member: 'FirstName' },
  { name: 'last_name', type: 'string', nullable: true, member: 'LastName' },
  {
    name: 'external_id',
    type: 'string',
    nullable: true,
    description: 'Id of the athlete in a system of your own',
    member: 'ExternalID',
  },
]);
