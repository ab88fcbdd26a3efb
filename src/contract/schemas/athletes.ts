import { Type } from 'typebox';
import type { Athlete, AthleteInput } from '../athletes.ts';
import { closed, described, name, nullable, ownId, shape } from './shape.ts';

const externalId = described(nullable(name(200)), 'Id in a system of yours, unique in the organization.');
const firstName = described(name(200, 0), 'Given names; may be empty.');
const lastName = described(name(200, 0), 'Family name; may be empty.');

export const AthleteSchema = shape<Athlete>()(
  Type.Object({
    ValorID: Type.String({
      minLength: 1,
      description: 'Equals `Athlete ID` of sessions and the athleteID parameter.',
    }),
    FirstName: Type.String({ description: 'Given names; may be empty.' }),
    LastName: Type.String({ description: 'Family name; may be empty.' }),
    ExternalID: described(
      nullable(Type.String()),
      'Id in a system of yours, unique in the organization; null: none.',
    ),
  }),
);

export const AthleteInputSchema = shape<AthleteInput>()(
  Type.Object(
    {
      FirstName: firstName,
      LastName: lastName,
      ExternalID: Type.Optional(externalId),
      ValorID: Type.Optional(ownId('A UUID of your own, or the id that the record had on another server.')),
    },
    { ...closed, examples: [{ FirstName: 'Ada', LastName: 'Brook', ExternalID: 'chart-1042' }] },
  ),
);

export const AthletePatchSchema = shape<Partial<Omit<AthleteInput, 'ValorID'>>>()(
  Type.Object(
    {
      FirstName: Type.Optional(firstName),
      LastName: Type.Optional(lastName),
      ExternalID: Type.Optional(externalId),
    },
    { ...closed, minProperties: 1, examples: [{ LastName: 'Brook-Hill' }] },
  ),
);

export const AthletesQuerySchema = Type.Object({
  externalID: Type.Optional(Type.String({ description: 'Only the athlete with this ExternalID.' })),
});
