import { createHash } from 'node:crypto';
import type { Athlete } from '../../../src/contract/athletes.ts';
import type { Exercise } from '../../../src/contract/exercises.ts';
import type { RecordSessionQuery, Session } from '../../../src/contract/sessions.ts';
import { findExercise } from '../../../src/motion/exercises/index.ts';
import { generateMovement } from '../../../src/motion/generator/index.ts';
import { PIPELINE_VERSION } from '../../../src/motion/process.ts';
import { writeStorage } from '../../../src/motion/write/write-sto.ts';
import { insertSessions } from '../../../src/store/sessions.ts';
import type { StoredSession } from '../../../src/store/storedSession.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { call, type Options } from './http.ts';

/** An organization of the server under test, and its administrator. */
export interface Organization {
  id: string;
  username: string;
  password: string;
  clientId: string;
  /** IdToken of the administrator. */
  token: string;
  /** Calls the server with that token. */
  call: (path: string, options?: Options) => ReturnType<typeof call>;
}

export interface Installation {
  server: TestServer;
  url: string;
  /** The organization of the installation's first administrator, who may create others. */
  main: Organization;
  /** Creates an organization with an administrator, through the API. */
  organization(id: string): Promise<Organization>;
  end(): Promise<void>;
}

/** The real server on an empty store: an embedded one of its own, or the one that the URL names. */
export async function openInstallation(databaseUrl?: string): Promise<Installation> {
  const server = await startServer(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl });
  const { url } = server;
  const enter = async (
    id: string,
    username: string,
    password: string,
    clientId: string,
  ): Promise<Organization> => {
    const { IdToken: token } = await server.signIn(username, password, clientId);
    return {
      id,
      username,
      password,
      clientId,
      token,
      call: (path, options) => call(`${url}${path}`, { token, ...options }),
    };
  };
  const { organization, username, password, clientId } = server.firstAdministrator!;
  const main = await enter(organization, username, password, clientId);
  return {
    server,
    url,
    main,
    async organization(id) {
      const admin = { Admin: `admin@${id}.example`, Password: `${id}-movement` };
      await created(
        main.call('/organizations', { method: 'POST', body: { Name: id, OrganizationID: id, ...admin } }),
      );
      return enter(id, admin.Admin, admin.Password, clientId);
    },
    end: () => server.end(),
  };
}

/** The record in a 201. */
export async function created(answer: ReturnType<typeof call>) {
  const { status, text, json } = await answer;
  if (status !== 201) throw new Error(`not created: ${text}`);
  return JSON.parse(json.body);
}

export const addAthlete = (
  organization: Organization,
  FirstName: string,
  LastName: string,
): Promise<Athlete> =>
  created(organization.call('/athletes', { method: 'POST', body: { FirstName, LastName } }));

export async function exerciseNamed(organization: Organization, name: string): Promise<Exercise> {
  const [exercise] = JSON.parse(
    (await organization.call(`/exercises?name=${encodeURIComponent(name)}`)).json.body,
  );
  return exercise;
}

/** Invented movement of a built-in exercise, as a .mot file; of `rows` the first so many frames. */
export function movementFile(exerciseName: string, seed = 1, rows = Number.POSITIVE_INFINITY): Buffer {
  const whole = generateMovement(findExercise(exerciseName)!, { seed });
  const channels = whole.channels.map((channel) => ({ ...channel, values: channel.values.slice(0, rows) }));
  return Buffer.from(writeStorage({ ...whole, time: whole.time.slice(0, rows), channels }, exerciseName));
}

/** Uploads invented movement of a built-in exercise. */
export async function recordMovement(
  organization: Organization,
  exerciseName: string,
  query: Omit<RecordSessionQuery, 'fileName'>,
  seed = 1,
  rows?: number,
): Promise<Session> {
  const exercise = await exerciseNamed(organization, exerciseName);
  return recordFile(organization, movementFile(exerciseName, seed, rows), {
    fileName: 'movement.mot',
    exerciseID: exercise['Exercise ID'],
    ...query,
  });
}

export function recordFile(
  organization: Organization,
  body: Uint8Array,
  query: RecordSessionQuery,
): Promise<Session> {
  const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return created(organization.call(`/sessions?${parameters}`, { method: 'POST', body }));
}

/**
 * Puts sessions straight into the store, for cases that need thousands: uploading them would take minutes. They have no
 * objects of their own; `change` may give them another's.
 */
export async function fillSessions(
  { server }: Installation,
  organization: Organization,
  common: Pick<StoredSession, 'athleteId' | 'exerciseId'>,
  count: number,
  change: (index: number) => Partial<StoredSession> = () => ({}),
): Promise<StoredSession[]> {
  const sessions = Array.from({ length: count }, (_, index): StoredSession => {
    const sessionId = crypto.randomUUID().toUpperCase();
    return {
      ...common,
      sessionId,
      recordedAt_us: Date.UTC(2026, 0) * 1000 + index * 60e6,
      assessmentId: null,
      name: 'Hip Hinge Test',
      kind: 'exercise',
      duration_s: 10,
      s3Key: `ik-${sessionId}`,
      sourceName: 'movement.mot',
      sourceSha256: createHash('sha256').update(sessionId).digest('hex'),
      sourceBytes: 1000,
      sourceRate_hz: null,
      objects: `${sessionId}.filled`,
      seriesVersion: 1,
      reportVersion: 1,
      processing: null,
      repetitions: null,
      pipelineVersion: PIPELINE_VERSION,
      ...change(index),
    };
  });
  await insertSessions(server.deps.db, organization.id, sessions, Date.now() * 1000);
  return sessions;
}
