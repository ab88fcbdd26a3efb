import { Type } from 'typebox';
import type {
  Curve,
  Curves,
  CurveTable,
  MetricProvenance,
  Provenance,
  Repetition,
  RepetitionsPatch,
  Report,
  ReportQuery,
  ReportSummary,
  ReportVersion,
  Statistics,
} from '../reports.ts';
import { TABLE_FORMATS } from '../tables.ts';
import { closed, described, nullable, oneOf, shape, sign } from './shape.ts';

export const StatisticsSchema = shape<Statistics>()(
  Type.Object({
    FullMax: described(
      nullable(Type.Number()),
      'Maximum over the session; null in a report of another server that did not say.',
    ),
    Avg: described(nullable(Type.Number()), 'Mean over the samples inside repetitions; null as above.'),
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

const metricProvenance = shape<MetricProvenance>()(
  Type.Object({
    Label: Type.String(),
    Side: oneOf('L', 'R', 'F', 'B'),
    Channel: Type.String(),
    Sign: sign(),
    Reads: oneOf('angle', 'range'),
    RangeSource: nullable(Type.String()),
  }),
);

const provenance = shape<Provenance>()(
  Type.Object({
    PipelineVersion: Type.Integer(),
    ReportVersion: Type.Integer(),
    Exercise: Type.String(),
    SourceFile: Type.String(),
    SourceSha256: Type.String(),
    SourceFormat: Type.String(),
    SourceRows: Type.Integer(),
    SourceRate: Type.Number(),
    SourceStart: Type.Number(),
    InDegrees: Type.Boolean(),
    UnitSource: Type.String(),
    Interpolation: oneOf('cubic', 'linear', 'natural', 'monotone'),
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
    Metrics: Type.Array(metricProvenance),
    MaxGap: Type.Number({ description: 'Longest gap that was bridged, s.' }),
    ExcludedSegments: Type.Array(
      Type.Object({ Channel: Type.String(), Start: Type.Number(), End: Type.Number() }),
    ),
    AngleRange: oneOf('as recorded', 'unwrapped'),
    WrappedChannels: Type.Array(Type.String()),
    KneeConvention: Type.Object({
      Flexion: nullable(oneOf('positive', 'negative')),
      Evidence: Type.String(),
      Turned: Type.Boolean(),
    }),
    Flags: Type.Array(Type.String()),
  }),
);

const curve = shape<Curve>()(
  Type.Object({
    Mean: Type.Array(Type.Number()),
    SD: Type.Array(Type.Number(), { description: 'Sample standard deviation (n − 1).' }),
    Repetitions: Type.Array(Type.Array(Type.Number())),
    Unit: Type.String(),
  }),
);

const curveTable = shape<CurveTable>()(
  Type.Record(
    Type.String(),
    Type.Object({
      L: Type.Optional(curve),
      R: Type.Optional(curve),
      F: Type.Optional(curve),
      B: Type.Optional(curve),
    }),
  ),
);

const curves = shape<Curves>()(
  Type.Object({ Percent: Type.Array(Type.Number()), Ang: curveTable, Vel: curveTable }),
);

export const ReportSchema = shape<Report>()(
  Type.Object({
    WorkoutMetrics: Type.Object({ Ang: table, Vel: table, Acc: table, Dec: table }),
    Repetitions: Type.Array(RepetitionSchema),
    Summary: summary,
    Provenance: provenance,
    Curves: Type.Optional(curves),
  }),
);

export const ReportQuerySchema = shape<ReportQuery>()(
  Type.Object({
    s3Key: Type.String({ minLength: 1, description: 'As found in the session.' }),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'An earlier report; absent: the current one.' }),
    ),
    curves: Type.Optional(
      described(oneOf('true', 'false'), '`true` adds the time-normalised curves; `false` when absent.'),
    ),
    format: Type.Optional(
      described(
        oneOf('json', ...TABLE_FORMATS),
        '`json` (when absent): the report; `ndjson`, `csv`, `parquet` or `arrow`: its lines as a file, as in `GET /reports`.',
      ),
    ),
  }),
);

export const ReportVersionSchema = shape<ReportVersion>()(
  Type.Object({
    Version: Type.Integer(),
    ComputedAt: Type.String({ description: 'UTC, ISO 8601' }),
    Reason: oneOf(
      'recorded',
      'exercise changed',
      'repetitions edited',
      'processing changed',
      'recomputed',
      'imported',
    ),
    PipelineVersion: Type.Integer(),
    Current: Type.Boolean(),
  }),
);

export const RepetitionsPatchSchema = shape<RepetitionsPatch>()(
  Type.Object(
    {
      Repetitions: described(
        nullable(
          Type.Array(
            Type.Object(
              {
                Start: Type.Number({ minimum: 0, description: "Seconds from the session's start." }),
                Peak: Type.Optional(
                  Type.Number({
                    minimum: 0,
                    description: 'Absent: where the primary channel is highest inside.',
                  }),
                ),
                End: Type.Number({ minimum: 0, description: "Seconds from the session's start." }),
              },
              closed,
            ),
            { maxItems: 10_000 },
          ),
        ),
        'In order of time, without overlap. An empty list: there are none; null: they are found again.',
      ),
      Version: Type.Optional(
        Type.Integer({
          minimum: 1,
          description:
            'The report that was edited; when another has become current meanwhile, nothing is changed (409).',
        }),
      ),
    },
    {
      ...closed,
      examples: [{ Repetitions: [{ Start: 1.2, Peak: 2, End: 2.9 }], Version: 1 }],
    },
  ),
);
