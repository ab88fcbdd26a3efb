import { type TSchema, Type } from 'typebox';
import {
  CHANGE_KINDS,
  type ChangeKind,
  type Changes,
  type ChangesQuery,
  type CurrentReport,
} from '../changes.ts';
import { AssessmentSchema } from './assessments.ts';
import { AthleteSchema } from './athletes.ts';
import { ExerciseSchema } from './exercises.ts';
import { ReportVersionSchema } from './reports.ts';
import { SessionSchema } from './sessions.ts';
import { described, oneOf, shape } from './shape.ts';

const id = Type.String({ minLength: 1, description: 'Id of the record; of a report that of its session.' });
const version = Type.Integer({ description: 'A later change has a larger one.' });

const upsert = <const Kind extends ChangeKind, S extends TSchema>(kind: Kind, record: S) =>
  Type.Object({ kind: Type.Literal(kind), id, version, deleted: Type.Literal(false), record });

const currentReport = shape<CurrentReport>()(
  Type.Object({
    'Session ID': Type.String(),
    s3Key: Type.String({ description: 'Handle for /reportData.' }),
    ...Type.Omit(ReportVersionSchema, ['Current']).properties,
  }),
);

const change = Type.Union([
  upsert('athlete', AthleteSchema),
  upsert('assessment', AssessmentSchema),
  upsert('exercise', ExerciseSchema),
  upsert('session', SessionSchema),
  upsert('report', currentReport),
  Type.Object({
    kind: oneOf(...CHANGE_KINDS),
    id,
    version,
    deleted: Type.Literal(true),
    record: Type.Null(),
  }),
]);

export const ChangesSchema = shape<Changes>()(
  Type.Object({
    changes: Type.Array(change, { description: 'To be applied in this order: a later one wins.' }),
    token: Type.String({
      pattern: '^[A-Za-z0-9_-]+$',
      description: 'Where to go on, at once or later; send it back as `since`.',
    }),
    hasMore: Type.Boolean({ description: 'Whether more follows already.' }),
  }),
);

export const ChangesQuerySchema = shape<ChangesQuery>()(
  Type.Object({
    since: Type.Optional(
      Type.String({
        description:
          '`token` of the last answer; absent or empty: from the beginning; `now`: nothing but a token to go on from.',
      }),
    ),
    kinds: Type.Optional(
      Type.String({ description: `Some of ${CHANGE_KINDS.join(', ')}, separated by commas; absent: all.` }),
    ),
    limit: Type.Optional(
      described(Type.Integer({ minimum: 1 }), 'Changes per answer; 1000 when absent, never more than 5000.'),
    ),
  }),
);
