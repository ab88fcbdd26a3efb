import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Recomputation } from '../../src/contract/recomputation.ts';
import type { Report, ReportVersion } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { PIPELINE_VERSION } from '../../src/motion/process.ts';
import { queueOutdated } from '../../src/server/recomputation.ts';
import { originalKey } from '../../src/server/sessionObjects.ts';
import { sweepOrganization } from '../../src/server/sweep.ts';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { listOrganizations } from '../../src/store/organizations.ts';
import { getSession } from '../../src/store/sessions.ts';
import { exchange } from '../objects/exchange.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, postgresUrl } from '../store/engines.ts';
import { type Caller, createCaller, filesBelow, motionFile } from './uploading.ts';

let data: string;
const running: TestServer[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'kinebase-recompute-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Tokens outlive the process: the keys are kept. */
let token = '';
async function start(options: Parameters<typeof startServer>[0] = {}): Promise<[TestServer, Caller]> {
  const server = await startServer({ DATA: data, ...options });
  running.push(server);
  if (server.firstAdministrator !== null) {
    const { username, password, clientId } = server.firstAdministrator;
    token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
  }
  return [server, createCaller(server.url, token)];
}

async function stop(server: TestServer): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.stop();
}

async function record(caller: Caller, count: number, exerciseID?: string): Promise<Session[]> {
  const athleteID = await caller.athlete();
  const sessions: Session[] = [];
  for (let i = 0; i < count; i++) {
    const parameters = { fileName: 'squat.mot', athleteID, ...(exerciseID && { exerciseID }) };
    const answer = await caller.upload(parameters, motionFile({ phase: i / 10 }));
    expect(answer.status).toBe(201);
    sessions.push(answer.body);
  }
  return sessions;
}

/** As if an older pipeline had computed everything. */
async function age(db: Db): Promise<void> {
  for (const { OrganizationID } of await listOrganizations(db)) {
    for (const table of ['sessions', 'reports'])
      await db.within(OrganizationID).query(`update ${table} set pipeline_version = ${PIPELINE_VERSION - 1}`);
  }
}

const state = async (caller: Caller): Promise<Recomputation> =>
  (await caller.call('GET', '/recomputation')).body;
const versions = async (caller: Caller, session: Session): Promise<ReportVersion[]> =>
  (await caller.call('GET', `/sessions/${session['Session ID']}/reports`)).body;

async function settled(caller: Caller, isSettled: (now: Recomputation) => boolean): Promise<Recomputation> {
  for (;;) {
    const now = await state(caller);
    if (isSettled(now)) return now;
  }
}
const atRest = (now: Recomputation) => now.Outdated === now.Failed && now.Waiting + now.Running === 0;

test('after a restart with a newer pipeline every report is computed again, and the old ones stay readable', async () => {
  const [server, first] = await start();
  const sessions = await record(first, 6);
  const before = new Map<Session, [Report, object]>();
  for (const session of sessions)
    before.set(session, [await first.report(session), await first.ikData(session)]);
  await stop(server);
  const db = await openDb(`sqlite:${data}`);
  await age(db);
  await db.close();

  const [again, caller] = await start();
  const end = await settled(caller, atRest);
  expect(end).toEqual({
    PipelineVersion: PIPELINE_VERSION,
    Outdated: 0,
    Waiting: 0,
    Running: 0,
    Done: 6,
    Failed: 0,
    Failures: [],
  });
  for (const [session, [report, series]] of before) {
    expect(await versions(caller, session)).toMatchObject([
      { Version: 2, Reason: 'recomputed', PipelineVersion, Current: true },
      { Version: 1, Reason: 'recorded', PipelineVersion: PIPELINE_VERSION - 1, Current: false },
    ]);
    const old = await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=1`);
    expect(old.body).toEqual(report);
    expect((await caller.report(session)).Provenance.ReportVersion).toBe(2);
    expect(await caller.ikData(session)).toEqual(series);
  }
  // Queued again by another look, or by another node: nothing is left to do.
  await queueOutdated(again.deps);
  expect((await state(caller)).Waiting).toBe(0);
  const metrics = (await caller.call('GET', '/metrics')).bytes.toString();
  expect(metrics).toContain('kinebase_jobs{state="waiting"} 0');
  expect(metrics).toMatch(/kinebase_jobs_finished_total\{outcome="done"\} [6-9]/);
  expect(metrics).toMatch(/kinebase_recomputation_seconds_count [6-9]/);
});
const PipelineVersion = PIPELINE_VERSION;

test('killed again and again in the middle, the server finishes the work, loses nothing and does nothing twice', async () => {
  const [server, first] = await start();
  const sessions = await record(first, 30);
  await stop(server);
  const db = await openDb(`sqlite:${data}`);
  await age(db);
  await db.close();
  const script = fileURLToPath(new URL('./children/serve.mjs', import.meta.url));
  for (let round = 1; round <= 3; round++) {
    const child = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: child.stdout! }), 'line');
    const caller = createCaller(JSON.parse(line).url, token);
    await settled(caller, (now) => now.Done >= 7 * round);
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }
  const [last, caller] = await start();
  expect(await settled(caller, atRest)).toMatchObject({ Done: 30, Failed: 0 });
  for (const session of sessions) {
    expect(await versions(caller, session)).toHaveLength(2);
    expect((await caller.report(session)).Repetitions).toHaveLength(3);
  }
  await sweepOrganization({ ...last.deps, now: () => Date.now() + 2 * 3600 * 1000 }, 'main');
  const written = filesBelow(data).filter((file) => file.endsWith('/report'));
  expect(written).toHaveLength(30);
});

describe.skipIf(postgresUrl === null)('on PostgreSQL', () => {
  test('two servers share the work, and no report is computed twice', async () => {
    const place = await databasePlace();
    const objectsUrl = `file:${join(data, 'shared')}`;
    const node = async (name: string) => {
      const options = { DATABASE_URL: place.url, DATA: join(data, name) };
      const server = await startServer(options, (config) => ({ ...config, objectsUrl }));
      running.push(server);
      return server;
    };
    const one = await node('one');
    const { username, password, clientId } = one.firstAdministrator!;
    token = `Bearer ${(await one.signIn(username, password, clientId)).IdToken}`;
    const sessions = await record(createCaller(one.url, token), 24);
    await age(one.deps.db);
    await stop(one);

    const [two] = await Promise.all([node('two'), node('three')]);
    const caller = createCaller(two.url, token);
    expect(await settled(caller, atRest)).toMatchObject({ Done: 24, Failed: 0 });
    for (const session of sessions) expect(await versions(caller, session)).toHaveLength(2);
    for (const server of running.splice(0)) await server.stop();
    await place.remove();
  });
});

test('what is asked for is computed again, and nothing else', async () => {
  const [, caller] = await start();
  const exercise = await caller.exercise({ 'Exercise Name': 'Hip A', PrimaryChannel: 'hip_flexion_r' });
  const [mine] = await record(caller, 1, exercise);
  const [other] = await record(caller, 1);
  const metric = { Label: 'Hip Flex. (°)', Side: 'R', Channel: 'hip_flexion_r', Sign: 1, Min: 10, Max: 90 };
  await caller.call('PATCH', `/exercises/${exercise}`, { Metrics: [metric] });
  const answer = await caller.call('POST', '/recomputation', { 'Exercise ID': exercise });
  expect([answer.status, answer.body.PipelineVersion]).toEqual([202, PIPELINE_VERSION]);
  await settled(caller, atRest);
  expect((await versions(caller, mine!))[0]).toMatchObject({ Version: 2, Reason: 'recomputed' });
  expect((await caller.report(mine!)).WorkoutMetrics.Ang['Hip Flex. (°)']!.R).toMatchObject({ Max: 90 });
  expect(await versions(caller, other!)).toHaveLength(1);

  await caller.call('POST', '/recomputation', { 'Session ID': other!['Session ID'] });
  await settled(caller, atRest);
  expect(await versions(caller, other!)).toHaveLength(2);
  await caller.call('POST', '/recomputation', {
    'Session ID': other!['Session ID'],
    'Exercise ID': exercise,
  });
  await caller.call('POST', '/recomputation', { Outdated: true });
  await settled(caller, atRest);
  expect([(await versions(caller, mine!)).length, (await versions(caller, other!)).length]).toEqual([2, 2]);
  await caller.call('POST', '/recomputation', { All: true });
  await settled(caller, atRest);
  expect([(await versions(caller, mine!)).length, (await versions(caller, other!)).length]).toEqual([3, 3]);
});

test('what cannot be asked for is refused with what to say instead', async () => {
  const [server, caller] = await start();
  const cases: [object, string][] = [
    [{}, ''],
    [{ All: false }, 'Say what to compute again'],
    [{ 'Exercise ID': 'none' }, 'Exercise ID "none" is not of your organization'],
    [{ 'Session ID': 'none' }, 'Session ID "none" is not of your organization'],
    [{ Everything: true }, 'Everything'],
  ];
  for (const [body, message] of cases) {
    const answer = await caller.call('POST', '/recomputation', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
  }
  const viewer = { Username: 'viewer@jobs.example', Role: 'viewer', Password: 'reads-only-1' };
  await caller.call('POST', '/users', viewer);
  const { IdToken } = await server.signIn(viewer.Username, viewer.Password, 'kinebase');
  const reader = createCaller(server.url, `Bearer ${IdToken}`);
  expect((await reader.call('POST', '/recomputation', { All: true })).status).toBe(403);
  expect((await reader.call('GET', '/recomputation')).status).toBe(200);
});

test('a recording that the pipeline refuses keeps its old report, is listed until it is queued again, and may be mended', async () => {
  const [server, caller] = await start();
  const [session] = await record(caller, 1);
  const id = session!['Session ID'];
  const { objects: prefix } = (await getSession(server.deps.db, 'main', id))!;
  const key = originalKey('main', prefix);
  const bytes = (await server.deps.objects.get(key))!;
  const report = await caller.report(session!);
  await exchange(server.deps.objects, key, Buffer.from('no recording'));
  await age(server.deps.db);
  await queueOutdated(server.deps);
  server.deps.jobs.wake();
  const failed = await settled(caller, (now) => now.Failed === 1);
  expect(failed).toMatchObject({ Outdated: 1, Waiting: 0, Running: 0, Done: 0 });
  expect(failed.Failures).toEqual([{ 'Session ID': id, Error: expect.stringMatching(/\w/), Attempts: 1 }]);
  expect(await caller.report(session!)).toEqual(report);
  expect(filesBelow(data).filter((file) => file.endsWith('/report'))).toEqual([]);
  // The same pipeline would refuse it again.
  await queueOutdated(server.deps);
  expect(await state(caller)).toEqual(failed);

  await exchange(server.deps.objects, key, bytes);
  await caller.call('POST', '/recomputation', { Outdated: true });
  expect(await settled(caller, atRest)).toMatchObject({ Outdated: 0, Failed: 0, Done: 1, Failures: [] });
  expect(await versions(caller, session!)).toHaveLength(2);
});

test('sessions that are removed, edited or recorded meanwhile are as people left them', async () => {
  const [server, caller] = await start();
  const sessions = await record(caller, 9);
  await age(server.deps.db);
  await queueOutdated(server.deps);
  server.deps.jobs.wake();
  const repetition = { Start: 0.2, Peak: 0.7, End: 1.3 };
  const answers = await Promise.all(
    sessions.map((session, index) => {
      const path = `/sessions/${session['Session ID']}`;
      if (index % 3 === 0) return caller.call('DELETE', path);
      if (index % 3 === 1) return caller.call('PATCH', `${path}/repetitions`, { Repetitions: [repetition] });
      return caller.call('PATCH', path, { 'Session Name': 'Renamed' });
    }),
  );
  const [more] = await record(caller, 1);
  expect(await settled(caller, atRest)).toMatchObject({ Outdated: 0, Failed: 0 });
  for (const [index, session] of sessions.entries()) {
    if (index % 3 === 0) {
      expect(answers[index]!.status).toBe(204);
      expect((await caller.call('GET', `/reportData?s3Key=${session.s3Key}`)).status).toBe(404);
    } else if (index % 3 === 1) {
      // An edit that met the recomputation half way was told so.
      expect([200, 409]).toContain(answers[index]!.status);
      const { Repetitions } = await caller.report(session);
      if (answers[index]!.status === 200) expect(Repetitions).toEqual([{ ...repetition, Source: 'edited' }]);
    } else {
      const now = (await caller.call('GET', `/sessions/${session['Session ID']}`)).body;
      expect(now).toEqual({ ...session, 'Session Name': 'Renamed' });
      expect((await versions(caller, session)).length).toBe(2);
    }
  }
  expect(await versions(caller, more!)).toHaveLength(1);
  const removed = sessions.filter((_, index) => index % 3 === 0).map((session) => session['Session ID']);
  expect(filesBelow(data).filter((file) => removed.some((id) => file.includes(id)))).toEqual([]);
});
