import { Type } from 'typebox';
import { type LinesQuery, MOST_METRICS, QUANTITIES, REPORT_SIDES } from '../reportLines.ts';
import { oneOf, shape } from './shape.ts';

/** Members of a query that choose lines of reports. */
export const lineFilters = shape<LinesQuery>()(
  Type.Object({
    quantity: Type.Optional(
      Type.Array(oneOf(...QUANTITIES), {
        description: 'Only lines of this quantity, or of several: repeated, or separated by commas.',
      }),
    ),
    metric: Type.Optional(
      Type.Array(Type.String({ maxLength: 1000 }), {
        maxItems: MOST_METRICS,
        description:
          'Only lines of exactly this label, as it stands in `Metric`. Labels may have commas, so several are several parameters.',
      }),
    ),
    side: Type.Optional(
      Type.Array(oneOf(...REPORT_SIDES), {
        description: 'Only lines of this side, or of several: repeated, or separated by commas.',
      }),
    ),
  }),
).properties;
