import { Type } from 'typebox';
import { QUANTITIES, REPORT_SIDES } from '../reportLines.ts';
import type { ReportRow, ReportsQuery } from '../reportRows.ts';
import { TABLE_FORMATS } from '../tables.ts';
import { lineFilters } from './lineFilters.ts';
import { StatisticsSchema } from './reports.ts';
import { SessionsQuerySchema } from './sessions.ts';
import { described, oneOf, shape } from './shape.ts';

export const ReportRowSchema = shape<ReportRow>()(
  Type.Object({
    'Session ID': Type.String(),
    Date: Type.String({ description: 'UTC, ISO 8601' }),
    'Athlete ID': Type.String(),
    'Exercise ID': Type.String(),
    'Session Name': Type.String(),
    Quantity: described(
      oneOf(...QUANTITIES),
      'Angle, absolute velocity, acceleration or deceleration along the motion.',
    ),
    Metric: Type.String({ description: 'Label with the unit of the angle.' }),
    Side: oneOf(...REPORT_SIDES),
    ...StatisticsSchema.properties,
    Version: Type.Integer({ description: 'Of the report; counts from 1.' }),
  }),
);

export const ReportsQuerySchema = shape<ReportsQuery>()(
  Type.Object({
    ...SessionsQuerySchema.properties,
    ...lineFilters,
    format: Type.Optional(
      described(
        oneOf('json', ...TABLE_FORMATS),
        '`json` (when absent): pages; `ndjson`, `csv`, `parquet` or `arrow`: one file of everything that matches, without `order` and `limit`.',
      ),
    ),
  }),
);
