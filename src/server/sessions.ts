import type { ReportReason } from '../contract/reports.ts';
import { type SessionPatch, type SessionsQuery, STAND_ALONE } from '../contract/sessions.ts';
import { getAssessment } from '../store/assessments.ts';
import { getAthlete } from '../store/athletes.ts';
import { getExercise } from '../store/exercises.ts';

import { changeSession, deleteSession, getSession, toSession } from '../store/sessions.ts';
import type { StoredSession } from '../store/storedSession.ts';
import { nowMicroseconds } from '../store/time.ts';

import { accepts } from './answers.ts';
import type { Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { readBody, readQuery } from './input.ts';
import { pageHeaders } from './pageHeaders.ts';
import { checkedProcessing, sameProcessing } from './processing.ts';
import { recompute, refuseOther } from './recompute.ts';
import { askedPage, noSuch, readTime } from './records.ts';
import { finishedPage, planPage } from './sessionPages.ts';
import { sweepOrganization } from './sweep.ts';

export const list: Handler = async (deps, { organization, query, headers, form }) => {
  const plan = planPage(readQuery<SessionsQuery>('SessionsQuery', query));
  const asked = askedPage(headers);
  if (asked.kind === 'end') return { kind: 'page', items: '', next: null };
  const page = await finishedPage(deps, {
    organization,
    form,
    zip: accepts(headers['accept-encoding'] as string | undefined, 'gzip'),
    plan,
    token: asked.kind === 'next' ? asked.token : '',
    has: headers['if-none-match'],
  });
  const status = page.bytes === null ? 304 : 200;
  return { kind: 'bytes', status, headers: pageHeaders(page, null), body: page.bytes ?? '', form };
};

export const get: Handler = async ({ db }, { organization, id }) => ({
  kind: 'value',
  value: toSession((await getSession(db, organization, id)) ?? noSuch('session', id)),
});

export const patch: Handler = async (deps, { organization, id, body }) => {
  const { db, now } = deps;
  const changes = readBody<SessionPatch>('SessionPatch', body);
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  await refuseUnknown(deps, organization, changes);
  const edit = (current: StoredSession) => apply(current, changes);
  const reason = reasonToRecompute(session, edit(session));
  const change = async () => {
    if (reason !== null) {
      const outcome = await recompute(deps, organization, session, { reason, edit });
      return typeof outcome === 'string' ? null : outcome.session;
    }
    const unlessOther = (current: StoredSession) => {
      if (changes['Exercise ID'] !== undefined || changes.Processing !== undefined)
        refuseOther(session, current);
      return edit(current);
    };
    return changeSession(db, organization, id, unlessOther, nowMicroseconds(now()));
  };
  const changed = await change().catch(async (error) => {
    // What the change names may have been removed since it was looked up: then that is what to say.
    await refuseUnknown(deps, organization, changes);
    throw error;
  });
  return { kind: 'value', value: toSession(changed ?? noSuch('session', id)) };
};

/** Null where the report stays right. */
function reasonToRecompute(session: StoredSession, planned: StoredSession): ReportReason | null {
  if (!sameProcessing(session.processing, planned.processing)) return 'processing changed';
  return planned.exerciseId === session.exerciseId ? null : 'exercise changed';
}

export const remove: Handler = async (deps, { organization, id }) => {
  const now_us = nowMicroseconds(deps.now());
  if (!(await deleteSession(deps.db, organization, id, now_us))) noSuch('session', id);
  await sweepInPassing(deps, organization);
  return { kind: 'none' };
};

/** The change is committed: objects that cannot be removed just now wait for the next sweep, and are no failure of it. */
async function sweepInPassing(deps: Deps, organization: string): Promise<void> {
  await sweepOrganization(deps, organization).catch((error) =>
    deps.log.warn({ err: error }, 'loose objects stay until the next sweep'),
  );
}

async function refuseUnknown({ db }: Deps, organization: string, changes: SessionPatch): Promise<void> {
  const { 'Athlete ID': athlete, 'Exercise ID': exercise, 'Assessment ID': assessment } = changes;
  if (athlete !== undefined && (await getAthlete(db, organization, athlete)) === null)
    throw unknown('Athlete ID', athlete);
  if (exercise !== undefined && (await getExercise(db, organization, exercise)) === null)
    throw unknown('Exercise ID', exercise);
  if (
    assessment !== undefined &&
    assessment !== STAND_ALONE &&
    (await getAssessment(db, organization, assessment)) === null
  ) {
    throw unknown('Assessment ID', assessment);
  }
}

/** The session with the changes in it. */
function apply(session: StoredSession, changes: SessionPatch): StoredSession {
  const changed = {
    ...session,
    recordedAt_us: changes.Date === undefined ? session.recordedAt_us : readTime('Date', changes.Date),
    name: changes['Session Name'] ?? session.name,
    athleteId: changes['Athlete ID'] ?? session.athleteId,
    exerciseId: changes['Exercise ID'] ?? session.exerciseId,
    processing: changes.Processing === undefined ? session.processing : checkedProcessing(changes.Processing),
  };
  const assessment = changes['Assessment ID'];
  if (assessment === undefined) return changed;
  if (session.kind === 'free')
    throw new ApiError('invalid_parameter', 'A free session belongs to no assessment.');
  return assessment === STAND_ALONE
    ? { ...changed, assessmentId: null, kind: 'exercise' }
    : { ...changed, assessmentId: assessment, kind: 'assessment' };
}

export const unknown = (name: string, id: string): ApiError =>
  new ApiError('invalid_parameter', `${name} ${JSON.stringify(id)} is not of your organization.`);
