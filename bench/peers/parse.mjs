// Parse Server on the same rows: a class with an index for the question asked, a signed-in user, pages by the time of the
// last session of the page before.
import { join } from 'node:path';
import { install, place } from '../lib/install.mjs';
import { freePort } from '../lib/postgres.mjs';
import { startProgram } from '../lib/processes.mjs';

export const NAME = 'Parse Server 9.10.0';
const PACKAGES = ['parse-server@9.10.0'];
const APP = 'bench';
const MASTER_KEY = 'bench-master';
const TEXTS = ['org', 'sessionId', 's3Key', 'athleteId', 'assessmentId', 'exerciseId', 'sessionName'];

export const installParse = (context) => install(context, 'parse', PACKAGES);

export async function startParse(context, postgres, archive) {
  const folder = installParse(context);
  const service = place(folder, new URL('./parse-service.mjs', import.meta.url));
  const database = `parse_${archive.database}`;
  const start = async () => {
    const env = {
      PORT: String(await freePort()),
      DATABASE: postgres.url(database),
      FOLDER: join(folder, 'logs'),
      NODE_ENV: 'production',
    };
    const server = await startProgram([service], { cwd: folder, env });
    return { ...server, call: caller(server.url) };
  };
  await postgres.keep(database, `${archive.identity} ${NAME}`, async () => {
    const { call, stop } = await start();
    try {
      await fill(call, postgres, archive.database, database);
    } finally {
      await stop();
    }
  });
  const { call, ...server } = await start();
  try {
    const { sessionToken } = await call('GET', '/login?username=bench&password=bench-password');
    const headers = { 'x-parse-application-id': APP, 'x-parse-session-token': sessionToken };
    return {
      ...server,
      request: (place) => request(place, headers),
      count: (answer) => answer.results.length,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Its page of 100 after a time; the newest when there is none. */
function request({ organization, recordedAt_us }, headers) {
  const before = recordedAt_us && { __type: 'Date', iso: new Date(recordedAt_us / 1000).toISOString() };
  const where = { org: organization, ...(before && { recordedAt: { $lt: before } }) };
  const query = `limit=100&order=-recordedAt&where=${encodeURIComponent(JSON.stringify(where))}`;
  return { path: `/parse/classes/Recording?${query}`, headers };
}

const caller = (url) => async (method, path, body, headers) => {
  const response = await fetch(`${url}/parse${path}`, {
    method,
    headers: { 'x-parse-application-id': APP, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.json();
};

async function fill(call, postgres, archive, database) {
  const master = { 'x-parse-master-key': MASTER_KEY };
  const fields = Object.fromEntries(TEXTS.map((name) => [name, { type: 'String' }]));
  await call(
    'POST',
    '/schemas/Recording',
    {
      className: 'Recording',
      fields: { ...fields, recordedAt: { type: 'Date' }, duration: { type: 'Number' } },
      classLevelPermissions: {
        find: { requiresAuthentication: true },
        get: { requiresAuthentication: true },
      },
    },
    master,
  );
  await call('POST', '/users', { username: 'bench', password: 'bench-password' }, master);
  const at = 'to_timestamp(recorded_at / 1000000.0)';
  postgres.copy(
    archive,
    `select substr(md5(session_id), 1, 10), ${at}, ${at}, org_id, session_id, s3_key, athlete_id,
       coalesce(assessment_id, 'singleExercise'), exercise_id, session_name, ${at}, duration_s from sessions`,
    database,
    `"Recording" ("objectId", "createdAt", "updatedAt", ${TEXTS.map((name) => `"${name}"`).join(', ')}, "recordedAt", duration)`,
  );
  await postgres.administer(
    'create index recordings_by_time on "Recording" (org, "recordedAt" desc)',
    database,
  );
}
