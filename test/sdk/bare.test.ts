import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient, type Session, type SessionFilters } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { startBareServer } from './bareServer.ts';

/** The same calls of our server, and of servers that keep to the public contract in either manner. */

const SERVERS = ['ours', 'bare, refusing what it does not know', 'bare, taking no notice of it'] as const;

let ours: TestServer;
const ends: (() => Promise<void>)[] = [];
const urls = new Map<string, string>();
const asked = new Map<string, string[]>();
let account: { username: string; password: string; clientId: string };
/** Everything, as our server lists it. */
let all: Session[];

beforeAll(async () => {
  ours = await startServer({ DEMO: 'true' });
  urls.set(SERVERS[0], ours.url);
  for (const [name, strict] of [
    [SERVERS[1], true],
    [SERVERS[2], false],
  ] as const) {
    const bare = await startBareServer(ours.url, { strict });
    urls.set(name, bare.url);
    asked.set(name, bare.asked);
    ends.push(bare.end);
  }
  const { username, password, clientId } = DEMO[0]!;
  account = { username, password, clientId };
  all = await createClient({ url: ours.url, ...account })
    .sessions.list()
    .all();
}, 120_000);
afterAll(async () => {
  for (const end of ends) await end();
  await ours.end();
});

const clientOf = (name: string): KinebaseClient =>
  createClient({ url: urls.get(name)!, ...account, retries: 0 });
const idsOf = (sessions: readonly Session[]) => sessions.map((session) => session['Session ID']);

describe.each(SERVERS)('%s', (name) => {
  test('lists every session once, whole and in pages', async () => {
    expect(all.length).toBeGreaterThan(150);
    const client = clientOf(name);
    expect(await client.sessions.list().all()).toEqual(all);
    const sizes: number[] = [];
    const found: Session[] = [];
    for await (const { items } of client.sessions.list({ limit: 50 }).pages()) {
      sizes.push(items.length);
      found.push(...items);
    }
    expect(found).toEqual(all);
    expect(sizes).toEqual([50, 50, 50, all.length - 150]);
  });

  test('goes on behind a token that was kept', async () => {
    const client = clientOf(name);
    const { items, token } = await client.sessions.list({ limit: 100 });
    const rest = await clientOf(name).sessions.list({ limit: 100 }, { token }).all();
    expect([...items, ...rest]).toEqual(all);
  });

  test('applies every filter, from the first call on and later', async () => {
    const [first, second] = [...new Set(all.map((session) => session['Athlete ID']))];
    const inAssessment = all.find((session) => session['Assessment ID'] !== 'singleExercise')!;
    const [newest, oldest] = [all[0]!, all.at(-1)!];
    const middle = all[Math.floor(all.length / 2)]!.Date;
    const cases: [SessionFilters, (session: Session) => boolean][] = [
      [{ athleteID: first! }, (session) => session['Athlete ID'] === first],
      [{ athleteID: [first!, second!] }, (session) => [first, second].includes(session['Athlete ID'])],
      [{ name: 'Hip Hinge Test' }, (session) => session['Session Name'] === 'Hip Hinge Test'],
      [
        { exerciseID: newest['Exercise ID'], athleteID: newest['Athlete ID'] },
        (session) =>
          session['Exercise ID'] === newest['Exercise ID'] && session['Athlete ID'] === newest['Athlete ID'],
      ],
      [
        { assessmentID: inAssessment['Assessment ID'] },
        (session) => session['Assessment ID'] === inAssessment['Assessment ID'],
      ],
      [{ assessmentID: 'singleExercise' }, (session) => session['Assessment ID'] === 'singleExercise'],
      [{ from: middle }, (session) => session.Date >= middle],
      [{ to: new Date(middle) }, (session) => session.Date <= new Date(middle).toISOString()],
      [
        { from: oldest.Date.slice(0, 10), to: oldest.Date.slice(0, 10) },
        (session) => session.Date.startsWith(oldest.Date.slice(0, 10)),
      ],
      [{ name: 'no such name', limit: 20 }, () => false],
      [{ name: '', from: '', athleteID: '' }, () => true],
    ];
    const client = clientOf(name);
    for (const [filters, matches] of cases) {
      const expected = idsOf(all.filter(matches));
      expect(idsOf(await clientOf(name).sessions.list(filters).all()), JSON.stringify(filters)).toEqual(
        expected,
      );
      expect(idsOf(await client.sessions.list({ limit: 60, ...filters }).all()), 'later').toEqual(expected);
    }
  });

  test('means by a date the day in the time zone', async () => {
    const [someday] = all.map((session) => session.Date.slice(0, 10));
    const filters = { from: someday!, to: someday!, timeZone: 'Pacific/Auckland' };
    const expected = idsOf(await clientOf(SERVERS[0]).sessions.list(filters).all());
    expect(idsOf(await clientOf(name).sessions.list(filters).all())).toEqual(expected);
    await expect(
      clientOf(name).sessions.list({ from: '2026-05-01', timeZone: 'Mars/Olympus' }).all(),
    ).rejects.toMatchObject({ code: 'invalid_parameter' });
    await expect(clientOf(name).sessions.list({ from: 'yesterday' }).all()).rejects.toMatchObject({
      code: 'invalid_parameter',
    });
  });

  test('lists athletes, assessments and exercises, and finds an exercise by name', async () => {
    const client = clientOf(name);
    const athletes = await client.athletes.list().all();
    expect(new Set(athletes.map(({ ValorID }) => ValorID))).toEqual(
      new Set(
        await clientOf(SERVERS[0])
          .athletes.list()
          .all()
          .then((list) => list.map(({ ValorID }) => ValorID)),
      ),
    );
    expect((await client.exercises.list().all()).length).toBeGreaterThan(100);
    expect((await client.exercises.list({ name: 'Squat' })).items).toMatchObject([
      { 'Exercise Name': 'Squat' },
    ]);
    expect((await client.assessments.list().all()).length).toBeGreaterThan(0);
  });

  test('answers series whole, and takes channels and a stretch of time out of them', async () => {
    const { s3Key } = all[0]!;
    const client = clientOf(name);
    const whole = await client.ikData(s3Key);
    expect(whole.time.length).toBeGreaterThan(60);
    const [channel] = Object.keys(whole).filter((key) => key !== 'time');
    for (const fresh of [client, clientOf(name)]) {
      const part = await fresh.ikData(s3Key, { channels: [channel!], from: 0.5, to: 1 });
      expect(part).toEqual({ time: whole.time.slice(30, 61), [channel!]: whole[channel!]!.slice(30, 61) });
      expect(Object.keys(await fresh.ikData(s3Key, { channels: [] }))).toEqual(['time']);
      await expect(fresh.ikData(s3Key, { channels: ['no_such'] })).rejects.toMatchObject({
        code: 'invalid_parameter',
        message: expect.stringContaining('no_such'),
      });
    }
  });

  test('answers reports', async () => {
    const [session] = all.filter((each) => each['Session Name'] === 'Hip Hinge Test');
    const report = await clientOf(name).reportData(session!.s3Key);
    const angles = report.WorkoutMetrics.Ang['Hip Flex. (°)']!;
    expect(Object.values(angles)[0]!.AvgMax).toBeTypeOf('number');
  });

  test('says not_found for a key that nobody has', async () => {
    await expect(clientOf(name).ikData('no/such/key')).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
    });
    await expect(clientOf(name).reportData('no/such/key')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('refuses a wrong password as what it is', async () => {
    const client = createClient({ url: urls.get(name)!, ...account, password: 'wrong' });
    await expect(client.athletes.list()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      status: 400,
    });
  });
});

describe.each(SERVERS.slice(1))('%s: what it lacks has a name', (name) => {
  const lacking: [string, (client: KinebaseClient, key: string) => PromiseLike<unknown>, RegExp][] = [
    [
      'another order',
      (client) => client.sessions.list({ order: 'oldest' }),
      /order=oldest of GET \/sessions/,
    ],
    [
      'athletes by an id of yours',
      (client) => client.athletes.list({ externalID: 'x' }),
      /externalID of GET \/athletes/,
    ],
    [
      'assessments of an athlete',
      (client) => client.assessments.list({ athleteID: 'x' }),
      /athleteID of GET \/assessments/,
    ],
    ['thinned series', (client, key) => client.ikData(key, { points: 50 }), /points of GET \/ikData/],
    ['earlier series', (client, key) => client.ikData(key, { version: 1 }), /version of GET \/ikData/],
    [
      'an earlier report with curves',
      (client, key) => client.reportData(key, { version: 1, curves: true }),
      /version and curves of GET \/reportData/,
    ],
    ['changes', (client) => client.changes(), /GET \/changes/],
    ['an export', (client) => client.sessions.export()[Symbol.asyncIterator]().next(), /GET \/export/],
    ['a file of everything', (client) => client.exportFile({ format: 'csv' }), /GET \/export/],
    ['lines of reports', (client) => client.reports.list(), /GET \/reports/],
    ['one session', (client) => client.sessions.get('x'), /GET \/sessions\/\{id\}/],
    [
      'recording',
      (client) => client.sessions.record('x', { fileName: 'a.mot', athleteID: 'x' }),
      /POST \/sessions/,
    ],
    ['channels', (client) => client.channels.list(), /GET \/channels/],
    ['the organization', (client) => client.organization(), /GET \/organization/],
    ['health', (client) => client.health(), /GET \/health/],
  ];

  test.each(lacking)('%s', async (_, call, message) => {
    const fresh = clientOf(name);
    await expect(Promise.resolve(call(fresh, all[0]!.s3Key))).rejects.toMatchObject({
      code: 'not_offered',
      message: expect.stringMatching(message),
    });
    // Known by now, or by an earlier call.
    const client = clientOf(name);
    await client.athletes.list();
    await expect(Promise.resolve(call(client, all[0]!.s3Key))).rejects.toMatchObject({ code: 'not_offered' });
  });

  test('series as a file', async () => {
    await expect(clientOf(name).ikDataFile(all[0]!.s3Key, { format: 'csv' })).rejects.toMatchObject({
      code: name.includes('refusing') ? 'refused' : 'not_offered',
    });
  });

  test('nothing is asked beyond the contract once that is known', async () => {
    const client = clientOf(name);
    await client.athletes.list();
    const requests = asked.get(name)!;
    const before = requests.length;
    await client.sessions.list({ name: 'Hip Hinge Test', limit: 50, from: '2026-01-01' }).all();
    await client.ikData(all[0]!.s3Key, { channels: ['time'] });
    const paths = requests.slice(before).map((request) => request.split('?')[1] ?? '');
    expect(paths.slice(0, 4)).toEqual(Array(4).fill('limit=50'));
    expect(paths[4]).toMatch(/^s3Key=[^&]*$/);
  });
});
