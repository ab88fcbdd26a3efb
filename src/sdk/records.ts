import type { Assessment, AssessmentInput } from '../contract/assessments.ts';
import type { Athlete, AthleteInput } from '../contract/athletes.ts';
import type { Exercise, ExerciseInput } from '../contract/exercises.ts';
import type { Beyond, CallOptions, Request } from './call.ts';
import { newId } from './ids.ts';
import { notOffered } from './offered.ts';
import { type List, type ListOptions, listWhole } from './pages.ts';
import type { Send } from './request.ts';

/** What can be done with athletes, assessments and exercises alike. */
export interface Records<Item, Input, IdKey extends keyof Input, Filters> {
  /** All of them, or those that the filters let through. */
  list(filters?: Filters, options?: ListOptions): List<Item>;
  get(id: string, options?: CallOptions): Promise<Item>;
  /** Gets an id made here where the input has none, so that it is safe to try again after a fault. */
  create(input: Input, options?: CallOptions): Promise<Item>;
  patch(id: string, changes: Partial<Omit<Input, IdKey>>, options?: CallOptions): Promise<Item>;
  /** Refused with `conflict` while something still refers to the record. */
  delete(id: string, options?: CallOptions): Promise<void>;
}

export type Athletes = Records<Athlete, AthleteInput, 'ValorID', { externalID?: string }>;
export type Assessments = Records<Assessment, AssessmentInput, 'Assessment ID', { athleteID?: string }>;
export type Exercises = Records<Exercise, ExerciseInput, 'Exercise ID', { name?: string }>;

export const athletes = (send: Send, now: () => number): Athletes =>
  records(send, now, 'ValorID', {
    list: ({ externalID }, options) =>
      listWhole(
        send,
        {
          endpoint: 'listAthletes',
          query: { externalID },
          beyond: externalID ? { query: {}, lacking: ['externalID'] } : undefined,
        },
        options,
      ),
    get: 'getAthlete',
    create: 'createAthlete',
    patch: 'patchAthlete',
    delete: 'deleteAthlete',
  });

export const assessments = (send: Send, now: () => number): Assessments =>
  records(send, now, 'Assessment ID', {
    list: ({ athleteID }, options) =>
      listWhole(
        send,
        {
          endpoint: 'listAssessments',
          query: { athleteID },
          beyond: only<Assessment>('listAssessments', 'athleteID', 'Athlete ID', athleteID),
        },
        options,
      ),
    get: 'getAssessment',
    create: 'createAssessment',
    patch: 'patchAssessment',
    delete: 'deleteAssessment',
  });

export const exercises = (send: Send, now: () => number): Exercises =>
  records(send, now, 'Exercise ID', {
    list: ({ name }, options) =>
      listWhole(
        send,
        {
          endpoint: 'listExercises',
          query: { name },
          beyond: only<Exercise>('listExercises', 'name', 'Exercise Name', name),
        },
        options,
      ),
    get: 'getExercise',
    create: 'createExercise',
    patch: 'patchExercise',
    delete: 'deleteExercise',
  });

/** A filter by one member, applied here where the server has not; the contract does not say that the member is there. */
function only<Item>(
  endpoint: Request['endpoint'],
  filter: string,
  member: keyof Item & string,
  wanted: string | undefined,
): Beyond | undefined {
  if (!wanted) return undefined;
  const finish = (items: unknown) => {
    if (!Array.isArray(items)) return items;
    if (items.some((item) => !(member in item))) throw notOffered(endpoint, [filter]);
    return items.filter((item) => item[member] === wanted);
  };
  return { query: {}, finish };
}

type Endpoints<Item, Filters> = Record<'get' | 'create' | 'patch' | 'delete', Request['endpoint']> & {
  list(filters: Partial<Filters>, options?: ListOptions): List<Item>;
};

function records<Item, Input extends object, IdKey extends keyof Input, Filters>(
  send: Send,
  now: () => number,
  idKey: IdKey,
  endpoints: Endpoints<Item, Filters>,
): Records<Item, Input, IdKey, Filters> {
  const value = async (request: Request) => (await send(request)).value as Item;
  return {
    list: (filters, options) => endpoints.list(filters ?? {}, options),
    get: (id, options) => value({ endpoint: endpoints.get, id, ...options }),
    create: (input, options) =>
      value({
        endpoint: endpoints.create,
        json: { ...input, [idKey]: input[idKey] ?? newId(now()) },
        repeatable: true,
        ...options,
      }),
    patch: (id, changes, options) => value({ endpoint: endpoints.patch, id, json: changes, ...options }),
    delete: async (id, options) => {
      await send({ endpoint: endpoints.delete, id, ...options });
    },
  };
}
