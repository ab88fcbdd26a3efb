import { Type } from 'typebox';
import type { OriginalLink, RecordingChannel, RecordingSummary } from '../recordings.ts';
import { nullable, oneOf, shape } from './shape.ts';

const place = nullable(Type.Object({ Index: Type.Integer(), Value: Type.Number() }));

const channel = shape<RecordingChannel>()(
  Type.Object({
    Name: Type.String(),
    Unit: Type.String(),
    SourceUnit: Type.String(),
    Valid: Type.Integer(),
    Missing: Type.Integer(),
    First: place,
    Last: place,
    Min: nullable(Type.Number()),
    Max: nullable(Type.Number()),
    Sum: nullable(Type.Number()),
  }),
);

export const RecordingSummarySchema = shape<RecordingSummary>()(
  Type.Object({
    Format: oneOf('mot', 'sto', 'csv', 'trc', 'c3d', 'json'),
    SourceFile: Type.String(),
    SourceSha256: Type.String(),
    Rows: Type.Integer(),
    TimeFirst: nullable(Type.Number({ description: 'seconds' })),
    TimeLast: nullable(Type.Number({ description: 'seconds' })),
    Rate: nullable(Type.Number({ description: '1 / median time step, Hz' })),
    InDegrees: Type.Boolean(),
    UnitSource: Type.String(),
    Header: Type.Record(
      Type.String(),
      Type.Union([Type.String(), Type.Number(), Type.Array(Type.String())]),
      { description: 'What the header states, as it states it; it may be wrong.' },
    ),
    Channels: Type.Array(channel, { description: "Values in the file's own unit." }),
    Notes: Type.Array(Type.String()),
  }),
);

export const OriginalLinkSchema = shape<OriginalLink>()(
  Type.Object({
    URL: nullable(
      Type.String({ description: 'Read it with a plain GET, without a token; `Range` is answered.' }),
    ),
    Expires: nullable(Type.String({ description: 'ISO 8601, UTC: the link gives nothing from then on.' })),
    SourceFile: Type.String(),
    SourceSha256: Type.String(),
    SourceBytes: Type.Integer({ description: 'bytes' }),
  }),
);
