// Directus on the same rows, under the Node of the registry that it asks for: a collection with an index for the question
// asked, an administrator's token (no permissions to look at), pages by the time of the last session of the page before.
import { join } from 'node:path';
import { install, run } from '../lib/install.mjs';
import { freePort } from '../lib/postgres.mjs';
import { startProgram } from '../lib/processes.mjs';

export const NAME = 'Directus 12.4.0';
const NODE = `node-${process.platform}-${process.arch}`;
const PACKAGES = [`${NODE}@22.23.3`, 'directus@12.4.0'];
const ADMIN = { email: 'bench@example.com', password: 'bench-password' };
const TEXTS = ['org', 's3_key', 'athlete_id', 'assessment_id', 'exercise_id', 'session_name'];

export const installDirectus = (context) =>
  install(context, 'directus', PACKAGES, (folder) => {
    // Its one native part without a build in the package.
    const own = join(folder, 'node_modules', NODE);
    run(join(folder, 'node_modules/isolated-vm'), '../.bin/node-gyp', ['rebuild', '--release'], {
      PATH: `${join(own, 'bin')}:${process.env.PATH}`,
      npm_config_nodedir: own,
    });
  });

export async function startDirectus(context, postgres, archive) {
  const folder = installDirectus(context);
  const program = join(folder, 'node_modules', NODE, 'bin/node');
  const cli = join(folder, 'node_modules/directus/cli.js');
  const database = `directus_${archive.database}`;
  const start = async () => {
    const port = await freePort();
    const env = environment(port, postgres.url(database));
    const url = `http://127.0.0.1:${port}`;
    const server = await startProgram([cli, 'start'], {
      cwd: folder,
      env,
      program,
      url,
      ready: '/server/ping',
    });
    return { ...server, call: caller(server.url) };
  };
  await postgres.keep(database, `${archive.identity} ${NAME}`, async () => {
    run(folder, program, [cli, 'bootstrap'], environment(0, postgres.url(database)));
    const { call, stop } = await start();
    try {
      await fill(call, await signIn(call), postgres, archive.database, database);
    } finally {
      await stop();
    }
  });
  const { call, ...server } = await start();
  try {
    const headers = await signIn(call);
    return { ...server, request: (place) => request(place, headers), count: (answer) => answer.data.length };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const environment = (port, database) => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  SECRET: 'a secret of thirty-two letters or more',
  DB_CLIENT: 'pg',
  DB_CONNECTION_STRING: database,
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  ACCESS_TOKEN_TTL: '1d',
  LOG_LEVEL: 'warn',
  NODE_ENV: 'production',
  // It asks for newer versions and reports how it is used unless told not to.
  TELEMETRY: 'false',
  CI: 'true',
  NO_UPDATE_NOTIFIER: '1',
});

async function signIn(call) {
  const { data } = await call('POST', '/auth/login', ADMIN);
  return { authorization: `Bearer ${data.access_token}` };
}

/** Its page of 100 after a time; the newest when there is none. */
function request({ organization, recordedAt_us }, headers) {
  const before = recordedAt_us && new Date(recordedAt_us / 1000).toISOString();
  const filter = { org: { _eq: organization }, ...(before && { recorded_at: { _lt: before } }) };
  const query = `limit=100&sort=-recorded_at&filter=${encodeURIComponent(JSON.stringify(filter))}`;
  return { path: `/items/recordings?${query}`, headers };
}

const caller = (url) => async (method, path, body, headers) => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.json();
};

async function fill(call, headers, postgres, archive, database) {
  const field = (name, type, schema = {}) => ({ field: name, type, schema, meta: {} });
  await call(
    'POST',
    '/collections',
    {
      collection: 'recordings',
      schema: {},
      meta: {},
      fields: [
        field('id', 'string', { is_primary_key: true }),
        ...TEXTS.map((name) => field(name, 'string')),
        field('recorded_at', 'timestamp'),
        field('duration', 'float'),
      ],
    },
    headers,
  );
  postgres.copy(
    archive,
    `select session_id, org_id, s3_key, athlete_id, coalesce(assessment_id, 'singleExercise'), exercise_id,
       session_name, to_timestamp(recorded_at / 1000000.0), duration_s from sessions`,
    database,
    `recordings (id, ${TEXTS.join(', ')}, recorded_at, duration)`,
  );
  await postgres.administer(
    'create index recordings_by_time on recordings (org, recorded_at desc)',
    database,
  );
}
