// Fills a store with organizations org-1 … org-M, N sessions over all of them, and a user each: bench@org-1.example with
// the password bench-password, client id bench. Rows only: the sessions have no objects.
import { randomUUID } from 'node:crypto';
import { PIPELINE_VERSION } from '../dist/motion/process.js';
import { createClient, createUser } from '../dist/server/auth/administration.js';
import { openAuth } from '../dist/server/auth/auth.js';
import { readConfig } from '../dist/server/config.js';
import { addLibrary } from '../dist/server/definition.js';
import { ISSUER, POOL_ID } from '../dist/server/issuer.js';
import { createAthlete } from '../dist/store/athletes.js';
import { listExercises } from '../dist/store/exercises.js';
import { openDb } from '../dist/store/open.js';
import { createOrganization } from '../dist/store/organizations.js';
import { insertSessions } from '../dist/store/sessions.js';

export const BENCH = { password: 'bench-password', clientId: 'bench' };
const ATHLETES = 100;
const BATCH = 2000;

export async function load({
  sessions,
  organizations,
  databaseUrl = readConfig(process.env).databaseUrl,
  log = console.log,
}) {
  const db = await openDb(databaseUrl, 'kinebase bench load');
  const auth = await openAuth({ db, now: Date.now, issuer: ISSUER, poolId: POOL_ID });
  const started = performance.now();
  try {
    await createClient(auth, null, { Name: 'Load tests', ClientID: BENCH.clientId }).catch(onlyConflict);
    for (let number = 1; number <= organizations; number++) {
      const share =
        Math.floor((sessions * number) / organizations) -
        Math.floor((sessions * (number - 1)) / organizations);
      await fill(db, auth, `org-${number}`, share);
      log(`org-${number}: ${share} sessions`);
    }
  } finally {
    await db.close();
  }
  const seconds = (performance.now() - started) / 1000;
  log(`${sessions} sessions in ${organizations} organizations in ${seconds.toFixed(1)} s`);
}

async function fill(db, auth, organization, sessions) {
  const now_us = Date.now() * 1000;
  if (!(await createOrganization(db, organization, `Organization ${organization}`, now_us))) {
    throw new Error(`${organization} is there already: fill an empty store`);
  }
  await addLibrary(db, organization, Date.now());
  const exercises = await listExercises(db, organization);
  const athletes = [];
  for (let index = 0; index < ATHLETES; index++) {
    const athlete = {
      ValorID: randomUUID().toUpperCase(),
      FirstName: `First${index}`,
      LastName: `Last${index}`,
      ExternalID: null,
    };
    await createAthlete(db, organization, athlete, now_us);
    athletes.push(athlete.ValorID);
  }
  const span_us = 3 * 365 * 86_400 * 1e6;
  for (let first = 0; first < sessions; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, sessions - first) }, (_, offset) => {
      const index = first + offset;
      const sessionId = randomUUID().toUpperCase();
      const exercise = exercises[index % exercises.length];
      return {
        sessionId,
        recordedAt_us: now_us - Math.floor((span_us * index) / sessions),
        athleteId: athletes[(index * 7) % ATHLETES],
        assessmentId: null,
        exerciseId: exercise['Exercise ID'],
        name: exercise['Exercise Name'],
        kind: 'exercise',
        duration_s: 10 + (index % 20),
        s3Key: `ik-${sessionId}`,
        sourceName: 'bench.mot',
        sourceSha256: '0'.repeat(64),
        sourceBytes: 0,
        sourceRate_hz: null,
        objects: `${sessionId}.bench`,
        seriesVersion: 1,
        reportVersion: 1,
        processing: null,
        repetitions: null,
        pipelineVersion: PIPELINE_VERSION,
      };
    });
    await insertSessions(db, organization, batch, now_us);
  }
  await createUser(auth, organization, {
    Username: `bench@${organization}.example`,
    Role: 'admin',
    Password: BENCH.password,
  });
}

function onlyConflict(error) {
  if (error.code !== 'conflict') throw error;
}
