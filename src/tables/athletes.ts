import type { Athlete } from '../contract/athletes.ts';
import { defineTable } from './table.ts';

/** One row an athlete. */
export const athletesTable = defineTable<Athlete>('athletes', [
  {
    name: 'athlete_id',
    type: 'string',
    nullable: false,
    description: 'Unique, opaque',
    read: ({ ValorID }) => ValorID,
  },
  { name: 'first_name', type: 'string', nullable: false, read: ({ FirstName }) => FirstName ?? '' },
  { name: 'last_name', type: 'string', nullable: false, read: ({ LastName }) => LastName ?? '' },
  {
    name: 'external_id',
    type: 'string',
    nullable: true,
    description: 'Id of the athlete in a system of your own',
    read: ({ ExternalID }) => ExternalID,
  },
]);
