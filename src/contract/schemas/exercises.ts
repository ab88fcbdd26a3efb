import { Type } from 'typebox';
import type { Exercise, ExerciseInput, ExerciseMetric } from '../exercises.ts';
import { closed, name, nullable, oneOf, shape, sign, UUID } from './shape.ts';

export const ExerciseMetricSchema = shape<ExerciseMetric>()(
  Type.Object(
    {
      Label: name(100),
      Side: oneOf('L', 'R', 'F', 'B'),
      Channel: name(300),
      Sign: sign(),
      Reads: Type.Optional(oneOf('angle', 'range')),
      Min: Type.Optional(nullable(Type.Number({ minimum: -1000, maximum: 1000 }))),
      Max: Type.Optional(nullable(Type.Number({ minimum: -1000, maximum: 1000 }))),
      Source: Type.Optional(name(300, 0)),
    },
    closed,
  ),
);

const metrics = nullable(Type.Array(ExerciseMetricSchema, { maxItems: 500 }));
const kneeFlexion = oneOf('positive', 'as recorded');
const primaryChannel = nullable(name(300));

export const ExerciseSchema = shape<Exercise>()(
  Type.Object({
    'Exercise ID': Type.String({ minLength: 1 }),
    'Exercise Name': Type.String(),
    Category: Type.String(),
    PrimaryChannel: nullable(Type.String()),
    Polarity: sign(),
    Metrics: metrics,
    KneeFlexion: kneeFlexion,
  }),
);

export const ExerciseInputSchema = shape<ExerciseInput>()(
  Type.Object(
    {
      'Exercise Name': name(),
      Category: Type.Optional(name(100, 0)),
      PrimaryChannel: Type.Optional(primaryChannel),
      Polarity: Type.Optional(sign()),
      Metrics: Type.Optional(metrics),
      KneeFlexion: Type.Optional(kneeFlexion),
      'Exercise ID': Type.Optional(Type.String({ pattern: UUID })),
    },
    closed,
  ),
);

export const ExercisePatchSchema = shape<Partial<Omit<ExerciseInput, 'Exercise ID'>>>()(
  Type.Object(
    {
      'Exercise Name': Type.Optional(name()),
      Category: Type.Optional(name(100, 0)),
      PrimaryChannel: Type.Optional(primaryChannel),
      Polarity: Type.Optional(sign()),
      Metrics: Type.Optional(metrics),
      KneeFlexion: Type.Optional(kneeFlexion),
    },
    { ...closed, minProperties: 1 },
  ),
);

export const ExercisesQuerySchema = Type.Object({
  name: Type.Optional(Type.String({ description: 'Only the exercise with exactly this name.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Accepted; the answer is always complete.' })),
});
