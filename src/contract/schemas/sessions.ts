import { Type } from 'typebox';
import type { ExportQuery, RecordSessionQuery, Session, SessionPatch, SessionsQuery } from '../sessions.ts';
import { TABLE_FORMATS } from '../tables.ts';
import { lineFilters } from './lineFilters.ts';
import { interpolation, ProcessingPatchSchema, wraps } from './processing.ts';
import { closed, described, name, nullable, oneOf, ownId, shape } from './shape.ts';

const id = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });

export const SessionSchema = shape<Session>()(
  Type.Object({
    'Session ID': Type.String({ minLength: 1, description: 'Of this one recording' }),
    Date: Type.String({ description: 'UTC, ISO 8601; starts with YYYY-MM-DD' }),
    s3Key: Type.String({ minLength: 1, description: 'Handle for /ikData and /reportData' }),
    Duration: Type.Number({ description: 'seconds' }),
    'Athlete ID': Type.String({ description: '`ValorID` of the athlete' }),
    'Assessment ID': Type.String({
      description: '`singleExercise` for a recording made outside an assessment',
    }),
    'Exercise ID': Type.String({ description: 'What was done, and how it is read' }),
    'Session Name': Type.String({ description: 'That of the exercise, unless another was given' }),
  }),
);

/** Every filter is optional and an empty value is an absent one (the documented samples send `limit=&athleteID=`). */
export const SessionsQuerySchema = shape<SessionsQuery>()(
  Type.Object({
    athleteID: Type.Optional(Type.String({ description: 'One athlete, or several separated by commas.' })),
    exerciseID: Type.Optional(Type.String({ description: 'Only sessions of this exercise.' })),
    assessmentID: Type.Optional(
      Type.String({ description: 'Only sessions of this assessment, or `singleExercise`.' }),
    ),
    name: Type.Optional(Type.String({ description: 'Exactly this Session Name.' })),
    from: Type.Optional(
      Type.String({ description: 'Recorded at or after: ISO 8601, or a bare date in timeZone.' }),
    ),
    to: Type.Optional(
      Type.String({
        description: 'Recorded at or before: ISO 8601, or a bare date, that day included, in timeZone.',
      }),
    ),
    timeZone: Type.Optional(Type.String({ description: 'IANA name for bare dates; UTC when absent.' })),
    order: Type.Optional(
      described(oneOf('newest', 'oldest'), '`newest` first (when absent) or `oldest` first.'),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Sessions per page; 1000 when absent, never more than 5000.' }),
    ),
  }),
);

export const ExportQuerySchema = shape<ExportQuery>()(
  Type.Object({
    ...Type.Omit(SessionsQuerySchema, ['order', 'limit']).properties,
    ...lineFilters,
    of: Type.Optional(
      described(
        oneOf('sessions', 'reports'),
        '`sessions` (when absent), or `reports`: the lines of their current reports, as in `GET /reports`.',
      ),
    ),
    format: Type.Optional(
      described(oneOf(...TABLE_FORMATS), '`ndjson` (when absent), `csv`, `parquet` or `arrow`.'),
    ),
    names: Type.Optional(
      described(
        oneOf('true', 'false'),
        '`true`: behind the ids also what athlete, exercise and assessment are called, and the ExternalID of the athlete; `false` (when absent): ids alone.',
      ),
    ),
  }),
);

export const RecordSessionQuerySchema = shape<RecordSessionQuery>()(
  Type.Object({
    fileName: Type.String({
      minLength: 1,
      maxLength: 400,
      pattern: '^[^\\u0000-\\u001f\\u007f]*$',
      description: 'Its ending says the format: .mot .sto .csv .trc .c3d .json, each also with .gz',
    }),
    athleteID: id('Whom the recording shows.'),
    exerciseID: Type.Optional(id('Absent: a general definition that reads every known joint.')),
    assessmentID: Type.Optional(id('The assessment it belongs to; `singleExercise` or absent: none.')),
    sessionName: Type.Optional(described(name(), "Absent: the exercise's name, or the file's.")),
    date: Type.Optional(Type.String({ description: 'ISO 8601 time of recording; absent: now.' })),
    kind: Type.Optional(
      described(
        oneOf('exercise', 'assessment', 'free'),
        '`exercise` (when absent), `assessment` (when absent, with an assessmentID), or `free`: kept and readable by id, never listed.',
      ),
    ),
    sessionID: Type.Optional(
      ownId(
        'A UUID of your own, or the id that the session had on another server: repeating the call changes nothing.',
      ),
    ),
    rate: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 10_000,
        description: 'Hz, for a file without a time column; 30 when absent.',
      }),
    ),
    outputRate: Type.Optional(
      Type.Number({
        minimum: 10,
        maximum: 1000,
        description: 'Frames per second of the series, 10 to 1000; 60 when absent.',
      }),
    ),
    cutOff: Type.Optional(
      Type.String({ description: 'Cut-off of the low-pass in Hz, 6 when absent; `off` leaves it out.' }),
    ),
    order: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10,
        description: 'Order of one of the two passes of the low-pass, 1 to 10; 2 when absent.',
      }),
    ),
    interpolation: Type.Optional(interpolation),
    maxGap: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        description: 'Longest gap that is bridged, s; 3 when absent.',
      }),
    ),
    wraps: Type.Optional(wraps),
    s3Key: Type.Optional(
      described(name(1000), 'The s3Key that the session had on another server; made here when absent.'),
    ),
    repetitions: Type.Optional(
      Type.String({
        description: 'Repetitions as in `PATCH /sessions/{id}/repetitions`, as JSON; absent: they are found.',
      }),
    ),
    imported: Type.Optional(
      described(
        oneOf('true', 'false'),
        '`true`: the file is a .json document of what another server had of the session; its series are kept as they are. `false` when absent.',
      ),
    ),
  }),
);

export const SessionPatchSchema = shape<SessionPatch>()(
  Type.Object(
    {
      Date: Type.Optional(
        Type.String({ minLength: 1, maxLength: 40, description: 'Time of recording, ISO 8601.' }),
      ),
      'Athlete ID': Type.Optional(id('Whom the recording shows.')),
      'Assessment ID': Type.Optional(id('`singleExercise` takes it out of its assessment.')),
      'Exercise ID': Type.Optional(id('The report is computed again by this exercise.')),
      'Session Name': Type.Optional(described(name(), 'How it is called.')),
      Processing: Type.Optional(
        described(
          nullable(ProcessingPatchSchema),
          'What differs from the default; null: the default. Series and report are computed again.',
        ),
      ),
    },
    {
      ...closed,
      minProperties: 1,
      examples: [{ 'Session Name': 'Squat, second day', Processing: { CutOff: 10 } }],
    },
  ),
);

export const KeyQuerySchema = Type.Object({
  s3Key: Type.String({ minLength: 1, description: 'As found in the session.' }),
});
