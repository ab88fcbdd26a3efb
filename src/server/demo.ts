import { createHash } from 'node:crypto';
import type { Exercise } from '../contract/exercises.ts';
import { findExercise } from '../motion/exercises/index.ts';
import {
  generateMovement,
  type OrganizationPlan,
  type PlannedSession,
  planOrganization,
} from '../motion/generator/index.ts';
import { PIPELINE_VERSION } from '../motion/process.ts';
import { writeStorage } from '../motion/write/write-sto.ts';
import { createAssessment } from '../store/assessments.ts';
import { createAthlete } from '../store/athletes.ts';
import type { Db } from '../store/db.ts';
import { listExercises } from '../store/exercises.ts';
import { writeUuid } from '../store/ids.ts';
import { markLoose } from '../store/looseObjects.ts';
import { createOrganization, organizationCreated } from '../store/organizations.ts';
import { getSession, insertSessions, type NewSession } from '../store/sessions.ts';
import { nowMicroseconds, toIso } from '../store/time.ts';
import { findAccount } from '../store/users.ts';
import { type Analyzer, createAnalyzer } from './analyzer.ts';
import { createClient, createUser } from './auth/administration.ts';
import type { Deps } from './call.ts';
import { addLibrary, toDefinition } from './definition.ts';
import { inMemory } from './received.ts';
import { FIRST_SERIES, LOOSE_FOR_US, objectsOf, putSessionObjects } from './sessionObjects.ts';

/** The demo organizations: invented people whose recordings come from the movement generator, the same at every first start. */
interface DemoOrganization {
  id: string;
  name: string;
  username: string;
  password: string;
  clientId: string;
  bodyForm: 'string' | 'json';
  names: 'team' | 'clinic';
  athletes: number;
  sessions: number;
  seed: number;
}

export const DEMO: readonly DemoOrganization[] = [
  {
    id: 'riverside',
    name: 'Riverside Performance',
    username: 'coach@riverside.example',
    password: 'demo-movement-1',
    clientId: 'riverside',
    bodyForm: 'string',
    names: 'team',
    athletes: 24,
    sessions: 180,
    seed: 1,
  },
  {
    id: 'northside',
    name: 'Northside Clinic',
    username: 'coach@northside.example',
    password: 'demo-movement-2',
    clientId: 'northside-swift',
    bodyForm: 'json',
    names: 'clinic',
    athletes: 10,
    sessions: 60,
    seed: 2,
  },
];

/** Sessions computed, stored and committed together. */
const BATCH = 25;
const THREADS = 2;

type DemoDeps = Pick<Deps, 'db' | 'objects' | 'auth' | 'now'>;

/** Whether every demo organization is there. The account comes last: an unfinished first start is finished by the next. */
export async function isDemoComplete(db: Db): Promise<boolean> {
  for (const demo of DEMO) if ((await findAccount(db, demo.username)) === null) return false;
  return true;
}

/** Makes the demo organizations that are not there yet. */
export async function ensureDemo(deps: DemoDeps, progress: (message: string) => void): Promise<void> {
  for (const demo of DEMO) {
    if ((await findAccount(deps.db, demo.username)) !== null) continue;
    progress(
      `Making the demo organization ${demo.name}: ${demo.athletes} athletes, ${demo.sessions} sessions`,
    );
    const analyzer = createAnalyzer(THREADS);
    try {
      await makeRecords(deps, demo, analyzer);
    } finally {
      await analyzer.close();
    }
    await createClient(deps.auth, demo.id, {
      Name: `${demo.name} demo`,
      ClientID: demo.clientId,
      BodyForm: demo.bodyForm,
    }).catch(ignoreConflict);
    const account = { Username: demo.username, Role: 'admin', Password: demo.password } as const;
    await createUser(deps.auth, demo.id, account);
  }
}

async function makeRecords(deps: DemoDeps, demo: DemoOrganization, analyzer: Analyzer): Promise<void> {
  const { db, now } = deps;
  await createOrganization(db, demo.id, demo.name, nowMicroseconds(now()));
  // The six months end when the organization was made, also when its making was cut off and goes on later.
  const made_us = await organizationCreated(db, demo.id);
  const plan = planOrganization({ ...demo, end_us: made_us });
  await addLibrary(db, demo.id, now(), (name) => demoId(demo, 'exercise', name));
  for (const [index, { firstName, lastName }] of plan.athletes.entries()) {
    const athlete = {
      ValorID: demoId(demo, 'athlete', index),
      FirstName: firstName,
      LastName: lastName,
      ExternalID: `${demo.id}-${index + 1}`,
    };
    await createAthlete(db, demo.id, athlete, made_us);
  }
  for (const [index, { name, athlete, at_us }] of plan.assessments.entries()) {
    const id = demoId(demo, 'assessment', index);
    const assessment = {
      'Assessment ID': id,
      'Assessment Name': name,
      'Athlete ID': demoId(demo, 'athlete', athlete),
      Date: toIso(at_us),
    };
    await createAssessment(db, demo.id, assessment, made_us);
  }
  const exercises = new Map(
    (await listExercises(db, demo.id)).map((exercise) => [exercise['Exercise Name'], exercise]),
  );
  const planned = await missing(deps, demo, plan);
  for (let first = 0; first < planned.length; first += BATCH) {
    const batch = await Promise.all(
      planned
        .slice(first, first + BATCH)
        .map(({ session, index }) => makeSession(deps, demo, analyzer, session, index, exercises)),
    );
    await insertSessions(db, demo.id, batch, made_us);
  }
}

/** Sessions of the plan that an earlier, unfinished start has not stored. */
async function missing(
  { db }: DemoDeps,
  demo: DemoOrganization,
  plan: OrganizationPlan,
): Promise<{ session: PlannedSession; index: number }[]> {
  const found: { session: PlannedSession; index: number }[] = [];
  for (const [index, session] of plan.sessions.entries()) {
    if ((await getSession(db, demo.id, demoId(demo, 'session', index))) === null)
      found.push({ session, index });
  }
  return found;
}

async function makeSession(
  { db, objects, now }: DemoDeps,
  demo: DemoOrganization,
  analyzer: Analyzer,
  planned: PlannedSession,
  index: number,
  exercises: ReadonlyMap<string, Exercise>,
): Promise<NewSession> {
  const exercise = exercises.get(planned.exercise)!;
  const recording = generateMovement(findExercise(planned.exercise)!, {
    seed: planned.seed,
    athlete: planned.traits,
  });
  const bytes = writeStorage(recording, planned.sessionName);
  const sessionId = demoId(demo, 'session', index);
  const sourceName = `${planned.sessionName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.mot`;
  const prefix = `${sessionId}.demo`;
  const analysis = await analyzer.analyze({
    bytes,
    fileName: sourceName,
    rate_hz: null,
    exercise: toDefinition(exercise),
  });
  await markLoose(db, demo.id, prefix, nowMicroseconds(now()) + LOOSE_FOR_US);
  // Of a first start that ended early, maybe with another version of this program.
  await objects.deleteAll(objectsOf(demo.id, prefix));
  await putSessionObjects(objects, demo.id, prefix, inMemory(bytes), analysis);
  return {
    sessionId,
    // Whole seconds, as a recording system's file names have them.
    recordedAt_us: Math.floor(planned.at_us / 1e6) * 1e6,
    athleteId: demoId(demo, 'athlete', planned.athlete),
    assessmentId: planned.assessment === null ? null : demoId(demo, 'assessment', planned.assessment),
    exerciseId: exercise['Exercise ID'],
    name: planned.sessionName,
    kind: planned.kind,
    duration_s: analysis.duration_s,
    s3Key: `ik-${sessionId}`,
    sourceName,
    sourceSha256: analysis.sha256,
    sourceBytes: bytes.length,
    sourceRate_hz: null,
    objects: prefix,
    seriesVersion: FIRST_SERIES,
    reportVersion: 1,
    processing: null,
    repetitions: null,
    pipelineVersion: PIPELINE_VERSION,
    flat: analysis.flat,
  };
}

/** The same id at every first start: a UUIDv8 (RFC 9562 §5.8) from what it stands for. */
function demoId(demo: DemoOrganization, kind: string, key: string | number): string {
  const hash = createHash('sha256').update(`${demo.id} ${kind} ${key}`).digest();
  hash[6] = 0x80 | (hash[6]! & 0x0f);
  hash[8] = 0x80 | (hash[8]! & 0x3f);
  return writeUuid(hash);
}

function ignoreConflict(error: unknown): void {
  if ((error as { code?: string }).code !== 'conflict') throw error;
}
