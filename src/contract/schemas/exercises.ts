import { Type } from 'typebox';
import type { Exercise, ExerciseInput, ExerciseMetric } from '../exercises.ts';
import { closed, described, name, nullable, oneOf, ownId, shape, sign } from './shape.ts';

const limit = nullable(Type.Number({ minimum: -1000, maximum: 1000 }));

export const ExerciseMetricSchema = shape<ExerciseMetric>()(
  Type.Object(
    {
      Label: described(name(100), 'As shown, unit included: `Knee Flex. (°)`.'),
      Side: described(
        oneOf('L', 'R', 'F', 'B'),
        'Left, right; F and B: the two directions of a central joint.',
      ),
      Channel: described(name(300), 'Name of the series that is read.'),
      Sign: described(sign(), 'The metric is Sign × Channel.'),
      Reads: Type.Optional(
        described(
          oneOf('angle', 'range'),
          '`angle` (default) reads the value, `range` largest minus smallest of a repetition.',
        ),
      ),
      Min: Type.Optional(described(limit, 'Degrees; score 1 from Min to Max. Both or neither.')),
      Max: Type.Optional(described(limit, 'Degrees.')),
      Source: Type.Optional(
        described(
          name(300, 0),
          'Where the range comes from. Sent back unchanged with a changed range, it is dropped.',
        ),
      ),
    },
    closed,
  ),
);

const exerciseName = described(name(), 'Unique in the organization.');
const metrics = described(
  nullable(Type.Array(ExerciseMetricSchema, { maxItems: 500 })),
  'Metrics of the report; null: every flexion and rotation that the recording has.',
);
const kneeFlexion = described(
  oneOf('positive', 'as recorded'),
  '`positive`: written for models that count knee flexion up, and turned for recordings that count it down. `as recorded`: never turned.',
);
const primaryChannel = described(
  nullable(name(300)),
  'Channel whose peaks are the repetitions; null: chosen from each recording.',
);
const polarity = described(sign(), 'Repetitions are the peaks of Polarity × PrimaryChannel.');
const category = described(name(100, 0), 'A word to group exercises by.');

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
      'Exercise Name': exerciseName,
      Category: Type.Optional(category),
      PrimaryChannel: Type.Optional(primaryChannel),
      Polarity: Type.Optional(polarity),
      Metrics: Type.Optional(metrics),
      KneeFlexion: Type.Optional(kneeFlexion),
      'Exercise ID': Type.Optional(
        ownId('A UUID of your own, or the id that the record had on another server.'),
      ),
    },
    {
      ...closed,
      examples: [
        {
          'Exercise Name': 'Heel-Elevated Box Squat',
          PrimaryChannel: 'knee_angle_r',
          KneeFlexion: 'positive',
          Metrics: [
            {
              Label: 'Knee Flex. (°)',
              Side: 'R',
              Channel: 'knee_angle_r',
              Sign: 1,
              Min: 80,
              Max: 120,
              Source: 'our own norms',
            },
          ],
        },
      ],
    },
  ),
);

export const ExercisePatchSchema = shape<Partial<Omit<ExerciseInput, 'Exercise ID'>>>()(
  Type.Object(
    {
      'Exercise Name': Type.Optional(exerciseName),
      Category: Type.Optional(category),
      PrimaryChannel: Type.Optional(primaryChannel),
      Polarity: Type.Optional(polarity),
      Metrics: Type.Optional(metrics),
      KneeFlexion: Type.Optional(kneeFlexion),
    },
    {
      ...closed,
      minProperties: 1,
      examples: [
        {
          Metrics: [
            {
              Label: 'Knee Flex. (°)',
              Side: 'R',
              Channel: 'knee_angle_r',
              Sign: 1,
              Min: 80,
              Max: 120,
              Source: 'our own norms',
            },
          ],
        },
      ],
    },
  ),
);

export const ExercisesQuerySchema = Type.Object({
  name: Type.Optional(Type.String({ description: 'Only the exercise with exactly this name.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Accepted; the answer is always complete.' })),
});
