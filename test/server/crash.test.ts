import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { sweepOrganization } from '../../src/server/sweep.ts';
import { startServer } from '../setup/server.ts';
import { type Caller, createCaller, filesBelow, motionFile } from './uploading.ts';

let data: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'kinebase-crash-'));
});
afterEach(async () => {
  await kill();
  rmSync(data, { recursive: true, force: true });
});

async function start(): Promise<{
  url: string;
  admin: { username: string; password: string; clientId: string } | null;
}> {
  const script = fileURLToPath(new URL('./children/serve.mjs', import.meta.url));
  child = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  return JSON.parse(line);
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

async function signIn(
  url: string,
  { username, password, clientId }: { username: string; password: string; clientId: string },
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  return `Bearer ${((await response.json()) as { AuthenticationResult: { IdToken: string } }).AuthenticationResult.IdToken}`;
}

/** Everything a listed session promises. */
async function expectWhole(caller: Caller, session: Session, original: Buffer | undefined): Promise<void> {
  const series = await caller.ikData(session);
  expect(series.knee_angle_r!.length).toBe(Math.round(session.Duration * 60) + 1);
  expect((await caller.report(session)).Repetitions.length).toBeGreaterThan(0);
  const bytes = await caller.original(session);
  if (original !== undefined) expect(bytes.equals(original)).toBe(true);
}

test('a server killed in the middle of uploads, changes and removals keeps all it acknowledged and shows nothing half', async () => {
  const sent = new Map<string, Buffer>();
  const acknowledged = new Map<string, Session>();
  const touched = new Set<string>();
  let token = '';
  let athleteID = '';
  let other = '';
  for (let round = 0; round < 6; round++) {
    const { url, admin } = await start();
    if (admin !== null) {
      token = await signIn(url, admin);
      const caller = createCaller(url, token);
      athleteID = await caller.athlete();
      other = await caller.exercise({ 'Exercise Name': 'Hip', PrimaryChannel: 'hip_flexion_r' });
    }
    // Tokens outlive the process: the keys are kept.
    const caller = createCaller(url, token);
    let left = 1 + Math.floor(Math.random() * 12);
    const upload = async (worker: number) => {
      for (let i = 0; ; i++) {
        const sessionID = randomUUID().toUpperCase();
        const file = Buffer.from(motionFile({ phase: round + worker / 10 + i / 1000, seconds: 2 + worker }));
        sent.set(sessionID, i % 2 === 0 ? file : gzipSync(file));
        const answer = await caller.upload(
          { fileName: 'squat.mot', athleteID, sessionID },
          sent.get(sessionID)! as BodyInit,
        );
        expect(answer.status).toBe(201);
        acknowledged.set(sessionID, answer.body);
        if (--left === 0) await kill();
      }
    };
    // Somebody corrects and somebody removes meanwhile; what becomes of those depends on when the end comes.
    const change = async () => {
      for (;;) {
        const id = [...acknowledged.keys()].find((candidate) => !touched.has(candidate));
        if (id === undefined) await caller.call('GET', '/health');
        else {
          touched.add(id);
          await caller.call('PATCH', `/sessions/${id}`, { 'Exercise ID': other });
          if (touched.size % 3 === 0) await caller.call('DELETE', `/sessions/${id}`);
        }
      }
    };
    const results = await Promise.allSettled([upload(0), upload(1), upload(2), change()]);
    // Whatever ended with the server ended as a broken connection, not as a wrong answer.
    for (const result of results) expect((result as PromiseRejectedResult).reason).toBeInstanceOf(TypeError);
  }

  const server = await startServer({ DATA: data });
  try {
    const caller = createCaller(server.url, token);
    const listed = await caller.sessions();
    const ids = new Set(listed.map((session) => session['Session ID']));
    for (const [id, session] of acknowledged) {
      if (touched.has(id)) continue;
      expect(listed).toContainEqual(session);
    }
    expect(acknowledged.size).toBeGreaterThan(touched.size);
    for (const session of listed) await expectWhole(caller, session, sent.get(session['Session ID']));

    // What the crashes cut off waits to be swept, and nothing else does.
    const later = { ...server.deps, now: () => Date.now() + 2 * 3600 * 1000 };
    await sweepOrganization(later, 'main');
    expect(
      await server.deps.db.within('main').query('select prefix from loose_objects order by prefix limit 10'),
    ).toEqual([]);
    const folders = existsSync(join(data, 'objects/org/main'))
      ? readdirSync(join(data, 'objects/org/main'))
      : [];
    expect(new Set(folders.map((folder) => folder.split('.')[0]))).toEqual(ids);
    expect(folders.length).toBe(ids.size);
    expect(filesBelow(join(data, 'objects/.tmp'))).toEqual([]);
    for (const session of listed) await expectWhole(caller, session, sent.get(session['Session ID']));

    // An upload that was cut off may be sent again under its id.
    for (const [sessionID, bytes] of sent) {
      if (acknowledged.has(sessionID)) continue;
      const answer = await caller.upload({ fileName: 'squat.mot', athleteID, sessionID }, bytes as BodyInit);
      expect(answer.status).toBe(201);
      await expectWhole(caller, answer.body, bytes);
    }
  } finally {
    await server.end();
  }
});
