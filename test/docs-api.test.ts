import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../src/contract/endpoints.ts';
import { createClient, type KinebaseClient } from '../src/sdk/index.ts';
import { startServer, type TestServer } from './setup/server.ts';

/** The curl example of every endpoint as docs/api.md has it, against a real server: each is answered with what the page says. */
const ROOT = new URL('..', import.meta.url).pathname;
const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
const run = promisify(execFile);

const parts = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.split('\n')[0]!, part]),
);
const exampleOf = (heading: string): string =>
  /```sh\n(.*)\n```/.exec(parts.get(heading) ?? '')?.[1] ?? expect.fail(`${heading} has no example`);

let server: TestServer;
let client: KinebaseClient;
/** An administrator of the installation: reaches every endpoint. */
let admin: { username: string; password: string; clientId: string };
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-docs-api-'));
  cpSync(join(ROOT, 'examples/squats.mot'), join(folder, 'squats.mot'));
  server = await startServer({ WEBHOOK_PRIVATE: 'allow' });
  admin = server.firstAdministrator!;
  client = createClient({ url: server.url, ...admin });
  await client.athletes.create({ FirstName: 'Maya', LastName: 'St. Clair' });
  // The account that the pages sign in with is the demo's.
  const coach = { username: 'coach@riverside.example', password: 'demo-movement-1' };
  const { username: Admin, password: Password } = coach;
  await client.organizations.create({ Name: 'Riverside', OrganizationID: 'riverside', Admin, Password });
  const riverside = createClient({ url: server.url, ...coach, clientId: admin.clientId });
  await riverside.clients.create({ Name: 'Pages', ClientID: 'riverside' });
}, 120_000);
afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A record of its own for each example, so that none depends on what another did. */
const FRESH: Readonly<Record<string, () => Promise<string>>> = {
  ATHLETE_ID: async () => (await client.athletes.create({ FirstName: 'A', LastName: 'B' })).ValorID,
  ASSESSMENT_ID: async () => (await client.assessments.create({ 'Assessment Name': 'A' }))['Assessment ID'],
  EXERCISE_ID: async () =>
    (
      await client.exercises.create({ 'Exercise Name': `E ${Math.random()}`, PrimaryChannel: 'knee_angle_r' })
    )['Exercise ID'],
  SESSION_ID: async () => (await recorded())['Session ID'],
  S3_KEY: async () => (await recorded()).s3Key,
  CHANNEL_ID: async () => {
    const example = /-d '(.*)'/.exec(exampleOf('POST /channels'))![1]!;
    return (await ask('/channels', 'POST', JSON.parse(example))).Channel as string;
  },
  USER_ID: async () =>
    (await client.users.create({ Username: `u${Math.random()}@riverside.example`, Role: 'viewer' })).UserID,
  CLIENT_ID: async () => (await client.clients.create({ Name: 'C' })).ClientID,
  KEY_ID: async () => (await client.keys.create({ Name: 'K' })).KeyID,
  FILE: async () => /assets\/([^"]+)/.exec(await (await fetch(server.url)).text())![1]!,
  WEBHOOK_ID: async () => (await client.webhooks.create({ URL: server.url })).WebhookID,
};

async function recorded() {
  const athleteID = (await client.athletes.list().all())[0]!.ValorID;
  return client.sessions.record(readFileSync(join(ROOT, 'examples/squats.mot')), {
    fileName: 'squats.mot',
    athleteID,
  });
}

async function token(): Promise<string> {
  return (await server.signIn(admin.username, admin.password, admin.clientId)).IdToken;
}

async function ask(path: string, method: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${await token()}`, prefer: 'body=json' },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { body: Record<string, unknown> }).body;
}

test('every endpoint has its part', () => {
  expect([...parts.keys()]).toEqual(
    Object.values<Endpoint>(ENDPOINTS)
      .map(({ method, path }) => `${method} ${path}`)
      .sort((a, b) => [...parts.keys()].indexOf(a) - [...parts.keys()].indexOf(b)),
  );
});

test.each(Object.entries<Endpoint>(ENDPOINTS))('the example of %s', async (name, endpoint) => {
  const { method, path, access } = endpoint;
  // There is no video of any session, and the page says so.
  const status = name === 'videoExport' ? 404 : (endpoint.status ?? 200);
  let example = exampleOf(`${method} ${path}`);
  const variables: Record<string, string> = {
    URL: server.url,
    TOKEN: access === 'public' ? '' : await token(),
  };
  for (const [variable, fresh] of Object.entries(FRESH))
    if (example.includes(`$${variable}`)) variables[variable] = await fresh();
  // The exercise that the page names is not there.
  if (name === 'startRecomputation')
    example = example.replace(/"Exercise ID":"[^"]*"/, `"Exercise ID":"${await FRESH.EXERCISE_ID!()}"`);
  const code = `${example} -o answer -w '%{http_code}'`;
  const { stdout } = await run('bash', ['-euc', code], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
  });
  const answer = readFileSync(join(folder, 'answer'), 'latin1').slice(0, 500);
  expect({ status: Number(stdout), answer }).toMatchObject({ status });
});
