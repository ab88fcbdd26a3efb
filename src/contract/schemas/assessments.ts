import { Type } from 'typebox';
import type { Assessment, AssessmentInput } from '../assessments.ts';
import { closed, described, name, nullable, shape, UUID } from './shape.ts';

const athleteId = described(
  nullable(Type.String({ minLength: 1, maxLength: 200 })),
  'Whom it assesses; null: nobody in particular.',
);
const assessmentName = described(name(), 'How it is called.');
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
      'Assessment Name': assessmentName,
      'Athlete ID': Type.Optional(athleteId),
      Date: Type.Optional(date),
      'Assessment ID': Type.Optional(Type.String({ pattern: UUID, description: 'A UUID of your own.' })),
    },
    closed,
  ),
);

export const AssessmentPatchSchema = shape<Partial<Omit<AssessmentInput, 'Assessment ID'>>>()(
  Type.Object(
    {
      'Assessment Name': Type.Optional(assessmentName),
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
