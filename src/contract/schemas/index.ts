import type { TSchema } from 'typebox';
import * as assessments from './assessments.ts';
import * as athletes from './athletes.ts';
import * as changes from './changes.ts';
import * as channels from './channels.ts';
import * as exercises from './exercises.ts';
import * as organizations from './organizations.ts';
import * as processing from './processing.ts';
import * as recomputation from './recomputation.ts';
import * as recordings from './recordings.ts';
import * as reportRows from './reportRows.ts';
import * as reports from './reports.ts';
import * as series from './series.ts';
import * as service from './service.ts';
import * as sessions from './sessions.ts';
import * as webhooks from './webhooks.ts';

const modules = {
  ...assessments,
  ...athletes,
  ...changes,
  ...channels,
  ...exercises,
  ...organizations,
  ...processing,
  ...recomputation,
  ...recordings,
  ...reportRows,
  ...reports,
  ...series,
  ...service,
  ...sessions,
  ...webhooks,
};

/** Every schema under the name that `contract/endpoints` uses for it: `AthleteSchema` is `Athlete`. */
export const SCHEMAS: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(modules).map(([name, schema]) => [name.replace(/Schema$/, ''), schema]),
);

/** The schema of that name; an unknown name is a fault of the endpoint table. */
export function schemaOf(name: string): TSchema {
  const schema = SCHEMAS[name];
  if (schema === undefined) throw new Error(`no schema is called ${name}`);
  return schema;
}
