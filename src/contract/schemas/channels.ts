import { Type } from 'typebox';
import type { ChannelEntry, ChannelInput, ChannelsQuery } from '../channels.ts';
import { closed, name, nullable, oneOf, shape } from './shape.ts';

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
      Channel: name(300),
      Joint: name(60),
      Side: Type.Optional(side),
      Axis: Type.Optional(name(200, 0)),
      Kind: kind,
      Positive: name(100),
      Negative: name(100),
      ZeroPose: Type.Optional(name(200, 0)),
      Offset: Type.Optional(Type.Number({ minimum: -1000, maximum: 1000 })),
      Min: Type.Optional(bound),
      Max: Type.Optional(bound),
      Source: Type.Optional(name(300, 0)),
    },
    closed,
  ),
);

export const ChannelsQuerySchema = shape<ChannelsQuery>()(
  Type.Object({
    s3Key: Type.Optional(Type.String({ description: 'Only the series of this session.' })),
    joint: Type.Optional(Type.String({ description: 'Only channels of this joint.' })),
  }),
);
