import { Type } from 'typebox';
import type { Processing } from '../processing.ts';
import { closed, nullable, oneOf, shape } from './shape.ts';

export const ProcessingPatchSchema = shape<Partial<Processing>>()(
  Type.Object(
    {
      Rate: Type.Optional(Type.Number({ minimum: 10, maximum: 1000 })),
      CutOff: Type.Optional(nullable(Type.Number({ exclusiveMinimum: 0, maximum: 500 }))),
      Order: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
      Interpolation: Type.Optional(oneOf('auto', 'cubic', 'linear', 'natural', 'monotone')),
      MaxGap: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
      Wraps: Type.Optional(oneOf('keep', 'unwrap')),
    },
    closed,
  ),
);
