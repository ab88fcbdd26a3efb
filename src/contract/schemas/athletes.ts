import { Type } from 'typebox';
import type { Athlete, AthleteInput } from '../athletes.ts';
import { closed, name, nullable, shape, UUID } from './shape.ts';

const externalId = nullable(name(200));

export const AthleteSchema = shape<Athlete>()(
  Type.Object({
    ValorID: Type.String({
      minLength: 1,
      description: 'Equals `Athlete ID` of sessions and the athleteID parameter.',
    }),
    FirstName: Type.String(),
    LastName: Type.String(),
    ExternalID: nullable(
      Type.String({ description: 'Id in a system of yours, unique in the organization.' }),
    ),
  }),
);

export const AthleteInputSchema = shape<AthleteInput>()(
  Type.Object(
    {
      FirstName: name(200, 0),
      LastName: name(200, 0),
      ExternalID: Type.Optional(externalId),
      ValorID: Type.Optional(Type.String({ pattern: UUID })),
    },
    closed,
  ),
);

export const AthletePatchSchema = shape<Partial<Omit<AthleteInput, 'ValorID'>>>()(
  Type.Object(
    {
      FirstName: Type.Optional(name(200, 0)),
      LastName: Type.Optional(name(200, 0)),
      ExternalID: Type.Optional(externalId),
    },
    { ...closed, minProperties: 1 },
  ),
);

export const AthletesQuerySchema = Type.Object({
  externalID: Type.Optional(Type.String({ description: 'Only the athlete with this ExternalID.' })),
});
