import { Type } from 'typebox';
import type { Provenance, Repetition, Report, ReportSummary, Statistics } from '../reports.ts';
import type { IkData } from '../series.ts';
import { nullable, oneOf, shape, sign } from './shape.ts';

export const IkDataSchema = shape<IkData>()(
  Type.Unsafe<IkData>({
    type: 'object',
    required: ['time'],
    properties: { time: { type: 'array', items: { type: 'number' }, description: 'i/60 s from 0' } },
    additionalProperties: { type: 'array', items: { type: 'number' } },
    description:
      'Per channel `<name>`, `<name>_vel`, `<name>_acc`: deg, deg/s, deg/s² (translations m, m/s, m/s²).',
  }),
);

export const StatisticsSchema = shape<Statistics>()(
  Type.Object({
    FullMax: Type.Number({ description: 'Maximum over the session.' }),
    Avg: Type.Number({ description: 'Mean over the samples inside repetitions.' }),
    AvgMax: Type.Number({ description: 'Mean over repetitions of the maximum of each.' }),
    Score: Type.Unsafe<Statistics['Score']>({ enum: [0, 0.5, 1, null] }),
    Min: nullable(Type.Number()),
    Max: nullable(Type.Number()),
    Unit: Type.String(),
  }),
);

const sides = Type.Object({
  L: Type.Optional(StatisticsSchema),
  R: Type.Optional(StatisticsSchema),
  F: Type.Optional(StatisticsSchema),
  B: Type.Optional(StatisticsSchema),
});
const table = Type.Record(Type.String(), sides);

export const RepetitionSchema = shape<Repetition>()(
  Type.Object({
    Start: Type.Number(),
    Peak: Type.Number(),
    End: Type.Number(),
    Source: oneOf('automatic', 'edited'),
  }),
);

const summary = shape<ReportSummary>()(
  Type.Object({
    Areas: Type.Record(Type.String(), Type.Object({ Score: Type.Number(), Metrics: Type.Integer() })),
    Asymmetry: Type.Record(
      Type.String(),
      Type.Object({
        Left: Type.Number(),
        Right: Type.Number(),
        Difference: Type.Number(),
        Percent: nullable(Type.Number()),
        Larger: nullable(oneOf('L', 'R')),
      }),
    ),
    Definitions: Type.Record(Type.String(), Type.String()),
  }),
);

const provenance = shape<Provenance>()(
  Type.Object({
    PipelineVersion: Type.Integer(),
    SourceFile: Type.String(),
    SourceSha256: Type.String(),
    SourceFormat: Type.String(),
    SourceRows: Type.Integer(),
    SourceRate: Type.Number(),
    SourceStart: Type.Number(),
    InDegrees: Type.Boolean(),
    UnitSource: Type.String(),
    Interpolation: oneOf('cubic', 'linear'),
    Filter: nullable(
      Type.Object({
        Name: Type.String(),
        Order: Type.Integer(),
        CutOff: Type.Number(),
        ZeroLag: Type.Boolean(),
      }),
    ),
    Rate: Type.Number(),
    Frames: Type.Integer(),
    DroppedRows: Type.Integer(),
    MissingValues: Type.Record(Type.String(), Type.Integer()),
    EmptyChannels: Type.Array(Type.String()),
    PrimaryChannel: nullable(Type.String()),
    PrimaryChosenBy: nullable(oneOf('exercise', 'recording')),
    Polarity: sign(),
    ProminenceThreshold: nullable(Type.Number()),
    MissingChannels: Type.Array(Type.String()),
    Flags: Type.Array(Type.String()),
  }),
);

export const ReportSchema = shape<Report>()(
  Type.Object({
    WorkoutMetrics: Type.Object({ Ang: table, Vel: table, Acc: table, Dec: table }),
    Repetitions: Type.Array(RepetitionSchema),
    Summary: summary,
    Provenance: provenance,
  }),
);
