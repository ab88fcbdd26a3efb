import type { Assessment } from '../../src/contract/assessments.ts';
import type { Athlete } from '../../src/contract/athletes.ts';
import type { Exercise } from '../../src/contract/exercises.ts';
import { createAssessment } from '../../src/store/assessments.ts';
import { createAthlete } from '../../src/store/athletes.ts';
import type { OwnChannel } from '../../src/store/channels.ts';
import type { Db } from '../../src/store/db.ts';
import { createExercises } from '../../src/store/exercises.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { type Position, type SessionFilter, sessionPage } from '../../src/store/sessionPage.ts';
import { insertSession } from '../../src/store/sessions.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';

/** Records as tests write them down: everything that does not matter filled in. */
export const athlete = (id: string, more: Partial<Athlete> = {}): Athlete => ({
  ValorID: id,
  FirstName: 'Ann',
  LastName: 'Lee',
  ExternalID: null,
  ...more,
});

export const assessment = (id: string, more: Partial<Assessment> = {}): Assessment => ({
  'Assessment ID': id,
  'Assessment Name': 'Return to sport',
  'Athlete ID': null,
  Date: '2026-05-04T09:30:00.000Z',
  ...more,
});

export const exercise = (id: string, more: Partial<Exercise> = {}): Exercise => ({
  'Exercise ID': id,
  'Exercise Name': `Exercise ${id}`,
  Category: 'Squats',
  PrimaryChannel: 'knee_angle_r',
  Polarity: 1,
  Metrics: [{ Label: 'Knee Flex. (°)', Side: 'R', Channel: 'knee_angle_r', Sign: 1, Min: 15, Max: 40 }],
  KneeFlexion: 'as recorded',
  ...more,
});

export const channel = (name: string, more: Partial<OwnChannel> = {}): OwnChannel => ({
  Channel: name,
  Joint: 'knee',
  Side: 'R',
  Axis: 'sagittal',
  Kind: 'flexion',
  Positive: 'flexion',
  Negative: 'extension',
  ZeroPose: 'straight leg',
  Offset: 0,
  Min: null,
  Max: null,
  Source: 'our lab',
  ...more,
});

export const session = (id: string, more: Partial<StoredSession> = {}): StoredSession => ({
  sessionId: id,
  recordedAt_us: 1_777_000_000_123_456,
  athleteId: 'A1',
  assessmentId: null,
  exerciseId: 'E1',
  name: 'Squat',
  kind: 'exercise',
  duration_s: 12.516667,
  s3Key: `ik-${id}`,
  sourceName: 'squat.mot',
  sourceSha256: 'ab'.repeat(32),
  sourceBytes: 123_456_789_012,
  sourceRate_hz: null,
  objects: `${id}.0123456789ab`,
  seriesVersion: 1,
  reportVersion: 1,
  processing: null,
  repetitions: null,
  pipelineVersion: 1,
  ...more,
});

/** Two athletes, two assessments, two exercises: what sessions refer to. */
export async function furnish(db: Db, organization: string): Promise<void> {
  for (const id of ['A1', 'A2']) await createAthlete(db, organization, athlete(id), 1);
  for (const id of ['S1', 'S2']) await createAssessment(db, organization, assessment(id), 1);
  await createExercises(db, organization, [exercise('E1'), exercise('E2')], 1);
}

/** A session with its objects announced, as an upload does it. */
export async function record(
  db: Db,
  organization: string,
  stored: StoredSession,
  now_us = 5,
): Promise<string> {
  await markLoose(db, organization, stored.objects, now_us + 1000);
  return insertSession(db, organization, stored, now_us);
}

/** A page with its items as text. */
export async function page(
  db: Db,
  organization: string,
  filter: SessionFilter,
  after: Position | null,
  limit: number,
): Promise<{ items: string; count: number; next: Position | null }> {
  const found = await sessionPage(db, organization, filter, after, limit);
  return { ...found, items: String(found.items) };
}
