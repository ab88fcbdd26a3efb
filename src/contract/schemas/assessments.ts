import { Type } from 'typebox';
import type { Assessment, AssessmentInput } from '../assessments.ts';
import { closed, name, nullable, shape, UUID } from './shape.ts';

const athleteId = nullable(Type.String({ minLength: 1, maxLength: 200 }));
const date = Type.String({ minLength: 1, maxLength: 40, description: 'ISO 8601' });

export const AssessmentSchema = shape<Assessment>()(
  Type.Object({
    'Assessment ID': Type.String({ minLength: 1 }),
    'Assessment Name': Type.String(),
    'Athlete ID': nullable(Type.String()),
    Date: Type.String({ description: 'UTC, ISO 8601' }),
  }),
);

export const AssessmentInputSchema = shape<AssessmentInput>()(
  Type.Object(
    {
      'Assessment Name': name(),
      'Athlete ID': Type.Optional(athleteId),
      Date: Type.Optional(date),
      'Assessment ID': Type.Optional(Type.String({ pattern: UUID })),
    },
    closed,
  ),
);

export const AssessmentPatchSchema = shape<Partial<Omit<AssessmentInput, 'Assessment ID'>>>()(
  Type.Object(
    {
      'Assessment Name': Type.Optional(name()),
      'Athlete ID': Type.Optional(athleteId),
      Date: Type.Optional(date),
    },
    { ...closed, minProperties: 1 },
  ),
);

// limit is accepted for symmetry with /sessions; the whole list fits one answer whatever it says.
export const AssessmentsQuerySchema = Type.Object({
  athleteID: Type.Optional(Type.String({ description: 'Only assessments of this athlete.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Accepted; the answer is always complete.' })),
});
