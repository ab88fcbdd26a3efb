import { Type } from 'typebox';
import type { Assessment, AssessmentInput } from '../assessments.ts';
import { closed, described, name, nullable, ownId, shape } from './shape.ts';

const athleteId = described(
  nullable(Type.String({ minLength: 1, maxLength: 200 })),
  'Whom it assesses; null: nobody in particular.',
);
const assessmentName = described(name(), 'How it is called.');
const date = Type.String({ minLength: 1, maxLength: 40, description: 'ISO 8601' });

export const AssessmentSchema = shape<Assessment>()(
  Type.Object({
    'Assessment ID': Type.String({ minLength: 1, description: 'That of its sessions' }),
    'Assessment Name': Type.String({ description: 'How it is called.' }),
    'Athlete ID': described(nullable(Type.String()), 'Whom it assesses; null: nobody in particular.'),
    Date: Type.String({ description: 'UTC, ISO 8601' }),
  }),
);

export const AssessmentInputSchema = shape<AssessmentInput>()(
  Type.Object(
    {
      'Assessment Name': assessmentName,
      'Athlete ID': Type.Optional(athleteId),
      Date: Type.Optional(date),
      'Assessment ID': Type.Optional(
        ownId('A UUID of your own, or the id that the record had on another server.'),
      ),
    },
    { ...closed, examples: [{ 'Assessment Name': 'Return to sport, week 12' }] },
  ),
);

export const AssessmentPatchSchema = shape<Partial<Omit<AssessmentInput, 'Assessment ID'>>>()(
  Type.Object(
    {
      'Assessment Name': Type.Optional(assessmentName),
      'Athlete ID': Type.Optional(athleteId),
      Date: Type.Optional(date),
    },
    { ...closed, minProperties: 1, examples: [{ Date: '2026-05-04T09:30:00Z' }] },
  ),
);

// limit is accepted for symmetry with /sessions; the whole list fits one answer whatever it says.
export const AssessmentsQuerySchema = Type.Object({
  athleteID: Type.Optional(Type.String({ description: 'Only assessments of this athlete.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Accepted; the answer is always complete.' })),
});
