import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ERRORS } from '../../src/contract/errors.ts';
import { PIPELINE_VERSION } from '../../src/motion/process.ts';
import { compareObjects } from '../../src/server/compareObjects.ts';
import { folderOf, sessionIdOf } from '../../src/server/sessionObjects.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place } from '../store/engines.ts';
import { type Answer, type Caller, createCaller, motionFile } from './uploading.ts';

const ENGINES = [
  { name: 'SQLite', available: true, place: async () => null },
  { name: 'PostgreSQL', available: inject('postgresUrl') !== null, place: () => databasePlace() },
];

/** Two seconds at 60 Hz as a server of the public contract has them: digits of its own choosing. */
const FRAMES = 121;
const series = (shape: (at_s: number) => number) =>
  Array.from({ length: FRAMES }, (_, frame) => Number(shape(frame / 60).toPrecision(17)));
const IK = {
  time: Array.from({ length: FRAMES }, (_, frame) => Number((frame / 60).toFixed(3))),
  knee_angle_r: series((at) => 40 - 40 * Math.cos(Math.PI * 2 * at)),
  knee_angle_r_vel: series((at) => 80 * Math.PI * Math.sin(Math.PI * 2 * at)),
  knee_angle_r_acc: series((at) => 160 * Math.PI ** 2 * Math.cos(Math.PI * 2 * at)),
  waist_rotation: series((at) => 1e-7 * at - 3),
  waist_rotation_vel: series(() => 1e-7),
  waist_rotation_acc: series(() => 0),
};
const REPORT = { WorkoutMetrics: { Ang: { 'Knee Flex. (°)': { R: { AvgMax: 79.25, Score: 0.5 } } } } };
const ID = 'VENDOR session #7: ä%+&=';
const KEY = 'org 7/2026 05/Ä+b&c=d?e#f%20.json';

for (const engine of ENGINES) {
  describe.skipIf(!engine.available)(`what another server had of a session (${engine.name})`, () => {
    let place: Place | null = null;
    let server: TestServer;
    let caller: Caller;
    let athleteID: string;

    beforeAll(async () => {
      place = await engine.place();
      server = await startServer(place === null ? {} : { DATABASE_URL: place.url });
      const { username, password, clientId } = server.firstAdministrator!;
      caller = createCaller(
        server.url,
        `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`,
      );
      athleteID = await caller.athlete();
    });
    afterAll(async () => {
      await server?.end();
      await place?.remove();
    });

    const send = (document: unknown, more: Record<string, string> = {}) =>
      caller.upload(
        { fileName: 'imported.json', imported: 'true', athleteID, ...more },
        typeof document === 'string' ? document : JSON.stringify(document),
      );
    const get = async (path: string) => (await caller.call('GET', path)).body;
    const at = (id: string) => `/sessions/${encodeURIComponent(id)}`;
    const keyed = (key: string) => `s3Key=${encodeURIComponent(key)}`;

    function expectRefusal(answer: Answer, code: keyof typeof ERRORS, message: RegExp): void {
      expect(answer.body).toEqual({ message: expect.stringMatching(message), code });
      expect(answer.status).toBe(ERRORS[code].status);
    }

    test('id, key, series and report are kept as they are, value by value', async () => {
      const answer = await send(
        { ikData: IK, reportData: REPORT, source: 'https://example.org/production' },
        { sessionID: ID, s3Key: KEY, date: '2026-05-04T09:30:00.123456Z', sessionName: 'Left Squat' },
      );
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({
        'Session ID': ID,
        s3Key: KEY,
        Date: '2026-05-04T09:30:00.123456Z',
        Duration: 2,
        'Session Name': 'Left Squat',
      });
      expect(await get(at(ID))).toEqual(answer.body);
      expect(await get(`/ikData?${keyed(KEY)}`)).toEqual(IK);
      const report = await get(`/reportData?${keyed(KEY)}`);
      expect(report.WorkoutMetrics.Ang['Knee Flex. (°)']).toEqual({
        R: { AvgMax: 79.25, Score: 0.5, FullMax: null, Avg: null, Min: null, Max: null, Unit: 'deg' },
      });
      expect(report.Provenance.Flags[0]).toBe(
        'report and series imported from https://example.org/production',
      );
      const [version, ...others] = await get(`${at(ID)}/reports`);
      expect(others).toEqual([]);
      expect(version).toMatchObject({ Version: 1, Reason: 'imported', PipelineVersion: 0, Current: true });
      const rows = await get('/reports');
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ 'Session ID': ID, AvgMax: 79.25, FullMax: null, Version: 1 });
    });

    test('every format and a choice of the series can be had', async () => {
      const csv = (await caller.call('GET', `/ikData?${keyed(KEY)}&format=csv`)).bytes.toString().split('\n');
      expect(csv[0]!.split(',').sort()).toEqual(Object.keys(IK).sort());
      expect(csv).toHaveLength(FRAMES + 2);
      const chosen = await get(`/ikData?${keyed(KEY)}&channels=waist_rotation`);
      expect(chosen).toEqual({ time: IK.time, waist_rotation: IK.waist_rotation });
      const part = await get(`/ikData?${keyed(KEY)}&channels=knee_angle_r&from=0.5&to=1`);
      expect(part.time).toEqual(IK.time.slice(30, 61));
      part.knee_angle_r.forEach((value: number, frame: number) => {
        expect(value).toBeCloseTo(IK.knee_angle_r[30 + frame]!, 6);
      });
      expect((await get(`/reportData?${keyed(KEY)}&curves=true`)).Curves.Ang).toEqual({});
    });

    test('the same call again changes nothing, another content or key is a conflict', async () => {
      const call = (more: Record<string, string>, document: object = { ikData: IK, reportData: REPORT }) =>
        send(document, { date: '2026-05-04', ...more });
      const first = await call({ sessionID: 'again', s3Key: 'key of again' });
      expect(first.status).toBe(201);
      expect((await call({ sessionID: 'again', s3Key: 'key of again' })).body).toEqual(first.body);
      expectRefusal(await call({ sessionID: 'again', s3Key: 'other key' }), 'conflict', /another recording/);
      expectRefusal(
        await call({ sessionID: 'again', s3Key: 'key of again' }, { ikData: IK }),
        'conflict',
        /another recording/,
      );
      expectRefusal(
        await call({ sessionID: 'other', s3Key: 'key of again' }),
        'conflict',
        /"key of again" belongs to another session/,
      );
      expect((await caller.call('GET', at('other'))).status).toBe(404);
    });

    test('of many calls with one key at once, one session has it', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, place) =>
          send({ ikData: IK }, { sessionID: `racer ${place}`, s3Key: 'one key for all' }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    });

    test('edited repetitions give a report of ours; the one that came stays beside it', async () => {
      await send({ ikData: IK, reportData: REPORT }, { sessionID: 'edited', s3Key: 'key of edited' });
      const Repetitions = [{ Start: 0, Peak: 0.5, End: 1 }];
      const edited = await caller.call('PATCH', `${at('edited')}/repetitions`, { Repetitions });
      expect(edited.status).toBe(200);
      expect(edited.body.Repetitions).toEqual([{ ...Repetitions[0], Source: 'edited' }]);
      expect(edited.body.Provenance.Flags[0]).toBe('series imported');
      const knee = Object.values(edited.body.WorkoutMetrics.Ang)[0] as { R: { AvgMax: number } };
      expect(knee.R.AvgMax).toBeCloseTo(80, 6);
      expect(await get(`/ikData?${keyed('key of edited')}`)).toEqual(IK);
      const before = await get(`/reportData?${keyed('key of edited')}&version=1`);
      expect(before.WorkoutMetrics.Ang).toHaveProperty(['Knee Flex. (°)', 'R', 'AvgMax'], 79.25);
      expect((await get(`${at('edited')}/reports`)).map((each: { Reason: string }) => each.Reason)).toEqual([
        'repetitions edited',
        'imported',
      ]);
    });

    test('a choice of processing computes the series anew, taking it back does so again', async () => {
      await send({ ikData: IK, reportData: REPORT }, { sessionID: 'processed', s3Key: 'key of processed' });
      const change = (Processing: object | null) => caller.call('PATCH', at('processed'), { Processing });
      expect((await change({ Rate: 100 })).status).toBe(200);
      const ours = await get(`/ikData?${keyed('key of processed')}`);
      expect(ours.time).toHaveLength(201);
      expect(Object.keys(ours)).toEqual(Object.keys(IK));
      expect(await get(`/ikData?${keyed('key of processed')}&version=1`)).toEqual(IK);
      expect((await change(null)).status).toBe(200);
      expect((await get(`${at('processed')}/reports`))[0]).toMatchObject({
        PipelineVersion: PIPELINE_VERSION,
      });
    });

    test('velocities that are not there are computed; gzip is read', async () => {
      const answer = await caller.upload(
        { fileName: 'x.json.gz', imported: 'true', athleteID, sessionID: 'bare', s3Key: 'key of bare' },
        gzipSync(JSON.stringify({ ikData: { time: IK.time, knee_angle_r: IK.knee_angle_r } })),
      );
      expect(answer.status).toBe(201);
      const served = await get(`/ikData?${keyed('key of bare')}`);
      expect(served.knee_angle_r).toEqual(IK.knee_angle_r);
      expect(served.knee_angle_r_vel[30]).toBeCloseTo(0, 0);
      const [version] = await get(`${at('bare')}/reports`);
      expect(version).toMatchObject({ Reason: 'imported' });
      expect((await get(`/reportData?${keyed('key of bare')}`)).WorkoutMetrics.Vel).not.toEqual({});
    });

    test.each<[string, unknown, keyof typeof ERRORS, RegExp]>([
      ['no JSON', '{"ikData":', 'recording_malformed', /JSON/],
      ['no object', '[]', 'recording_malformed', /no JSON object/],
      ['no series', {}, 'recording_malformed', /no list time/],
      ['series that are a text', { ikData: 'x' }, 'recording_malformed', /ikData is no JSON object/],
      ['time alone', { ikData: { time: IK.time } }, 'recording_no_data', /no series/],
      ['a series that is no list', { ikData: { ...IK, x: 5 } }, 'recording_malformed', /"x" is no list/],
      [
        'a series that is shorter',
        { ikData: { ...IK, x: [1, 2] } },
        'recording_ragged',
        /"x" has 2 values, time has 121/,
      ],
      [
        'texts among numbers',
        { ikData: { ...IK, x: IK.time.map(String) } },
        'recording_malformed',
        /"x" holds what is no number/,
      ],
      [
        'a missing value',
        { ikData: { ...IK, x: IK.time.map((_, frame) => (frame === 7 ? null : frame)) } },
        'recording_malformed',
        /"x" has no number at frame 7/,
      ],
      [
        'time that stands still',
        { ikData: { ...IK, time: IK.time.map(() => 1) } },
        'recording_malformed',
        /does not rise at frame 1/,
      ],
      [
        'time with a hole',
        { ikData: { ...IK, time: IK.time.map((time) => (time > 1 ? time + 30 : time)) } },
        'recording_malformed',
        /no even steps/,
      ],
      ['two frames', { ikData: { time: [0, 1], x: [1, 2] } }, 'recording_too_short', /2 frames/],
      [
        'numbers beyond all measure',
        { ikData: { ...IK, x: IK.time.map(() => 1e200) } },
        'recording_malformed',
        /too large/,
      ],
      [
        'a report without metrics',
        { ikData: IK, reportData: {} },
        'recording_malformed',
        /has no WorkoutMetrics/,
      ],
      [
        'a text as AvgMax',
        { ikData: IK, reportData: { WorkoutMetrics: { Ang: { Knee: { R: { AvgMax: '79' } } } } } },
        'recording_malformed',
        /Ang\.Knee\.R\.AvgMax must be number/,
      ],
      [
        'no AvgMax',
        { ikData: IK, reportData: { WorkoutMetrics: { Ang: { Knee: { R: { Score: 1 } } } } } },
        'recording_malformed',
        /AvgMax is required/,
      ],
      [
        'sides that are a list',
        { ikData: IK, reportData: { WorkoutMetrics: { Ang: { Knee: [] } } } },
        'recording_malformed',
        /Ang\.Knee must be object/,
      ],
      [
        'repetitions that are none',
        { ikData: IK, reportData: { ...REPORT, Repetitions: 'three' } },
        'recording_malformed',
        /Repetitions must be array/,
      ],
    ])('%s is refused and leaves nothing', async (_what, document, code, message) => {
      const before = await caller.sessions();
      const body = typeof document === 'string' ? document : JSON.stringify(document);
      expectRefusal(await send(body, { sessionID: 'refused', s3Key: 'key of refused' }), code, message);
      expect(await caller.sessions()).toEqual(before);
    });

    test.each<[string, Record<string, string>, keyof typeof ERRORS, RegExp]>([
      ['another kind of file', { fileName: 'x.mot' }, 'unsupported_file', /must end in .json/],
      ['processing', { cutOff: '8' }, 'invalid_parameter', /cutOff is for recordings/],
      ['an id with a slash', { sessionID: 'a/b' }, 'invalid_parameter', /sessionID/],
      ['an id that is a folder', { sessionID: '..' }, 'invalid_parameter', /sessionID/],
      ['an id with a comma', { sessionID: 'a,b' }, 'invalid_parameter', /sessionID/],
      ['an id with a blank at its end', { sessionID: 'a ' }, 'invalid_parameter', /sessionID/],
      ['an id of 129 bytes', { sessionID: `${'ä'.repeat(64)}x` }, 'invalid_parameter', /128 bytes/],
      ['a key of 1025 bytes', { s3Key: `${'ä'.repeat(512)}x` }, 'invalid_parameter', /1024 bytes/],
      ['a key with a line feed', { s3Key: 'a\nb' }, 'invalid_parameter', /s3Key/],
      ['repetitions beyond the end', { repetitions: '[{"Start":1,"End":9}]' }, 'recording_too_short', /2 s/],
      ['repetitions that are no JSON', { repetitions: '[' }, 'invalid_parameter', /repetitions/],
    ])('%s is refused', async (_what, more, code, message) => {
      expectRefusal(await send({ ikData: IK }, more), code, message);
    });

    test('the longest id and key are taken, and go again', async () => {
      const longest = { sessionID: 'ä'.repeat(64), s3Key: 'ö'.repeat(512) };
      expect((await send({ ikData: IK }, longest)).status).toBe(201);
      expect(await get(`/ikData?${keyed(longest.s3Key)}`)).toEqual(expect.objectContaining(IK));
      expect((await caller.call('DELETE', at(longest.sessionID))).status).toBe(204);
    });

    test('what was sent can be had back, looked into, and counts as whole', async () => {
      const document = JSON.stringify({ ikData: IK, reportData: REPORT });
      const names = { sessionID: 'looked into: #1', s3Key: 'key of it' };
      expect((await send(document, names)).status).toBe(201);
      expect((await caller.call('GET', `${at(names.sessionID)}/original`)).bytes.toString()).toBe(document);
      const recording = await get(`${at(names.sessionID)}/recording`);
      expect(recording).toMatchObject({ Format: 'json', Rows: FRAMES, SourceFile: 'imported.json' });
      expect(recording.Channels.map((channel: { Name: string }) => channel.Name)).toEqual([
        'knee_angle_r',
        'waist_rotation',
      ]);
      const found: string[] = [];
      await compareObjects(
        { ...server.deps, now: () => Date.now() + 2 * 86_400_000 },
        {
          remove: false,
          findings: { stray: (key) => void found.push(key), missing: (key) => void found.push(key) },
        },
      );
      expect(found).toEqual([]);
    });

    test.each(['plain-ID_1', '=', 'a.b', 'ä%/?', 'x'.repeat(128), '.hidden'])(
      'the folder of %s tells its id',
      (id) => {
        expect(sessionIdOf(`${folderOf(id)}.0123456789ab`)).toBe(id);
        expect(folderOf(id)).toMatch(/^[A-Za-z0-9_=-]+$/);
      },
    );

    test('a recording takes its id, key and repetitions along', async () => {
      const answer = await caller.upload(
        {
          fileName: 'squat.mot',
          athleteID,
          sessionID: 'recorded elsewhere',
          s3Key: 'its key',
          repetitions: JSON.stringify([{ Start: 0.2, End: 1.2 }]),
        },
        motionFile(),
      );
      expect(answer.status).toBe(201);
      expect(answer.body.s3Key).toBe('its key');
      const report = await get(`/reportData?${keyed('its key')}`);
      expect(report.Repetitions).toMatchObject([{ Start: 0.2, End: 1.2, Source: 'edited' }]);
      expect((await get(`${at('recorded elsewhere')}/reports`))[0]).toMatchObject({
        Version: 1,
        Reason: 'recorded',
        PipelineVersion: PIPELINE_VERSION,
      });
    });
  });
}
