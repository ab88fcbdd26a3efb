import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { expectedLines } from './setup/expected.ts';
import { decodeAs, decodeEnvelope, readSwift, SWIFT_FILE } from './setup/swift.ts';

/** The Swift example, by what it sends and by what it casts the answers to; compiled and run where Swift is there. */
const ACCOUNTS = [
  ['bodies that are strings', 'coach@riverside.example', 'demo-movement-1', 'riverside'],
  ['bodies that are values', 'coach@northside.example', 'demo-movement-2', 'northside-swift'],
] as const;

const run = promisify(execFile);
const source = readSwift();
const HAS_SWIFT = spawnSync('swiftc', ['--version']).status === 0;
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ DEMO: 'true' });
}, 120_000);
afterAll(() => server.end());

const clientOf = (username: string, password: string, clientId: string): KinebaseClient =>
  createClient({ url: server.url, username, password, clientId });

/** A text in Swift, without what is put into it. */
const literal = (written: string): string => JSON.parse(written.replace(/\\\(.*?\)/g, ''));

test('the source is read as it is', () => {
  expect(source.structs.get('Session')).toContainEqual({ key: 's3Key', type: 'String' });
  expect(source.structs.get('Statistics')).toContainEqual({ key: 'Score', type: 'Double?' });
  expect(source.calls.map(({ path, parameters, type }) => [path, parameters.join(), type])).toEqual([
    ['/sessions', 'athleteID,from,to', '[Session]'],
    ['/athletes', '', '[Athlete]'],
    ['/reportData', 's3Key', 'Report'],
    ['/ikData', 's3Key,channels', '[String: [Double]]'],
  ]);
  expect([...source.flows.keys()].sort()).toEqual(['REFRESH_TOKEN_AUTH', 'USER_PASSWORD_AUTH']);
  expect(literal(source.headers.get('Authorization')!)).toBe('Bearer ');
  expect(source.firstToken).toBe('""');
});

describe.each(ACCOUNTS)('with %s', (_, username, password, clientId) => {
  const read = new Set<string>();

  async function signIn(flow: string, values: Record<string, string>) {
    const parameters = source.flows.get(flow)!;
    const members: Record<string, unknown> = { AuthFlow: flow, ClientId: clientId };
    members.AuthParameters = Object.fromEntries(parameters.map((name) => [name, values[name]]));
    expect(Object.keys(members)).toEqual(source.signInMembers);
    const answer = await fetch(`${server.url}/`, {
      method: 'POST',
      headers: Object.fromEntries(
        ['Content-Type', 'X-Amz-Target'].map((name) => [name, literal(source.headers.get(name)!)]),
      ),
      body: JSON.stringify(members),
    });
    return { status: answer.status, json: await answer.json() };
  }

  async function ask(path: string, values: Record<string, string>, token: string, continuation?: string) {
    const { parameters, type } = source.calls.find((call) => call.path === path)!;
    const query = new URLSearchParams(parameters.map((name) => [name, values[name]!]));
    // Smaller pages than the example asks for, so that there are several.
    if (path === '/sessions') query.set('limit', '2');
    const answer = await fetch(`${server.url}${path}?${query}`, {
      headers: {
        Authorization: `Bearer ${token}`,
        ...(continuation === undefined ? {} : { 'X-Continuation-Token': continuation }),
      },
    });
    expect(answer.status).toBe(200);
    return decodeEnvelope(source, type, await answer.json(), read);
  }

  test('its requests are answered, and every cast it makes of the answers holds', async () => {
    const client = clientOf(username, password, clientId);
    const { json } = await signIn('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password });
    const first = decodeAs(source, 'SignIn', json, read) as { AuthenticationResult: Record<string, string> };
    const again = await signIn('REFRESH_TOKEN_AUTH', {
      REFRESH_TOKEN: first.AuthenticationResult.RefreshToken!,
    });
    const second = decodeAs(source, 'SignIn', again.json, read) as typeof first;
    const token = second.AuthenticationResult.IdToken!;

    const roster = await client.athletes.list().all();
    const names = roster.map(({ ValorID, FirstName, LastName }) => ({ ValorID, FirstName, LastName }));
    expect((await ask('/athletes', {}, token)).body).toEqual(names);

    const filters = { athleteID: roster[0]!.ValorID, from: '2000-01-01', to: '2100-01-01' };
    const sessions: Session[] = [];
    let pages = 0;
    for (let next: string | null = source.firstToken; next !== null; pages++) {
      const page = await ask('/sessions', filters, token, next);
      sessions.push(...(page.body as Session[]));
      next = page.token;
    }
    expect(pages).toBeGreaterThan(1);
    expect(sessions).toEqual(await client.sessions.list(filters).all());

    for (const { s3Key } of sessions) {
      const report = await client.reportData(s3Key);
      const angles = Object.entries(report.WorkoutMetrics.Ang).map(([metric, sides]) => [
        metric,
        Object.fromEntries(
          Object.entries(sides).map(([side, { AvgMax, Score }]) => [side, { AvgMax, Score }]),
        ),
      ]);
      expect((await ask('/reportData', { s3Key }, token)).body).toEqual({
        WorkoutMetrics: { Ang: Object.fromEntries(angles) },
      });
      const channels = 'knee_angle_r';
      const series = await ask('/ikData', { s3Key, channels }, token);
      expect(series.body).toEqual(await client.ikData(s3Key, { channels: [channels] }));
    }
  });

  test('what the server refuses is cast to a message too', async () => {
    const wrong = await signIn('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: 'wrong' });
    expect(wrong.status).toBe(400);
    expect(decodeAs(source, 'Refusal', wrong.json, read)).toMatchObject({ __type: 'NotAuthorizedException' });
    for (const path of ['/athletes', '/reportData?s3Key=unknown', '/nope']) {
      const answer = await fetch(`${server.url}${path}`, { headers: { Authorization: 'Bearer x' } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(decodeAs(source, 'Refusal', await answer.json(), read)).toMatchObject({
        message: expect.stringMatching(/./),
        code: expect.stringMatching(/./),
      });
    }
  });

  test('no member that it reads was left out here', () => {
    const all = [...source.structs]
      .filter(([name]) => name !== 'Envelope')
      .flatMap(([name, members]) => members.map(({ key }) => `${name}.${key}`));
    expect([...read].sort()).toEqual(all.sort());
    expect(source.structs.get('Envelope')!.map(({ key, type }) => [key, type])).toEqual([
      ['body', 'Body'],
      ['X-Continuation-Token', 'String?'],
    ]);
  });
});

test('a cast that Swift would refuse is refused here', () => {
  const refused = (type: string, value: unknown) =>
    expect(() => decodeAs(source, type, value)).toThrow(/ is no /);
  refused('String', null);
  refused('String', 1);
  refused('Double', '1');
  refused('[Double]', [1, null]);
  refused('[String: Double]', [1]);
  expect(() => decodeAs(source, 'Athlete', { ValorID: 'A', FirstName: 'B', LastName: null })).toThrow('null');
  expect(() => decodeAs(source, 'Athlete', { ValorID: 'A', FirstName: 'B' })).toThrow('no String');
  expect(decodeAs(source, 'Statistics', { AvgMax: 1, Score: null })).toEqual({ AvgMax: 1, Score: null });
});

describe.skipIf(!HAS_SWIFT)('with Swift', () => {
  const file = fileURLToPath(SWIFT_FILE);

  test('the compiler takes it', () => {
    execFileSync('swiftc', ['-typecheck', file], { stdio: 'pipe' });
  });

  test('it prints what the client answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kinebase-swift-'));
    execFileSync('swiftc', [file, '-o', join(folder, 'sessions')], { stdio: 'pipe' });
    const [, username, password, clientId] = ACCOUNTS[0];
    const question = {
      athlete: 'Maya St. Clair',
      from: '2000-01-01',
      to: '2100-01-01',
      channel: 'knee_angle_r',
    };
    // Not spawnSync: the server answers from this process.
    const { stdout } = await run(join(folder, 'sessions'), Object.values(question), {
      env: {
        KINEBASE_URL: server.url,
        KINEBASE_USERNAME: username,
        KINEBASE_PASSWORD: password,
        KINEBASE_CLIENT: clientId,
      },
    });
    rmSync(folder, { recursive: true });
    // Dictionaries of Swift have no order: it sorts the metrics by name.
    const expected = await expectedLines(clientOf(username, password, clientId), question);
    expect({ status, lines: stdout.trimEnd().split('\n').sort() }).toEqual({
      status: 0,
      lines: expected.sort(),
    });
  });
});
