import { Type } from 'typebox';
import type { Processing } from '../processing.ts';
import { closed, described, nullable, oneOf, shape } from './shape.ts';

/** Shared with the parameters of an upload. */
export const interpolation = described(
  oneOf('auto', 'cubic', 'linear', 'natural', 'monotone'),
  'Between samples: `auto` (cubic where the sampling is regular, else linear), `cubic`, `linear`, `natural` or `monotone`.',
);
export const wraps = described(
  oneOf('keep', 'unwrap'),
  '`keep` leaves angles as recorded; `unwrap` takes out turns of 360° between samples.',
);

export const ProcessingPatchSchema = shape<Partial<Processing>>()(
  Type.Object(
    {
      Rate: Type.Optional(
        Type.Number({ minimum: 10, maximum: 1000, description: 'Frames per second of the series; 60.' }),
      ),
      CutOff: Type.Optional(
        described(
          nullable(Type.Number({ exclusiveMinimum: 0, maximum: 500 })),
          'Cut-off of the low-pass in Hz, below half of Rate; 6. null leaves the filter out.',
        ),
      ),
      Order: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 10,
          description: 'Order of one of the two passes of the low-pass; 2.',
        }),
      ),
      Interpolation: Type.Optional(interpolation),
      MaxGap: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 3600,
          description: 'Longest gap that is bridged, s; longer ones are excluded; 3.',
        }),
      ),
      Wraps: Type.Optional(wraps),
    },
    closed,
  ),
);
