// Fills a store with organizations org-1 … org-M, N sessions over all of them, and a user each: bench@org-1.example with
// the password bench-password, client id bench. Rows only: the sessions have no objects.
import { createClient, createUser } from '../dist/server/auth/administration.js';
import { readConfig } from '../dist/server/config.js';
import { addLibrary } from '../dist/server/definition.js';
import { createAssessment } from '../dist/store/assessments.js';
import { createAthlete } from '../dist/store/athletes.js';
import { listExercises } from '../dist/store/exercises.js';
import { createOrganization } from '../dist/store/organizations.js';
import { insertSessions } from '../dist/store/sessions.js';
import { generateOrganization } from './lib/generator.mjs';
import { openStore } from './lib/store.mjs';

export const BENCH = {
  password: 'bench-password',
  clientId: 'bench',
  username: (organization) => `bench@${organization}.example`,
};
const BATCH = 2000;

/**
 * Answers how long the sessions themselves took, people and their passwords left out. `parallel`: organizations filled at
 * the same time. `ahead`: every row is made before the first is written, so that making them does not count.
 */
export async function load({
  sessions,
  organizations,
  parallel = 1,
  ahead = false,
  databaseUrl = readConfig(process.env).databaseUrl,
  log = console.log,
}) {
  const { db, auth } = await openStore(databaseUrl);
  try {
    await createClient(auth, null, { Name: 'Load tests', ClientID: BENCH.clientId }).catch(onlyConflict);
    const waiting = [];
    for (let number = 1; number <= organizations; number++) {
      const share = shareOf(number, { sessions, organizations });
      const batches = await makePeople(db, auth, number, share);
      waiting.push({ number, share, batches: ahead ? [...batches] : batches });
    }
    const started = performance.now();
    const fillSome = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        for (const batch of next.batches)
          await insertSessions(db, `org-${next.number}`, batch, Date.now() * 1000);
        log(`org-${next.number}: ${next.share} sessions`);
      }
    };
    await Promise.all(Array.from({ length: parallel }, fillSome));
    const seconds = (performance.now() - started) / 1000;
    log(`${sessions} sessions in ${organizations} organizations in ${seconds.toFixed(1)} s`);
    return { seconds };
  } finally {
    await db.close();
  }
}

/** Sessions of the organization of that number. */
export const shareOf = (number, { sessions, organizations }) =>
  Math.floor((sessions * number) / organizations) - Math.floor((sessions * (number - 1)) / organizations);

/** An organization with everything but its sessions; answers those, in batches that are made as they are taken. */
async function makePeople(db, auth, number, sessions) {
  const organization = `org-${number}`;
  const now_us = Date.now() * 1000;
  if (!(await createOrganization(db, organization, `Organization ${organization}`, now_us))) {
    throw new Error(`${organization} is there already: fill an empty store`);
  }
  await createUser(auth, organization, {
    Username: BENCH.username(organization),
    Role: 'admin',
    Password: BENCH.password,
  });
  await addLibrary(db, organization, Date.now());
  const exercises = await listExercises(db, organization);
  const { athletes, assessments, batches } = generateOrganization(number, { sessions, exercises });
  for (const athlete of athletes) await createAthlete(db, organization, athlete, now_us);
  for (const assessment of assessments) await createAssessment(db, organization, assessment, now_us);
  return batches(BATCH);
}

function onlyConflict(error) {
  if (error.code !== 'conflict') throw error;
}
