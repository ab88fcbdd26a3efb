import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { type Hooks, startWrongServer } from '../conformance/setup/wrongServer.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { expectedLines, type Question, wordsOf } from './setup/expected.ts';
import { PANDAS, PROGRAMS, type Ran, removeFolder, WITHOUT_JQ } from './setup/programs.ts';

/** The programs in examples/, as they stand there, against the demo server. */
const RIVERSIDE = {
  KINEBASE_USERNAME: 'coach@riverside.example',
  KINEBASE_PASSWORD: 'demo-movement-1',
  KINEBASE_CLIENT: 'riverside',
};
/** Of a client id that is registered for parsed bodies. */
const NORTHSIDE = {
  KINEBASE_USERNAME: 'coach@northside.example',
  KINEBASE_PASSWORD: 'demo-movement-2',
  KINEBASE_CLIENT: 'northside-swift',
};
const MAYA: Question = {
  athlete: 'Maya St. Clair',
  from: '2000-01-01',
  to: '2100-01-01',
  channel: 'knee_angle_r',
};

let server: TestServer;
let client: KinebaseClient;
beforeAll(async () => {
  server = await startServer({ DEMO: 'true' });
  client = clientOf(RIVERSIDE);
}, 120_000);
afterAll(async () => {
  removeFolder();
  await server.end();
});

const clientOf = (account: typeof RIVERSIDE) =>
  createClient({
    url: server.url,
    username: account.KINEBASE_USERNAME,
    password: account.KINEBASE_PASSWORD,
    clientId: account.KINEBASE_CLIENT,
  });

const at = (url: string, account = RIVERSIDE) => ({ ...account, KINEBASE_URL: url });
const good = (lines: string[]): Ran => ({ code: 0, lines, errors: '' });

/** What passes between a program and the server, which hands out pages of two sessions. */
async function pagesOfTwo(hooks: Hooks = {}) {
  const asked: string[] = [];
  const proxy = await startWrongServer(server.url, {
    ...hooks,
    ask(request) {
      const flow = /"AuthFlow":\s*"(\w+)"/.exec(request.body.toString())?.[1];
      asked.push(flow ?? request.path);
      if (request.path === '/sessions') request.query.set('limit', '2');
      return hooks.ask?.(request);
    },
  });
  return { ...proxy, asked };
}

const refused = (status: number, members: object) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(members)),
});

describe.each(PROGRAMS.map((program) => [program.name, program] as const))('examples/%s', (_, program) => {
  const it = test.skipIf(!program.available);
  const ask = (question: Question, environment: Record<string, string>) =>
    program.start(wordsOf(question), environment);

  it('prints what the client answers', async () => {
    expect(await ask(MAYA, at(server.url))).toEqual(good(await expectedLines(client, MAYA)));
    expect(await ask(MAYA, at(`${server.url}/production/`))).toEqual(good(await expectedLines(client, MAYA)));
  });

  it('between two dates only', async () => {
    const days = (await client.sessions.list().all()).map((session) => session.Date.slice(0, 10)).sort();
    const middle = { ...MAYA, from: days[40]!, to: days[120]! };
    const lines = await expectedLines(client, middle);
    expect(lines.length).toBeLessThan((await expectedLines(client, MAYA)).length);
    expect(await ask(middle, at(server.url))).toEqual(good(lines));
    const never = { ...MAYA, from: '1999-01-01', to: '1999-12-31' };
    expect(await ask(never, at(server.url))).toEqual(
      good(['0 sessions of Maya St. Clair, 1999-01-01 to 1999-12-31']),
    );
  });

  it('with bodies that are strings, and with bodies that are values', async () => {
    const northside = clientOf(NORTHSIDE);
    const { FirstName, LastName } = (await northside.athletes.list()).items[0]!;
    const question = { ...MAYA, athlete: `${FirstName} ${LastName}` };
    expect(await ask(question, at(server.url, NORTHSIDE))).toEqual(
      good(await expectedLines(northside, question)),
    );
  });

  it('follows the token from page to page', async () => {
    const lines = await expectedLines(client, MAYA);
    const pages = await pagesOfTwo();
    expect(await ask(MAYA, at(pages.url))).toEqual(good(lines));
    await pages.close();
    const sessions = Number.parseInt(lines[0]!, 10);
    expect(sessions).toBeGreaterThan(4);
    expect(pages.asked.filter((path) => path === '/sessions')).toHaveLength(Math.ceil(sessions / 2));
    expect(pages.asked.filter((flow) => flow === 'USER_PASSWORD_AUTH')).toHaveLength(1);
  });

  it('goes on where it was when the token is refused in the middle of a list', async () => {
    let pages = 0;
    let first = '';
    const ended = await pagesOfTwo({
      ask({ path, headers }) {
        first ||= headers.authorization ?? '';
        if (path === '/sessions') pages++;
        if (pages < 3 || headers.authorization !== first) return undefined;
        return refused(401, { message: 'The token has expired.', code: 'unauthorized' });
      },
    });
    expect(await ask(MAYA, at(ended.url))).toEqual(good(await expectedLines(client, MAYA)));
    await ended.close();
    expect(ended.asked.filter((flow) => flow.endsWith('_AUTH'))).toEqual([
      'USER_PASSWORD_AUTH',
      'REFRESH_TOKEN_AUTH',
    ]);
  });

  it('renews a token before it ends, by password when the refresh token has ended too', async () => {
    const short = await pagesOfTwo({
      ask: ({ body }) =>
        body.includes('REFRESH_TOKEN_AUTH')
          ? refused(400, { __type: 'NotAuthorizedException', message: 'Refresh Token has expired' })
          : undefined,
      answer(answer, { headers }) {
        if (headers['x-amz-target'] !== undefined)
          answer.body = Buffer.from(answer.body.toString().replace('"ExpiresIn":3600', '"ExpiresIn":0'));
      },
    });
    expect(await ask(MAYA, at(short.url))).toEqual(good(await expectedLines(client, MAYA)));
    await short.close();
    const signIns = short.asked.filter((flow) => flow === 'USER_PASSWORD_AUTH').length;
    const calls = short.asked.filter((path) => path.startsWith('/') && path !== '/').length;
    expect(signIns).toBe(calls);
  });

  it('says what the server says, and ends with an error', async () => {
    const url = at(server.url);
    const refusals: [Question, Record<string, string>, RegExp][] = [
      [
        MAYA,
        { ...url, KINEBASE_PASSWORD: 'wrong' },
        /Incorrect username or password\..*NotAuthorizedException/,
      ],
      [MAYA, { ...url, KINEBASE_CLIENT: 'nobody' }, /nobody.*ResourceNotFoundException/],
      [{ ...MAYA, athlete: 'Nobody' }, url, /none of the 24 athletes is called Nobody/],
      [{ ...MAYA, from: 'yesterday' }, url, /from must be a date.*invalid_parameter/],
      [{ ...MAYA, channel: 'knee' }, url, /no series "?\\?"knee.*invalid_parameter/],
    ];
    for (const [question, environment, message] of refusals) {
      const { code, errors } = await ask(question, environment);
      expect(errors).toMatch(message);
      expect(errors).not.toMatch(/Traceback|at async|demo-movement/);
      expect(code).toBe(1);
    }
  });

  it('says that nobody answers, or that somebody else does', async () => {
    const closed = await startWrongServer(server.url, {});
    await closed.close();
    const nobody = await ask(MAYA, at(closed.url));
    expect(nobody.code).toBe(1);
    expect(nobody.errors).toMatch(/error: .*(refused|no answer|reach|ECONNREFUSED)/i);
    const other = await startWrongServer(server.url, {
      ask: () => ({
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: Buffer.from('<html><h1>Bad Gateway</h1></html>'),
      }),
    });
    const html = await ask(MAYA, at(other.url));
    await other.close();
    expect(html.code).toBe(1);
    expect(html.errors).toMatch(/error: .*502/);
  });

  it('refuses to go round in circles', async () => {
    const circle = await pagesOfTwo({
      ask(request) {
        if (request.path === '/sessions') request.headers['x-continuation-token'] = '""';
        return undefined;
      },
    });
    const { code, errors } = await ask(MAYA, at(circle.url));
    await circle.close();
    expect(code).toBe(1);
    expect(errors).toMatch(/same continuation token twice/);
    expect(circle.asked.filter((path) => path === '/sessions').length).toBeLessThan(4);
  });

  it('says what it needs to be told', async () => {
    const { code, errors } = await program.start([], {});
    expect(code).toBe(1);
    expect(errors).toMatch(/KINEBASE_|arguments|which athlete/);
  });
});

describe(`examples/${WITHOUT_JQ.name}`, () => {
  const it = test.skipIf(!WITHOUT_JQ.available);

  it('prints sessions, report and series as JSON', async () => {
    const athlete = (await client.athletes.list({ externalID: 'riverside-1' })).items[0]!;
    const sessions = await client.sessions.list({ athleteID: athlete.ValorID }).all();
    const { s3Key } = sessions[0]!;
    const words = [athlete.ValorID, MAYA.from, MAYA.to, MAYA.channel];
    const pages = await pagesOfTwo();
    for (const url of [server.url, pages.url]) {
      const { code, lines, errors } = await WITHOUT_JQ.start(words, at(url));
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const values = lines.map((line) => JSON.parse(line));
      expect(values.slice(0, -2)).toEqual(sessions);
      expect(values.at(-2)).toEqual(await client.reportData(s3Key));
      expect(values.at(-1)).toEqual(await client.ikData(s3Key, { channels: [MAYA.channel] }));
    }
    await pages.close();
  });

  it('says what the server says', async () => {
    const { code, errors } = await WITHOUT_JQ.start(['X', 'yesterday', 'today'], at(server.url));
    expect(code).toBe(1);
    expect(errors).toMatch(/^error: from must be a date .*yesterday.* \(HTTP 400, invalid_parameter\)\n$/);
  });
});

test.skipIf(!PANDAS.available)(`examples/${PANDAS.name} makes a data frame of every score`, async () => {
  const rows: { name: string; score: number | null; angle: number }[] = [];
  const athletes = new Set<string>();
  for await (const session of client.sessions.list()) {
    athletes.add(session['Athlete ID']);
    const { WorkoutMetrics } = await client.reportData(session.s3Key);
    for (const { AvgMax: angle, Score: score } of Object.values(WorkoutMetrics.Ang).flatMap((sides) =>
      Object.values(sides),
    ))
      rows.push({ name: session['Session Name'], score, angle });
  }
  const scored = rows.filter(({ score }) => score !== null);
  const file = join(tmpdir(), `kinebase-scores-${process.pid}.csv`);
  const { code, lines, errors } = await PANDAS.start([MAYA.from, MAYA.to, file], at(server.url));
  const table = readFileSync(file, 'utf8').trimEnd().split('\n');
  rmSync(file);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(lines[0]).toBe(`${rows.length} rows, ${scored.length} with a score, ${athletes.size} athletes`);
  const names = [...new Set(scored.map(({ name }) => name))].sort((a, b) => (a < b ? -1 : 1));
  const means = names.map((name) => {
    const scores = scored.filter((row) => row.name === name).map(({ score }) => score!);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    return `${name}: ${mean.toFixed(3)} over ${scores.length}`;
  });
  expect(lines.slice(1)).toEqual(means);
  expect(table).toHaveLength(rows.length + 1);
  expect(table[0]).toBe('date,athlete,exercise,metric,side,angle,score');
  expect(Number(table[1]!.split(',').at(-2))).toBeCloseTo(rows[0]!.angle, 9);
});
