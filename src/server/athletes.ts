import type { Athlete, AthleteInput } from '../contract/athletes.ts';
import { changeAthlete, createAthlete, deleteAthlete, getAthlete, listAthletes } from '../store/athletes.ts';
import { newId } from '../store/ids.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readBody, readQuery } from './input.ts';
import { noSuch, stillUsed } from './records.ts';

export const list: Handler = async ({ db }, { organization, query }) => {
  const { externalID } = readQuery<{ externalID?: string }>('AthletesQuery', query);
  return { kind: 'value', value: await listAthletes(db, organization, externalID) };
};

export const get: Handler = async ({ db }, { organization, id }) => ({
  kind: 'value',
  value: (await getAthlete(db, organization, id)) ?? noSuch('athlete', id),
});

export const create: Handler = async ({ db, now }, { organization, body }) => {
  const input = readBody<AthleteInput>('AthleteInput', body);
  const athlete: Athlete = {
    ValorID: input.ValorID ?? newId(now()),
    FirstName: input.FirstName,
    LastName: input.LastName,
    ExternalID: input.ExternalID ?? null,
  };
  const created = await createAthlete(db, organization, athlete, nowMicroseconds(now()));
  if (created !== null) return { kind: 'value', status: 201, value: created };
  // A repeated call with the id and the content of the first changes nothing and answers the same.
  const existing = await getAthlete(db, organization, athlete.ValorID);
  if (existing !== null && JSON.stringify(existing) === JSON.stringify(athlete))
    return { kind: 'value', status: 201, value: existing };
  throw new ApiError(
    'conflict',
    existing === null
      ? takenExternalId(athlete.ExternalID)
      : `ValorID ${athlete.ValorID} belongs to another athlete.`,
  );
};

export const patch: Handler = async ({ db, now }, { organization, id, body }) => {
  const changes = readBody<Partial<AthleteInput>>('AthletePatch', body);
  const result = await changeAthlete(
    db,
    organization,
    id,
    (athlete) => ({ ...athlete, ...changes }),
    nowMicroseconds(now()),
  );
  if (result === 'taken') throw new ApiError('conflict', takenExternalId(changes.ExternalID));
  return { kind: 'value', value: result ?? noSuch('athlete', id) };
};

export const remove: Handler = async ({ db, now }, { organization, id }) => {
  const outcome = await deleteAthlete(db, organization, id, nowMicroseconds(now()));
  if (outcome === 'in use') throw stillUsed('athlete', 'sessions or assessments');
  return outcome === 'absent' ? noSuch('athlete', id) : { kind: 'none' };
};

const takenExternalId = (id: string | null | undefined) =>
  `ExternalID ${JSON.stringify(id)} belongs to another athlete.`;
