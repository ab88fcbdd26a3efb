import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ERRORS } from '../../src/contract/errors.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place } from '../store/engines.ts';
import { type Answer, type Caller, createCaller, filesBelow, motionFile, sendRaw } from './uploading.ts';

const ENGINES = [
  { name: 'SQLite', available: true, place: async () => null },
  { name: 'PostgreSQL', available: inject('postgresUrl') !== null, place: () => databasePlace() },
];
const FILE = motionFile();

for (const engine of ENGINES) {
  describe.skipIf(!engine.available)(`recording over HTTP (${engine.name})`, () => {
    let place: Place | null = null;
    let server: TestServer;
    let token: string;
    let caller: Caller;
    let athleteID: string;

    beforeAll(async () => {
      place = await engine.place();
      server = await startServer({
        UPLOAD_LIMIT_MB: '1',
        ...(place === null ? {} : { DATABASE_URL: place.url }),
      });
      const { username, password, clientId } = server.firstAdministrator!;
      token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
      caller = createCaller(server.url, token);
      athleteID = await caller.athlete();
    });
    afterAll(async () => {
      await server?.end();
      await place?.remove();
    });
    /** Each test begins and ends with nothing recorded. */
    beforeEach(async () => {
      for (const session of await caller.sessions())
        await caller.call('DELETE', `/sessions/${session['Session ID']}`);
      await expectNothing();
    });

    /** Nothing listed, no object, no temporary file, no row that waits for a sweep. */
    async function expectNothing(): Promise<void> {
      expect(await caller.sessions()).toEqual([]);
      expect(filesBelow(join(server.data, 'objects'))).toEqual([]);
      expect(
        await server.deps.db
          .within('main')
          .query('select prefix from loose_objects order by prefix limit 10'),
      ).toEqual([]);
    }

    function expectRefusal(answer: Answer, code: keyof typeof ERRORS): void {
      expect(answer.body).toEqual({ message: expect.any(String), code });
      expect(answer.status).toBe(ERRORS[code].status);
      expect(answer.body.message.length).toBeGreaterThan(10);
    }

    const rows = FILE.split('\n');
    const header = rows.slice(0, 7).join('\n');
    const altered = (change: (values: string[], row: number) => string[]) =>
      [
        ...rows.slice(0, 7),
        ...rows.slice(7, -1).map((line, row) => change(line.split('\t'), row).join('\t')),
        '',
      ].join('\n');

    test.each<[string, keyof typeof ERRORS, string | Buffer, string?]>([
      ['empty', 'recording_empty', ''],
      ['nothing but a header', 'recording_no_data', `${header}\n`],
      ['cut off in the middle of a row', 'recording_truncated', FILE.slice(0, -14)],
      ['ragged', 'recording_ragged', altered((values, row) => (row === 50 ? values.slice(0, 2) : values))],
      ['without a single number', 'recording_no_data', altered(([time]) => [time!, 'nan', 'NaN'])],
      ['too short', 'recording_too_short', motionFile({ seconds: 0.1 })],
      [
        'binary',
        'recording_binary',
        Buffer.from(Uint8Array.from({ length: 20_000 }, (_, i) => (i * 31 + 5) % 256)),
      ],
      ['a picture', 'recording_binary', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      [
        'text that is no recording',
        'recording_malformed',
        'Dear Sir or Madam,\nplease find attached\nnothing.\n',
      ],
      ['a CSV called .mot', 'recording_malformed', 'time,knee_angle_r\n0,1\n0.01,2\n0.02,3\n'],
      ['a web page', 'recording_format_mismatch', '<!doctype html><title>Sign in</title>', 'squat.csv'],
      ['plain text called .gz', 'recording_format_mismatch', FILE, 'squat.mot.gz'],
      ['damaged gzip', 'recording_truncated', damaged(gzipSync(FILE))],
      ['gzip cut off', 'recording_truncated', gzipSync(FILE).subarray(0, -300)],
      ['gzip of nothing', 'recording_empty', gzipSync('')],
      ['gzip that grows to 600 MB', 'recording_too_long', bomb()],
      ['gzip inside gzip', 'recording_format_mismatch', gzipSync(gzipSync(FILE))],
      ['two columns of one name', 'recording_malformed', motionFile({ names: ['a', 'a'] })],
      ['a channel called time', 'recording_malformed', FILE.replace('time\tknee_angle_r', 't\ttime')],
      ['of a kind that is not read', 'unsupported_file', FILE, 'squat.xlsx'],
      ['without an ending', 'unsupported_file', FILE, 'squat'],
    ])(
      'a file that is %s is refused and leaves nothing',
      async (_what, code, bytes, fileName = 'squat.mot') => {
        expectRefusal(await caller.upload({ fileName, athleteID }, bytes as BodyInit), code);
        await expectNothing();
      },
    );

    test('numbers beyond all measure are refused or served as numbers, never a fault', async () => {
      const steps = [0, 1, 2, 5, 50].map((row) => (at: number) => at >= row);
      for (const value of ['1e300', '1.7e308', '-1e308', 'inf', '1e20', '5e-324']) {
        for (const high of [...steps, (at: number) => at % 7 === 3]) {
          const answer = await caller.upload(
            { fileName: 'x.mot', athleteID },
            altered(([time, first], row) => [time!, first!, high(row) ? value : '0']),
          );
          if (answer.status !== 201) {
            expect(answer.status, value).toBe(422);
            continue;
          }
          const series = await caller.ikData(answer.body);
          for (const [name, values] of Object.entries(series))
            expect(values.every(Number.isFinite), `${value} ${name}`).toBe(true);
          const { WorkoutMetrics } = await caller.report(answer.body);
          expect(JSON.stringify(WorkoutMetrics), value).not.toMatch(/"(FullMax|Avg|AvgMax)":null/);
        }
      }
    });

    describe('a file above the limit is refused while it comes in', () => {
      const large = Buffer.alloc(1_000_001, ' ');
      const path = () => `/sessions?${new URLSearchParams({ fileName: 'x.mot', athleteID })}`;

      test('with Content-Length, before a byte of it is sent', async () => {
        const headers = { authorization: token, 'content-length': String(large.length) };
        const answer = await sendRaw(
          server.url,
          path(),
          headers,
          () => new Promise((resolve) => setImmediate(resolve)),
        );
        expect(answer.status === null || JSON.parse(answer.body).code === 'payload_too_large').toBe(true);
        await expectNothing();
      });

      test('with Content-Length and every byte sent', async () => {
        expectRefusal(await caller.upload({ fileName: 'x.mot', athleteID }, large), 'payload_too_large');
        await expectNothing();
      });

      test('in chunks of unknown number', async () => {
        const answer = await sendRaw(
          server.url,
          path(),
          { authorization: token, 'transfer-encoding': 'chunked' },
          async (send) => {
            for (let i = 0; i < 20; i++) await send(large.subarray(0, 100_000));
          },
        );
        expect(answer.body).toContain('payload_too_large');
        expect(answer.status).toBe(413);
        expect(JSON.parse(answer.body)).toMatchObject({
          code: 'payload_too_large',
          message: expect.stringContaining('1 MB'),
        });
        await expectNothing();
      });

      test('exactly at the limit it is read', async () => {
        const file = FILE + ' '.repeat(1_000_000 - FILE.length);
        expect((await caller.upload({ fileName: 'x.mot', athleteID }, file)).body.code).not.toBe(
          'payload_too_large',
        );
      });
    });

    test.each<[string, Record<string, string>, keyof typeof ERRORS, string]>([
      ['no fileName', { fileName: '' }, 'missing_parameter', 'fileName'],
      ['no athlete', { athleteID: '' }, 'missing_parameter', 'athleteID'],
      ['an athlete nobody knows', { athleteID: 'A9' }, 'invalid_parameter', 'athleteID'],
      ['an exercise nobody knows', { exerciseID: 'E9' }, 'invalid_parameter', 'exerciseID'],
      ['an assessment nobody knows', { assessmentID: 'S9' }, 'invalid_parameter', 'assessmentID'],
      ['a date that is none', { date: '2026-02-30' }, 'invalid_parameter', 'date'],
      ['a day before there were recordings', { date: '1500-01-01' }, 'invalid_parameter', 'date'],
      ['a kind that is none', { kind: 'training' }, 'invalid_parameter', 'kind'],
      ['an assessment without an assessment', { kind: 'assessment' }, 'invalid_parameter', 'assessmentID'],
      ['a session id that is a path', { sessionID: '../../etc/passwd' }, 'invalid_parameter', 'sessionID'],
      ['a rate of nothing', { rate: '0' }, 'invalid_parameter', 'rate'],
      ['a rate that is no number', { rate: 'fast' }, 'invalid_parameter', 'rate'],
      ['a name of 201 characters', { sessionName: 'x'.repeat(201) }, 'invalid_parameter', 'sessionName'],
      ['a name with a line feed', { sessionName: 'a\nb' }, 'invalid_parameter', 'sessionName'],
      ['a name with a null', { sessionName: 'a\0b' }, 'invalid_parameter', 'sessionName'],
      ['a file name with a null', { fileName: 'a\0b.mot' }, 'invalid_parameter', 'fileName'],
      ['an athlete with a null', { athleteID: 'a\0b' }, 'invalid_parameter', 'athleteID'],
      ['a parameter that is unknown', { athlete: 'A1' }, 'unknown_parameter', 'athlete'],
      ['a parameter called __proto__', { __proto__x: '1' }, 'unknown_parameter', '__proto__x'],
    ])('%s is refused by name and leaves nothing', async (_what, wrong, code, named) => {
      const answer = await caller.upload({ fileName: 'squat.mot', athleteID, ...wrong }, FILE);
      expectRefusal(answer, code);
      expect(answer.body.message).toContain(named);
      await expectNothing();
    });

    test('a null character in any filter or path is a refusal, not a fault', async () => {
      for (const path of [
        ...['athleteID', 'exerciseID', 'assessmentID', 'name', 'from', 'timeZone'].map(
          (name) => `/sessions?${name}=a%00b`,
        ),
        '/athletes?externalID=%00',
        '/exercises?name=%00',
        '/assessments?athleteID=%00',
        '/ikData?s3Key=%00',
        '/reportData?s3Key=a%00',
      ]) {
        expectRefusal(await caller.call('GET', path), 'invalid_parameter');
      }
      for (const path of [
        '/athletes/%00',
        '/sessions/a%00',
        '/exercises/%00',
        '/assessments/%00',
        '/sessions/%00/original',
      ]) {
        expectRefusal(await caller.call('GET', path), 'not_found');
      }
      expectRefusal(await caller.call('DELETE', '/sessions/%00'), 'not_found');
      expectRefusal(await caller.call('PATCH', '/sessions/%00', { 'Session Name': 'x' }), 'not_found');
      expectRefusal(
        await caller.call('PATCH', `/athletes/${athleteID}`, { LastName: 'a\0' }),
        'invalid_parameter',
      );
      expectRefusal(
        await caller.call('POST', '/assessments', { 'Assessment Name': 'x', 'Athlete ID': '\0' }),
        'invalid_parameter',
      );
    });

    test('without a token nothing is read', async () => {
      expectRefusal(
        await createCaller(server.url, '').upload({ fileName: 'squat.mot', athleteID }, FILE),
        'unauthorized',
      );
      await expectNothing();
    });

    test('a connection cut in the middle of an upload leaves nothing, whichever way its length was told', async () => {
      const path = `/sessions?${new URLSearchParams({ fileName: 'squat.mot', athleteID })}`;
      for (const length of [{ 'content-length': '500000' }, { 'transfer-encoding': 'chunked' }]) {
        const answer = await sendRaw(
          server.url,
          path,
          { authorization: token, ...length } as Record<string, string>,
          async (send, cut) => {
            await send(FILE.slice(0, 5000));
            cut();
          },
        );
        expect(answer.status).toBe(null);
        await expectNothing();
      }
    });

    test('an athlete removed while the file comes in: refused by name, nothing stays', async () => {
      const gone = await caller.athlete();
      const path = `/sessions?${new URLSearchParams({ fileName: 'squat.mot', athleteID: gone })}`;
      const answer = await sendRaw(
        server.url,
        path,
        { authorization: token, 'transfer-encoding': 'chunked' },
        async (send) => {
          await send(FILE.slice(0, 100));
          // The server has the first half once it has answered another request on the same thread.
          expect((await caller.call('DELETE', `/athletes/${gone}`)).status).toBe(204);
          await send(FILE.slice(100));
        },
      );
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        code: 'invalid_parameter',
        message: expect.stringContaining('athleteID'),
      });
      await expectNothing();
    });

    test('a session is answered with eight members, listed, and its original comes back byte for byte, plain and gzip', async () => {
      for (const [fileName, bytes] of [
        ['Knie "links" ä.mot', Buffer.from(FILE)],
        ['squat.mot.gz', gzipSync(FILE)],
        ['squat.mot', gzipSync(FILE)],
      ] as const) {
        const answer = await caller.upload(
          { fileName, athleteID, date: '2026-05-04T09:30:00.123456+02:00' },
          bytes,
        );
        expect(answer.status).toBe(201);
        const session: Session = answer.body;
        expect(Object.keys(session)).toEqual([
          'Session ID',
          'Date',
          's3Key',
          'Duration',
          'Athlete ID',
          'Assessment ID',
          'Exercise ID',
          'Session Name',
        ]);
        expect(session).toMatchObject({
          Date: '2026-05-04T07:30:00.123456Z',
          Duration: 4,
          'Athlete ID': athleteID,
          'Assessment ID': 'singleExercise',
          'Session Name': fileName.replace(/\.mot(\.gz)?$/, ''),
        });
        expect((await caller.call('GET', `/sessions/${session['Session ID']}`)).body).toEqual(session);
        expect(await caller.sessions()).toContainEqual(session);
        const original = await caller.call('GET', `/sessions/${session['Session ID']}/original`);
        expect(original.bytes.equals(bytes)).toBe(true);
        expect(decodeURIComponent(original.headers.get('content-disposition')!)).toContain(fileName);
        const report = await caller.report(session);
        expect(report.Provenance).toMatchObject({
          SourceFile: fileName,
          SourceSha256: original.headers.get('x-content-sha256'),
        });
        expect(report.Repetitions.length).toBe(3);
      }
    });

    test('series come plain, gzip and Brotli, in both forms of body, and are the same', async () => {
      const { body: session } = await caller.upload({ fileName: 'squat.mot', athleteID }, FILE);
      const expected = await caller.ikData(session);
      expect(Object.keys(expected)).toEqual([
        'time',
        ...['knee_angle_r', 'hip_flexion_r'].flatMap((name) => [name, `${name}_vel`, `${name}_acc`]),
      ]);
      expect(new Set(Object.values(expected).map((values) => values.length))).toEqual(new Set([241]));
      for (const [coding, read] of [
        ['identity', (bytes: Buffer) => bytes],
        ['gzip', gunzipSync],
        ['br', brotliDecompressSync],
      ] as const) {
        for (const form of ['string', 'json']) {
          const answer = await new Promise<{ encoding: string | undefined; bytes: Buffer }>(
            (resolve, reject) => {
              import('node:http').then(({ get }) =>
                get(
                  `${server.url}/ikData?s3Key=${session.s3Key}`,
                  { headers: { authorization: token, 'accept-encoding': coding, prefer: `body=${form}` } },
                  (response) => {
                    const chunks: Buffer[] = [];
                    response.on('data', (chunk) => chunks.push(chunk));
                    response.on('end', () =>
                      resolve({
                        encoding: response.headers['content-encoding'],
                        bytes: Buffer.concat(chunks),
                      }),
                    );
                  },
                ).on('error', reject),
              );
            },
          );
          // Brotli is kept for the string body alone, which deployed clients read; others get the bytes themselves.
          const served =
            coding === 'br' && form === 'json' ? undefined : coding === 'identity' ? undefined : coding;
          expect(answer.encoding).toBe(served);
          const { body } = JSON.parse((served === undefined ? answer.bytes : read(answer.bytes)).toString());
          expect(typeof body).toBe(form === 'string' ? 'string' : 'object');
          expect(form === 'string' ? JSON.parse(body) : body).toEqual(expected);
        }
      }
    });

    test('a session without an exercise gets the general one, which reads every known joint', async () => {
      const { body: session } = await caller.upload({ fileName: 'squat.mot', athleteID }, FILE);
      const { body: exercise } = await caller.call('GET', `/exercises/${session['Exercise ID']}`);
      expect(exercise).toMatchObject({ 'Exercise Name': 'General movement', Metrics: null });
      const report = await caller.report(session);
      expect(Object.keys(report.WorkoutMetrics.Ang).length).toBeGreaterThan(0);
      expect(report.Provenance.PrimaryChosenBy).toBe('recording');
    });

    test('a free session is kept and readable, and never listed', async () => {
      const { status, body: session } = await caller.upload(
        { fileName: 'squat.mot', athleteID, kind: 'free' },
        FILE,
      );
      expect(status).toBe(201);
      expect(await caller.sessions()).toEqual([]);
      expect((await caller.report(session)).Repetitions.length).toBe(3);
      expectRefusal(
        await caller.call('PATCH', `/sessions/${session['Session ID']}`, {
          'Assessment ID': 'singleExercise',
        }),
        'invalid_parameter',
      );
      expect((await caller.call('DELETE', `/sessions/${session['Session ID']}`)).status).toBe(204);
    });

    test('the same session id again changes nothing and answers the same; other content is a conflict', async () => {
      const sessionID = randomUUID();
      const parameters = { fileName: 'squat.mot', athleteID, sessionID };
      const first = await caller.upload(parameters, FILE);
      const again = await caller.upload({ ...parameters, sessionName: 'other' }, FILE);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expectRefusal(await caller.upload(parameters, motionFile({ phase: 1 })), 'conflict');
      expect(await caller.sessions()).toEqual([first.body]);
      expect(filesBelow(join(server.data, 'objects')).length).toBe(4);
    });

    test('the same session id eight times at once: one session, eight equal answers, no leftover', async () => {
      const sessionID = randomUUID();
      const parameters = { fileName: 'squat.mot', athleteID, sessionID, date: '2026-01-01' };
      const answers = await Promise.all(Array.from({ length: 8 }, () => caller.upload(parameters, FILE)));
      expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201));
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
      expect((await caller.sessions()).length).toBe(1);
      expect(filesBelow(join(server.data, 'objects')).length).toBe(4);
      expect((await caller.original(answers[0]!.body)).toString()).toBe(FILE);
      expect(
        await server.deps.db
          .within('main')
          .query('select prefix from loose_objects order by prefix limit 10'),
      ).toEqual([]);
    });

    test('different files at once under one id: one wins, the others are told, the winner is whole', async () => {
      const parameters = { fileName: 'squat.mot', athleteID, sessionID: randomUUID() };
      const files = [0, 1, 2, 3].map((phase) => motionFile({ phase }));
      const answers = await Promise.all(files.map((file) => caller.upload(parameters, file)));
      const winner = answers.findIndex((answer) => answer.status === 201);
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
      expect((await caller.original(answers[winner]!.body)).toString()).toBe(files[winner]);
      expect(filesBelow(join(server.data, 'objects')).length).toBe(4);
    });

    test('when the answer to a commit is lost, the session that was committed keeps its objects', async () => {
      const { db } = server.deps;
      // The database as it looks to a server whose connection breaks right after the commit.
      server.deps.db = {
        ...db,
        within: (organization) => {
          const own = db.within(organization);
          return {
            ...own,
            transaction: async (work) => {
              await own.transaction(work);
              throw new Error('connection lost');
            },
          };
        },
      };
      const answer = await caller.upload({ fileName: 'squat.mot', athleteID }, FILE).finally(() => {
        server.deps.db = db;
      });
      expectRefusal(answer, 'internal');
      const [session] = await caller.sessions();
      expect((await caller.original(session!)).toString()).toBe(FILE);
      expect((await caller.report(session!)).Repetitions.length).toBe(3);
    });

    describe('what is recorded can be corrected', () => {
      const metric = (Channel: string) => [{ Label: `${Channel} (°)`, Side: 'R', Channel, Sign: 1 } as const];
      let session: Session;
      let knee: string;
      let hip: string;
      beforeEach(async () => {
        const name = randomUUID();
        knee = await caller.exercise({
          'Exercise Name': `Knee ${name}`,
          PrimaryChannel: 'knee_angle_r',
          Metrics: [...metric('knee_angle_r')],
        });
        hip = await caller.exercise({
          'Exercise Name': `Hip ${name}`,
          PrimaryChannel: 'hip_flexion_r',
          Metrics: [...metric('hip_flexion_r')],
        });
        session = (await caller.upload({ fileName: 'squat.mot', athleteID, exerciseID: knee }, FILE)).body;
      });
      const patch = (changes: object) => caller.call('PATCH', `/sessions/${session['Session ID']}`, changes);

      test('name, date, athlete and assessment, each shown in the list at once', async () => {
        const other = await caller.athlete();
        const { body: assessment } = await caller.call('POST', '/assessments', {
          'Assessment Name': 'Spring',
        });
        const id = assessment['Assessment ID'];
        expect(
          (
            await patch({
              'Session Name': 'L Squat',
              Date: '2026-03-01',
              'Athlete ID': other,
              'Assessment ID': id,
            })
          ).body,
        ).toEqual({
          ...session,
          'Session Name': 'L Squat',
          Date: '2026-03-01T00:00:00.000Z',
          'Athlete ID': other,
          'Assessment ID': id,
        });
        expect(await caller.sessions()).toEqual([
          (await caller.call('GET', `/sessions/${session['Session ID']}`)).body,
        ]);
        expect((await caller.call('GET', `/sessions?assessmentID=${id}`)).body.length).toBe(1);
        expectRefusal(await caller.call('DELETE', `/athletes/${other}`), 'conflict');
        expectRefusal(await caller.call('DELETE', `/assessments/${id}`), 'conflict');
        expect((await patch({ 'Assessment ID': 'singleExercise' })).body['Assessment ID']).toBe(
          'singleExercise',
        );
        expect((await caller.call('DELETE', `/assessments/${id}`)).status).toBe(204);
      });

      test('a new exercise gives a new report', async () => {
        expect(Object.keys((await caller.report(session)).WorkoutMetrics.Ang)).toEqual(['knee_angle_r (°)']);
        const { body: changed } = await patch({ 'Exercise ID': hip });
        expect(changed).toEqual({ ...session, 'Exercise ID': hip });
        const report = await caller.report(session);
        expect(Object.keys(report.WorkoutMetrics.Ang)).toEqual(['hip_flexion_r (°)']);
        expect(report.Provenance.PrimaryChannel).toBe('hip_flexion_r');
        expect(
          Object.keys((await caller.report((await patch({ 'Exercise ID': knee })).body)).WorkoutMetrics.Ang),
        ).toEqual(['knee_angle_r (°)']);
      });

      test('wrong changes are refused by name and change nothing', async () => {
        for (const [changes, code] of [
          [{}, 'invalid_parameter'],
          [{ 'Session ID': 'x' }, 'unknown_parameter'],
          [{ Date: 'yesterday' }, 'invalid_parameter'],
          [{ 'Athlete ID': 'A9' }, 'invalid_parameter'],
          [{ 'Exercise ID': 'E9' }, 'invalid_parameter'],
          [{ 'Assessment ID': 'S9' }, 'invalid_parameter'],
          [{ 'Session Name': 5 }, 'invalid_parameter'],
          [{ 'Session Name': '' }, 'invalid_parameter'],
          [[], 'invalid_body'],
        ] as const) {
          expectRefusal(await patch(changes), code);
        }
        expectRefusal(
          await caller.call('PATCH', `/sessions/${session['Session ID']}`, '{"Session Name":'),
          'invalid_body',
        );
        expectRefusal(await caller.call('PATCH', '/sessions/none', { 'Session Name': 'x' }), 'not_found');
        expect(await caller.sessions()).toEqual([session]);
      });

      test('two changes of different members at once both survive', async () => {
        for (let round = 0; round < 10; round++) {
          const answers = await Promise.all([
            patch({ 'Session Name': `n${round}` }),
            patch({ Date: `2026-01-0${(round % 9) + 1}` }),
          ]);
          expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
          const [now] = await caller.sessions();
          expect(now).toMatchObject({
            'Session Name': `n${round}`,
            Date: `2026-01-0${(round % 9) + 1}T00:00:00.000Z`,
          });
        }
      });

      test('of changes to different exercises at once one wins, and the report is the one of that exercise', async () => {
        for (let round = 0; round < 10; round++) {
          const { body: neutral } = await patch({
            'Exercise ID': await caller.exercise({ 'Exercise Name': randomUUID() }),
          });
          expect(neutral['Session ID']).toBe(session['Session ID']);
          const answers = await Promise.all([
            patch({ 'Exercise ID': knee }),
            patch({ 'Exercise ID': hip }),
            patch({ 'Exercise ID': knee }),
            patch({ 'Exercise ID': hip }),
          ]);
          for (const answer of answers) if (answer.status !== 200) expectRefusal(answer, 'conflict');
          expect(answers.some((answer) => answer.status === 200)).toBe(true);
          const { body: now } = await caller.call('GET', `/sessions/${session['Session ID']}`);
          const channel = now['Exercise ID'] === knee ? 'knee_angle_r' : 'hip_flexion_r';
          expect(Object.keys((await caller.report(now)).WorkoutMetrics.Ang)).toEqual([`${channel} (°)`]);
        }
      });

      test('a session that is removed is gone with all its objects, and its athlete and exercise may go', async () => {
        await patch({ 'Exercise ID': hip });
        // Asked for just before, so that whatever is kept of it is kept.
        expect((await caller.ikData(session)).time).not.toEqual([]);
        expect((await caller.call('DELETE', `/sessions/${session['Session ID']}`)).status).toBe(204);
        await expectNothing();
        for (const path of [
          `/sessions/${session['Session ID']}`,
          `/ikData?s3Key=${session.s3Key}`,
          `/reportData?s3Key=${session.s3Key}`,
          `/sessions/${session['Session ID']}/original`,
        ])
          expectRefusal(await caller.call('GET', path), 'not_found');
        expectRefusal(await caller.call('DELETE', `/sessions/${session['Session ID']}`), 'not_found');
        expect((await caller.call('DELETE', `/exercises/${hip}`)).status).toBe(204);
        const again = await caller.upload(
          { fileName: 'squat.mot', athleteID, sessionID: randomUUID() },
          FILE,
        );
        expect(again.status).toBe(201);
      });

      test('removed while it is read: whole, or no more there', async () => {
        for (let round = 0; round < 10; round++) {
          const { body: made } = await caller.upload(
            { fileName: 'squat.mot', athleteID, exerciseID: knee },
            FILE,
          );
          const path = `/sessions/${made['Session ID']}`;
          const reads = [
            `/ikData?s3Key=${made.s3Key}`,
            `/reportData?s3Key=${made.s3Key}`,
            `${path}/original`,
            path,
          ];
          const [removed, ...answers] = await Promise.all([
            caller.call('DELETE', path),
            ...reads.map((each) => caller.call('GET', each)),
          ]);
          expect(removed.status).toBe(204);
          for (const answer of answers) if (answer.status !== 200) expectRefusal(answer, 'not_found');
        }
      });

      test('removed while its report is computed again: nothing of it stays', async () => {
        for (let round = 0; round < 15; round++) {
          const { body: made } = await caller.upload(
            { fileName: 'squat.mot', athleteID, exerciseID: knee },
            FILE,
          );
          const path = `/sessions/${made['Session ID']}`;
          const [changed, removed] = await Promise.all([
            caller.call('PATCH', path, { 'Exercise ID': hip }),
            caller.call('DELETE', path),
          ]);
          expect([200, 404]).toContain(changed.status);
          expect(removed.status).toBe(204);
          expect((await caller.call('GET', path)).status).toBe(404);
          expect(filesBelow(join(server.data, 'objects')).length).toBe(4);
        }
      });
    });
  });
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, copy.length >> 1, (copy.length >> 1) + 20);
  return copy;
}

/** 600 MB of spaces in 600 kB. */
function bomb(): Buffer {
  const member = gzipSync(Buffer.alloc(100_000_000, ' '), { level: 9 });
  return Buffer.concat(Array.from({ length: 6 }, () => member));
}
