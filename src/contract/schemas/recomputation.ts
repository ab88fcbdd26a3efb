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
      'Exercise ID': Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: 'Sessions of this exercise.' }),
      ),
      'Session ID': Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: 'This session.' }),
      ),
      Outdated: Type.Optional(
        Type.Boolean({
          description: 'true: only sessions that an older pipeline computed, or whose recomputation failed.',
        }),
      ),
      All: Type.Optional(Type.Boolean({ description: 'true: every session of the organization.' })),
    },
    {
      ...closed,
      minProperties: 1,
      description: 'At least one member; of several, all must hold.',
      examples: [{ 'Exercise ID': '018f3b5e-9c1d-7a44-8e21-5d0c6b7a1f02' }],
    },
  ),
);
