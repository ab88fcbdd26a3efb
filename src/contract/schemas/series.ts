import { Type } from 'typebox';
import type { IkData, IkDataQuery, SeriesFormat } from '../series.ts';
import { shape } from './shape.ts';

export const IkDataSchema = shape<IkData>()(
  Type.Unsafe<IkData>({
    type: 'object',
    required: ['time'],
    properties: {
      time: {
        type: 'array',
        items: { type: 'number' },
        description: 'i/rate s from 0; 60 Hz unless processed otherwise',
      },
    },
    additionalProperties: { type: 'array', items: { type: 'number' } },
    description:
      'Per channel `<name>`, `<name>_vel`, `<name>_acc`: deg, deg/s, deg/s² (translations m, m/s, m/s²).',
  }),
);

export const IkDataQuerySchema = shape<IkDataQuery>()(
  Type.Object({
    s3Key: Type.String({ minLength: 1, description: 'As found in the session.' }),
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'Series of this report version.' })),
    channels: Type.Optional(
      Type.String({ description: 'Series names separated by commas; time always comes along. Absent: all.' }),
    ),
    from: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds from the start, inclusive.' })),
    to: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds from the start, inclusive.' })),
    points: Type.Optional(
      Type.Integer({
        minimum: 4,
        maximum: 100_000,
        description:
          'At most so many points per series: the lowest and the highest of each of equal stretches. JSON only.',
      }),
    ),
    format: Type.Optional(
      Type.Unsafe<SeriesFormat>({
        type: 'string',
        enum: ['json', 'csv', 'mot', 'sto', 'c3d', 'parquet', 'arrow'],
        description:
          '`json` (when absent), or a file without envelope: `csv`, `mot`, `sto`, `c3d`, `parquet`, `arrow`.',
      }),
    ),
  }),
);
