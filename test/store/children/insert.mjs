// Inserts sessions as fast as it can until it is killed; prints each id once it is acknowledged.
// node insert.mjs FOLDER FIRST
import { createAthlete } from '../../../dist/store/athletes.js';
import { createExercises } from '../../../dist/store/exercises.js';
import { markLoose } from '../../../dist/store/looseObjects.js';
import { openDb } from '../../../dist/store/open.js';
import { createOrganization } from '../../../dist/store/organizations.js';
import { insertSession } from '../../../dist/store/sessions.js';

const [folder, first] = process.argv.slice(2);
const db = await openDb(`sqlite:${folder}`, 'insert.mjs');
await createOrganization(db, 'one', 'One', 0);
await createAthlete(db, 'one', { ValorID: 'A1', FirstName: '', LastName: '', ExternalID: null }, 0);
const squat = {
  'Exercise ID': 'E1',
  'Exercise Name': 'Squat',
  Category: '',
  PrimaryChannel: null,
  Polarity: 1,
  Metrics: null,
  KneeFlexion: 'as recorded',
};
await createExercises(db, 'one', [squat], 0);

let next = Number(first);
async function write() {
  for (;;) {
    const id = String(next++).padStart(9, '0');
    await markLoose(db, 'one', id, 0);
    await insertSession(
      db,
      'one',
      {
        sessionId: id,
        recordedAt_us: Number(id),
        athleteId: 'A1',
        assessmentId: null,
        exerciseId: 'E1',
        name: 'x'.repeat(200),
        kind: 'exercise',
        duration_s: 1,
        s3Key: `ik-${id}`,
        sourceName: 'a.mot',
        sourceSha256: '',
        sourceBytes: 1,
        sourceRate_hz: null,
        objects: id,
        seriesVersion: 1,
        reportVersion: 1,
        processing: null,
        repetitions: null,
        pipelineVersion: 1,
      },
      0,
    );
    process.stdout.write(`${id}\n`);
  }
}
await Promise.all([write(), write(), write()]);
