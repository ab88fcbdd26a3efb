import { Type } from 'typebox';
import type { ChannelEntry, ChannelInput, ChannelsQuery } from '../channels.ts';
import { closed, described, name, nullable, oneOf, shape } from './shape.ts';

const kind = oneOf('flexion', 'abduction', 'elevation', 'rotation', 'translation');
const side = nullable(oneOf('L', 'R'));
const bound = nullable(Type.Number({ minimum: -100_000, maximum: 100_000 }));

export const ChannelEntrySchema = shape<ChannelEntry>()(
  Type.Object({
    Channel: Type.String(),
    Joint: Type.String(),
    Side: side,
    Axis: Type.String(),
    Kind: kind,
    Unit: Type.String(),
    Positive: Type.String({ description: 'The motion that a growing value is.' }),
    Negative: Type.String(),
    ZeroPose: Type.String(),
    Offset: Type.Number({ description: 'Value in the zero pose, in Unit.' }),
    Min: bound,
    Max: bound,
    DerivativeOf: nullable(Type.String()),
    Source: Type.String(),
    DefinedBy: oneOf('kinebase', 'organization'),
  }),
);

export const ChannelInputSchema = shape<ChannelInput>()(
  Type.Object(
    {
      Channel: described(name(300), 'Name as recordings write it; its `_vel` and `_acc` follow.'),
      Joint: described(name(60), '`knee`, `hip`, `trunk`, …'),
      Side: Type.Optional(described(side, 'null or absent: the middle of the body.')),
      Axis: Type.Optional(described(name(200, 0), 'Plane and axis of the motion, in words.')),
      Kind: described(kind, 'What motion it is; `translation` is in metres, all others in degrees.'),
      Positive: described(name(100), 'The motion that a growing value is.'),
      Negative: described(name(100), 'The motion that a falling value is.'),
      ZeroPose: Type.Optional(described(name(200, 0), 'Pose in which the value is Offset.')),
      Offset: Type.Optional(
        Type.Number({
          minimum: -1000,
          maximum: 1000,
          description: 'Value in the zero pose; 0 when absent. Nothing is subtracted.',
        }),
      ),
      Min: Type.Optional(described(bound, 'Lowest value a moving person reaches; lower ones are flagged.')),
      Max: Type.Optional(described(bound, 'Highest value a moving person reaches; higher ones are flagged.')),
      Source: Type.Optional(described(name(300, 0), 'Where sign and range come from.')),
    },
    {
      ...closed,
      examples: [
        {
          Channel: 'r_knee_flex',
          Joint: 'knee',
          Side: 'R',
          Kind: 'flexion',
          Positive: 'flexion',
          Negative: 'extension',
          Min: -15,
          Max: 160,
          Source: 'manual of our sensors',
        },
      ],
    },
  ),
);

export const ChannelsQuerySchema = shape<ChannelsQuery>()(
  Type.Object({
    s3Key: Type.Optional(Type.String({ description: 'Only the series of this session.' })),
    joint: Type.Optional(Type.String({ description: 'Only channels of this joint.' })),
  }),
);
