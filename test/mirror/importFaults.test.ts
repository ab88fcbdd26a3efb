import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ImportOptions } from '../../src/mirror/importFrom.ts';
import { importFrom } from '../../src/mirror/importFrom.ts';
import { createClient } from '../../src/sdk/index.ts';
import { type Archive, doorClient, openArchive, withoutPauses } from './archive.ts';
import { type Contents, contractServer, oneSession } from './contractServer.ts';
import { type Destination, expectFilled, fill, openDestination, writesTo } from './destination.ts';

const FRAMES = Array.from({ length: 40 }, (_, frame) => frame);
const SERIES = {
  time: FRAMES.map((frame) => Number((frame / 60).toFixed(10))),
  knee_angle_r: FRAMES.map((frame) => 30 * Math.sin(frame / 6)),
};
const EXERCISES = [{ 'Exercise ID': 'E-1', 'Exercise Name': 'Hip Hinge Test' }];

async function newDestination(): Promise<Destination> {
  const destination = await openDestination();
  onTestFinished(() => destination.end());
  return destination;
}

/** From a server that answers what it is told. */
async function take(contents: Contents, destination: Destination, options: Partial<ImportOptions> = {}) {
  const url = await contractServer({ exercises: EXERCISES, series: () => SERIES, ...contents });
  const from = createClient({
    url,
    username: 'u',
    password: 'p',
    clientId: 'c',
    retries: 1,
    wait: withoutPauses,
  });
  const { client: to, server } = destination;
  return importFrom({ from, to, fromUrl: url, toUrl: server.url, ...options });
}

describe('a source with what it should not have', () => {
  test('each is named, left out, and in nobody’s way', async () => {
    const destination = await newDestination();
    const sessions = [
      oneSession('good'),
      oneSession('a/b'),
      oneSession('x'.repeat(129)),
      oneSession('ä'.repeat(65)),
      oneSession('..'),
      oneSession('steers\u001b[2J'),
      oneSession('same key', { s3Key: 'key of good' }),
      oneSession('long key', { s3Key: 'k'.repeat(1025) }),
      oneSession('no athlete', { 'Athlete ID': '' }),
      oneSession('strange athlete', { 'Athlete ID': 'A-9' }),
      oneSession('undated', { Date: 'yesterday' }),
      oneSession('no series'),
      oneSession('ragged'),
      oneSession('texts'),
      oneSession('empty'),
      oneSession('uneven'),
      oneSession('no metrics'),
      oneSession('wrong score'),
      oneSession('long name', { 'Session Name': 'n'.repeat(201) }),
      'no session at all',
      null,
      oneSession('also good', { Duration: '1.5' }),
    ];
    const series: Record<string, unknown> = {
      'no series': undefined,
      ragged: { ...SERIES, hip: [1] },
      texts: { ...SERIES, hip: FRAMES.map(String) },
      empty: { time: [] },
      uneven: { ...SERIES, time: FRAMES.map((frame) => (frame > 20 ? frame + 100 : frame)) },
    };
    const nameIn = (key: string) => key.replace('key of ', '');
    const summary = await take(
      {
        sessions,
        athletes: [
          { ValorID: 'A-1', FirstName: 'Ada', LastName: 'Brook' },
          { ValorID: 'A,2', FirstName: 'No', LastName: 'Comma' },
          { FirstName: 'Nobody' },
          7,
        ],
        series: (key) => (Object.hasOwn(series, nameIn(key)) ? series[nameIn(key)] : SERIES),
        report: (key) =>
          nameIn(key) === 'no metrics'
            ? {}
            : nameIn(key) === 'wrong score'
              ? { WorkoutMetrics: { Ang: { Knee: { R: { AvgMax: 5, Score: 0.7 } } } } }
              : { WorkoutMetrics: { Ang: { 'Hip ER (°)': { L: { AvgMax: 12.5, Score: 1 } } } } },
      },
      destination,
    );
    expect(summary).toMatchObject({ complete: false, left: 0, source: 'contract' });
    expect(summary.counts.sessions).toMatchObject({ new: 2, failed: sessions.length - 2 });
    expect(summary.counts.athletes).toMatchObject({ new: 1, failed: 3 });
    const reasons = new Map(
      summary.failed.filter(({ kind }) => kind === 'sessions').map(({ id, reason }) => [id, reason]),
    );
    const expected: Record<string, RegExp> = {
      'a/b': /id "a\/b" cannot be kept.*slashes/,
      ['x'.repeat(129)]: /up to 128 characters/,
      ['ä'.repeat(65)]: /longer than 128 bytes/,
      '..': /cannot be kept/,
      'steers\u001b[2J': /control characters/,
      'same key': /destination: s3Key "key of good" belongs to another session/,
      'long key': /s3Key is longer than 1024 bytes/,
      'no athlete': /source: it has no Athlete ID/,
      'strange athlete': /destination: athleteID "A-9" is not of your organization/,
      undated: /source: "yesterday" is not a time in ISO 8601/,
      'no series': /source: it has no series of this session/,
      ragged: /source: the series "hip" has 1 value, time has 40/,
      texts: /source: the series "hip" holds "0"/,
      empty: /source: the series have no frames/,
      uneven: /destination: .*time has no even steps/,
      'no metrics': /source: the report has no WorkoutMetrics/,
      'wrong score': /destination: .*Score must be one of 0, 0.5, 1/,
      'long name': /destination: .*sessionName/,
    };
    if (reasons.has('good')) reasons.set('same key', reasons.get('good')!);
    for (const [id, reason] of Object.entries(expected)) expect(reasons.get(id), id).toMatch(reason);
    const there = (await destination.client.sessions.list().all()).map((each) => each['Session ID']);
    // Of two with one key, whichever came first.
    expect(there.map((id) => (id === 'same key' ? 'good' : id)).sort()).toEqual(['also good', 'good']);
  });

  test('what lists do not name is made from what sessions say, once', async () => {
    const destination = await newDestination();
    const contents: Contents = {
      sessions: [
        oneSession('s1', {
          'Exercise ID': 'V 17',
          'Session Name': 'Left Hop & Hold',
          'Assessment ID': 'AS#1',
        }),
        oneSession('s2', { 'Exercise ID': 'V 18', 'Session Name': 'Hop & Hold', 'Assessment ID': 'AS#1' }),
        oneSession('s3', { 'Exercise ID': 'E-1', Date: '2026-05-04 in the morning' }),
      ],
    };
    const summary = await take({ ...contents, exercises: undefined as never }, destination);
    expect(summary.failed).toEqual([]);
    expect(summary.notes).toContain('the server has no list of assessments');
    const { client } = destination;
    expect(await client.assessments.get('AS#1')).toMatchObject({
      'Assessment Name': 'Assessment of 2026-05-04',
      'Athlete ID': 'A-1',
    });
    expect((await client.exercises.get('V 17'))['Exercise Name']).toBe('Hop & Hold');
    expect((await client.exercises.get('V 18'))['Exercise Name']).toMatch(/^Hop & Hold ~/);
    expect((await client.sessions.get('s3')).Date).toBe('2026-05-04T00:00:00.000Z');
    const again = await take({ ...contents, exercises: undefined as never }, destination);
    for (const counts of Object.values(again.counts)) expect(counts).toMatchObject({ new: 0, changed: 0 });
  });

  test('an exercise of the library gives way to the one of the source, and leaves it its definition', async () => {
    const destination = await newDestination();
    const [library] = await destination.client.exercises.list({ name: 'Hip Hinge Test' }).all();
    const exercises = library === undefined ? [] : EXERCISES;
    expect(exercises).toHaveLength(1);
    await take({ sessions: [oneSession('one')] }, destination);
    expect(await destination.client.exercises.get('E-1')).toEqual({ ...library, 'Exercise ID': 'E-1' });
    expect(await destination.client.exercises.list({ name: 'Hip Hinge Test' }).all()).toHaveLength(1);
  });

  test('an exercise there that sessions use stays, and the name is asked for', async () => {
    const destination = await newDestination();
    const { client } = destination;
    const [library] = await client.exercises.list({ name: 'Hip Hinge Test' }).all();
    const { ValorID } = await client.athletes.create({ FirstName: 'Own', LastName: 'Athlete' });
    await client.sessions.record(new TextEncoder().encode(JSON.stringify(SERIES)), {
      fileName: 'own.json',
      athleteID: ValorID,
      exerciseID: library!['Exercise ID'],
    });
    const summary = await take({ sessions: [oneSession('one')] }, destination);
    expect(summary.counts).toMatchObject({ exercises: { failed: 1 }, sessions: { failed: 1, onlyHere: 1 } });
    expect(summary.failed[0]).toMatchObject({
      kind: 'exercises',
      id: 'E-1',
      reason: expect.stringContaining(`belongs to its exercise ${library!['Exercise ID']}`),
    });
    await client.exercises.patch(library!['Exercise ID'], { 'Exercise Name': 'Ours' });
    expect(await take({ sessions: [oneSession('one')] }, destination)).toMatchObject({ complete: true });
  });

  test('a new key, and a new report for another exercise, take the place of the old ones', async () => {
    const destination = await newDestination();
    await take({ sessions: [oneSession('one'), oneSession('two')] }, destination);
    const changed = {
      sessions: [oneSession('one', { s3Key: 'new key' }), oneSession('two', { 'Exercise ID': 'E-2' })],
      exercises: [...EXERCISES, { 'Exercise ID': 'E-2', 'Exercise Name': 'Another' }],
      report: () => ({ WorkoutMetrics: { Ang: { 'Hip ER (°)': { L: { AvgMax: 7, Score: 0 } } } } }),
    };
    expect((await take(changed, destination)).counts.sessions).toMatchObject({ changed: 2, failed: 0 });
    const { client } = destination;
    expect((await client.sessions.get('one')).s3Key).toBe('new key');
    for (const key of ['new key', 'key of two']) {
      const { WorkoutMetrics } = await client.reportData(key);
      expect(WorkoutMetrics.Ang).toHaveProperty(['Hip ER (°)', 'L', 'AvgMax'], 7);
    }
    expect((await take(changed, destination)).counts.sessions).toMatchObject({ changed: 0, unchanged: 2 });
  });

  test('a session that is not to be had anew keeps what it has', async () => {
    const destination = await newDestination();
    await take({ sessions: [oneSession('one')] }, destination);
    const wrong = {
      sessions: [oneSession('one', { s3Key: 'new key' })],
      series: () => ({ time: [0], x: [] }),
    };
    expect(await take(wrong, destination)).toMatchObject({ complete: false });
    expect((await destination.client.sessions.get('one')).s3Key).toBe('key of one');
  });
});

describe('servers that fail', () => {
  let archive: Archive;
  let destination: Destination;
  beforeAll(async () => {
    archive = await openArchive(4, { bare: true });
  });
  beforeEach(async () => {
    destination = await newDestination();
    archive.door.behave();
  });
  afterAll(() => archive.end());

  test('bursts of 429 and 503, cut and truncated answers on either side are outlasted', async () => {
    let count = 0;
    const burst: Parameters<Archive['door']['misbehave']>[0] = ({ path }) => {
      if (path === '/' || ++count % 3 !== 0) return undefined;
      if (count % 4 === 0) return { kind: 'cut' };
      if (count % 4 === 1) return { kind: 'truncate', bytes: 30 };
      const status = count % 4 === 2 ? 429 : 503;
      return { kind: 'answer', answer: { status, body: Buffer.from('{"message":"later"}') } };
    };
    archive.door.misbehave(burst);
    destination.door.misbehave(burst);
    const summary = await fill(archive, destination, { parallel: 2 });
    archive.door.behave();
    destination.door.behave();
    const last = summary.complete ? summary : await fill(archive, destination);
    expect(last).toMatchObject({ complete: true, failed: [] });
    await expectFilled(doorClient(archive), destination);
  });

  test('a session that the source cannot give is named, and comes with the next import', async () => {
    const [session] = await archive.client.sessions.list().all();
    archive.door.misbehave(({ path, query }) =>
      path === '/ikData' && query.get('s3Key') === session!.s3Key
        ? { kind: 'answer', answer: { status: 500, body: Buffer.from('{"message":"out of order"}') } }
        : undefined,
    );
    const summary = await fill(archive, destination);
    expect(summary).toMatchObject({ complete: false, left: 0 });
    expect(summary.failed).toMatchObject([
      {
        kind: 'sessions',
        id: session!['Session ID'],
        reason: expect.stringMatching(/^source: out of order/),
      },
    ]);
    expect(summary.counts.sessions).toMatchObject({ new: 3, failed: 1 });
    archive.door.behave();
    expect((await fill(archive, destination)).counts.sessions).toMatchObject({ new: 1, unchanged: 3 });
  });

  test.each([
    ['that is no JSON', { kind: 'answer', answer: { body: Buffer.from('<html>') } }],
    ['that names one token again and again', null],
  ] as const)('a list of sessions %s fails, and what was read is imported', async (_what, misdeed) => {
    archive.door.misbehave(({ path }, { body }) => {
      if (path !== '/sessions') return undefined;
      if (misdeed !== null) return misdeed;
      const page = { ...JSON.parse(body.toString()), 'X-Continuation-Token': 'again' };
      return { kind: 'answer', answer: { status: 200, body: Buffer.from(JSON.stringify(page)) } };
    });
    const summary = await fill(archive, destination);
    expect(summary.complete).toBe(false);
    expect(summary.failed[0]).toMatchObject({ kind: 'sessions', id: '', name: 'the list of sessions' });
    expect(summary.counts.sessions.onlyHere).toBe(0);
    expect(summary.counts.athletes.new).toBe(2);
  });

  test('empty pages in the middle of a list are not its end', async () => {
    let pages = 0;
    archive.door.misbehave(({ path }) => {
      if (path !== '/sessions' || pages++ >= 3) return undefined;
      const page = { statusCode: 200, 'X-Continuation-Token': `empty-${pages}`, body: '[]' };
      return { kind: 'answer', answer: { status: 200, body: Buffer.from(JSON.stringify(page)) } };
    });
    const summary = await fill(archive, destination);
    // The real server does not know the last of those tokens: the list is begun again.
    expect(summary).toMatchObject({ complete: true, counts: { sessions: { new: 4 } } });
  });

  test('a destination that is gone ends the import, with what was not come to', async () => {
    const sessions = Array.from({ length: 60 }, (_, place) => oneSession(`s${place}`));
    const { door } = destination;
    door.misbehave(({ method, path }) =>
      method === 'POST' && path === '/sessions' ? { kind: 'cut' } : undefined,
    );
    const summary = await take({ sessions }, destination, { to: doorClient(destination, 0), parallel: 4 });
    expect(summary.complete).toBe(false);
    expect(summary.left).toBeGreaterThan(20);
    expect(summary.notes.at(-1)).toMatch(/went no further: .* in a row could not be imported: destination/);
    door.behave();
    // Those whose answers alone were lost are there.
    const last = await take({ sessions }, destination);
    expect(last).toMatchObject({ complete: true, failed: [] });
    expect(last.counts.sessions.new + last.counts.sessions.unchanged).toBe(60);
  });

  test('an account that may only read ends the import at its first write', async () => {
    const { Key } = await destination.client.keys.create({ Name: 'reader', Scopes: ['read'] });
    const to = createClient({ url: destination.server.url, apiKey: Key });
    const summary = await fill(archive, destination, { to });
    expect(summary.complete).toBe(false);
    expect(summary.notes.at(-1)).toMatch(/went no further: destination: /);
    expect(summary.left).toBe(4);
    expect(writesTo(destination)).toEqual([]);
  });

  test('interrupted, it ends in order and says what is left', async () => {
    const ended = new AbortController();
    let recorded = 0;
    destination.door.misbehave(({ method, path }) => {
      if (method === 'POST' && path === '/sessions' && ++recorded === 2) ended.abort();
      return undefined;
    });
    const summary = await fill(archive, destination, { signal: ended.signal, parallel: 1 });
    expect(summary).toMatchObject({ complete: false, failed: [] });
    expect(summary.counts.sessions.new + summary.left).toBe(4);
    destination.door.behave();
    expect(await fill(archive, destination)).toMatchObject({ complete: true });
    await expectFilled(doorClient(archive), destination);
  });
});
