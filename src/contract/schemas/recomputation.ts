import { Type } from 'typebox';
import type { Recomputation, RecomputationInput } from '../recomputation.ts';
import { closed, shape } from './shape.ts';

export const RecomputationSchema = shape<Recomputation>()(
  Type.Object({
    PipelineVersion: Type.Integer(),
    Outdated: Type.Integer({ description: 'Sessions whose report an older pipeline computed.' }),
    Waiting: Type.Integer(),
    Running: Type.Integer(),
    Done: Type.Integer({ description: 'Finished within the last day.' }),
    Failed: Type.Integer(),
    Failures: Type.Array(
      Type.Object({ 'Session ID': Type.String(), Error: Type.String(), Attempts: Type.Integer() }),
    ),
  }),
);

export const RecomputationInputSchema = shape<RecomputationInput>()(
  Type.Object(
    {
      'Exercise ID': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      'Session ID': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      Outdated: Type.Optional(Type.Boolean()),
      All: Type.Optional(Type.Boolean()),
    },
    { ...closed, minProperties: 1 },
  ),
);
