import type { Assessment, AssessmentInput } from '../contract/assessments.ts';
import {
  changeAssessment,
  createAssessment,
  deleteAssessment,
  getAssessment,
  listAssessments,
} from '../store/assessments.ts';
import { getAthlete } from '../store/athletes.ts';
import type { Db } from '../store/db.ts';
import { newId } from '../store/ids.ts';
import { nowMicroseconds, toIso } from '../store/time.ts';
import type { Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readBody, readQuery } from './input.ts';
import { completeList, noSuch, readTime, stillUsed } from './records.ts';

export const list: Handler = async ({ db }, { organization, query, headers }) => {
  const { athleteID } = readQuery<{ athleteID?: string }>('AssessmentsQuery', query);
  return completeList(await listAssessments(db, organization, athleteID), headers);
};

export const get: Handler = async ({ db }, { organization, id }) => ({
  kind: 'value',
  value: (await getAssessment(db, organization, id)) ?? noSuch('assessment', id),
});

export const create: Handler = async ({ db, now }, { organization, body }) => {
  const input = readBody<AssessmentInput>('AssessmentInput', body);
  const assessment: Assessment = {
    'Assessment ID': input['Assessment ID'] ?? newId(now()),
    'Assessment Name': input['Assessment Name'],
    'Athlete ID': input['Athlete ID'] ?? null,
    Date: toIso(input.Date === undefined ? nowMicroseconds(now()) : readTime('Date', input.Date)),
  };
  await mustExist(db, organization, assessment['Athlete ID']);
  const created = await createAssessment(db, organization, assessment, nowMicroseconds(now())).catch(
    async (error: unknown) => {
      // The athlete may have been removed since it was looked up: then that is what to say.
      await mustExist(db, organization, assessment['Athlete ID']);
      throw error;
    },
  );
  if (created !== null) return { kind: 'value', status: 201, value: created };
  const existing = await getAssessment(db, organization, assessment['Assessment ID']);
  // Without a Date the first call's time stands: only what the client chose must be the same.
  const same =
    existing !== null &&
    JSON.stringify({ ...assessment, Date: input.Date === undefined ? existing.Date : assessment.Date }) ===
      JSON.stringify(existing);
  if (same) return { kind: 'value', status: 201, value: existing };
  throw new ApiError(
    'conflict',
    `Assessment ID ${assessment['Assessment ID']} belongs to another assessment.`,
  );
};

export const patch: Handler = async ({ db, now }, { organization, id, body }) => {
  const changes = readBody<Partial<AssessmentInput>>('AssessmentPatch', body);
  if (changes.Date !== undefined) changes.Date = toIso(readTime('Date', changes.Date));
  await mustExist(db, organization, changes['Athlete ID'] ?? null);
  const change = (assessment: Assessment) => ({ ...assessment, ...changes });
  return {
    kind: 'value',
    value:
      (await changeAssessment(db, organization, id, change, nowMicroseconds(now()))) ??
      noSuch('assessment', id),
  };
};

export const remove: Handler = async ({ db, now }, { organization, id }) => {
  const outcome = await deleteAssessment(db, organization, id, nowMicroseconds(now()));
  if (outcome === 'in use') throw stillUsed('assessment', 'sessions');
  return outcome === 'absent' ? noSuch('assessment', id) : { kind: 'none' };
};

async function mustExist(db: Db, organization: string, athleteId: string | null): Promise<void> {
  if (athleteId !== null && (await getAthlete(db, organization, athleteId)) === null) {
    throw new ApiError(
      'invalid_parameter',
      `Athlete ID ${JSON.stringify(athleteId)} is no athlete of your organization.`,
    );
  }
}
