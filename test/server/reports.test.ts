import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report, ReportVersion } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { reportKey } from '../../src/server/sessionObjects.ts';
import { getSession } from '../../src/store/sessions.ts';
import { exchange } from '../objects/exchange.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller, filesBelow, motionFile } from './uploading.ts';

let server: TestServer;
let caller: Caller;
let athleteID: string;
beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  caller = createCaller(server.url, `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`);
  athleteID = await caller.athlete();
});
afterAll(() => server.end());

const recorded = async (file = motionFile(), more: Record<string, string> = {}): Promise<Session> =>
  (await caller.upload({ fileName: 'squat.mot', athleteID, ...more }, file)).body;
const versions = async (session: Session): Promise<ReportVersion[]> =>
  (await caller.call('GET', `/sessions/${session['Session ID']}/reports`)).body;
const reportText = async (session: Session, version: number): Promise<string> =>
  (await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=${version}`)).bytes.toString();
const edit = (session: Session, patch: object) =>
  caller.call('PATCH', `/sessions/${session['Session ID']}/repetitions`, patch);
/** Files of a session, by their paths below its folder. */
const filesOf = (session: Session) =>
  filesBelow(server.data).filter((file) => file.includes(`/${session['Session ID']}.`));

test('a recorded session has one report, its first', async () => {
  const session = await recorded();
  expect(await versions(session)).toEqual([
    {
      Version: 1,
      ComputedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      Reason: 'recorded',
      PipelineVersion: expect.any(Number),
      Current: true,
    },
  ]);
  expect((await caller.report(session)).Provenance.ReportVersion).toBe(1);
  const absent = await caller.call('GET', '/sessions/nobody/reports');
  expect([absent.status, absent.body.code]).toEqual([404, 'not_found']);
});

test('a new exercise makes a new report, and the old one stays byte for byte', async () => {
  const session = await recorded();
  const first = await reportText(session, 1);
  const exercise = await caller.exercise({ 'Exercise Name': 'Hinge A', PrimaryChannel: 'hip_flexion_r' });
  await caller.call('PATCH', `/sessions/${session['Session ID']}`, { 'Exercise ID': exercise });
  expect((await versions(session)).map(({ Version, Reason, Current }) => [Version, Reason, Current])).toEqual(
    [
      [2, 'exercise changed', true],
      [1, 'recorded', false],
    ],
  );
  expect(await reportText(session, 1)).toBe(first);
  const current = await caller.report(session);
  expect([current.Provenance.ReportVersion, current.Provenance.Exercise]).toEqual([2, 'Hinge A']);
  expect(JSON.parse(await reportText(session, 2)).body).toEqual(current);
});

test('a version that does not exist is refused with those that do', async () => {
  const session = await recorded();
  const answer = await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=9`);
  expect(answer.status).toBe(404);
  expect(answer.body.message).toContain('only version 1');
  await edit(session, { Repetitions: [] });
  const other = await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=9`);
  expect(other.body.message).toContain('versions 1 to 2');
  for (const version of ['0', '-1', '1.5', 'first']) {
    const wrong = await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=${version}`);
    expect(wrong.status).toBe(400);
  }
});

test('a report that does not say what its metrics were read from is read, and its curves are refused with what to do', async () => {
  const session = await recorded();
  const { objects: prefix } = (await getSession(server.deps.db, 'main', session['Session ID']))!;
  const { Metrics: _, ...Provenance } = (await caller.report(session)).Provenance;
  const report = { ...(await caller.report(session)), Provenance };
  const { objects } = server.deps;
  await exchange(objects, reportKey('main', prefix, 'report-1'), gzipSync(JSON.stringify(report)));
  expect(await caller.report(session)).toEqual(report);
  const answer = await caller.call('GET', `/reportData?s3Key=${session.s3Key}&curves=true`);
  expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  expect(answer.body.message).toContain('Recompute the session');
});

test('edited repetitions are the ones of the report, found ones stay readable, null finds them again', async () => {
  const session = await recorded();
  const found = await caller.report(session);
  const answer = await edit(session, {
    Repetitions: [
      { Start: 0.2, Peak: 0.7, End: 1.3 },
      { Start: 1.4, Peak: 2, End: 2.6 },
    ],
    Version: 1,
  });
  expect(answer.status).toBe(200);
  const edited: Report = answer.body;
  expect(edited.Repetitions).toEqual([
    { Start: 0.2, Peak: 0.7, End: 1.3, Source: 'edited' },
    { Start: 1.4, Peak: 2, End: 2.6, Source: 'edited' },
  ]);
  expect(edited.Provenance.ReportVersion).toBe(2);
  expect(await caller.report(session)).toEqual(edited);
  expect((await versions(session))[0]).toMatchObject({ Version: 2, Reason: 'repetitions edited' });
  const { Repetitions } = (await edit(session, { Repetitions: [] })).body;
  expect(Repetitions).toEqual([]);
  const again: Report = (await edit(session, { Repetitions: null })).body;
  expect({ ...again, Provenance: null }).toEqual({ ...found, Provenance: null });
  expect(again.Provenance.ReportVersion).toBe(4);
  expect(JSON.parse(await reportText(session, 1)).body).toEqual(found);
});

test('the same edit sent twice is one edit', async () => {
  const session = await recorded();
  const patch = { Repetitions: [{ Start: 0.2, Peak: 0.7, End: 1.3 }], Version: 1 };
  const first = await edit(session, patch);
  const second = await edit(session, patch);
  expect([second.status, second.body]).toEqual([200, first.body]);
  expect(await versions(session)).toHaveLength(2);
});

test('repetitions that cannot be are refused with what to change, and nothing is left behind', async () => {
  const session = await recorded();
  const files = filesOf(session);
  const cases: [unknown, string][] = [
    [[{ Start: 1, Peak: 2, End: 9 }], 'Repetition 1 of 1 ends at 9 s'],
    [
      [
        { Start: 0, Peak: 1, End: 2 },
        { Start: 1.5, Peak: 2, End: 3 },
      ],
      'Repetition 2 of 2 starts at 1.5 s',
    ],
    [[{ Start: 2, Peak: 2, End: 1 }], 'End must lie after Start'],
    [[{ Start: 1, Peak: 1, End: 1 }], 'at least one frame'],
    [[{ Start: 1, Peak: 3, End: 2 }], 'Peak at 3 s'],
    [[{ Start: -1, End: 2 }], 'Start'],
    [[{ Start: 1 }], 'End'],
    ['none', 'Repetitions'],
  ];
  for (const [repetitions, message] of cases) {
    const answer = await edit(session, { Repetitions: repetitions });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
  }
  expect(await versions(session)).toHaveLength(1);
  expect(filesOf(session)).toEqual(files);
});

test('an edit of a report that is no longer current changes nothing', async () => {
  const session = await recorded();
  await edit(session, { Repetitions: [{ Start: 0.2, Peak: 0.7, End: 1.3 }], Version: 1 });
  const late = await edit(session, { Repetitions: [], Version: 1 });
  expect([late.status, late.body.code]).toEqual([409, 'conflict']);
  expect(late.body.message).toContain('report 2 is current');
  expect(await versions(session)).toHaveLength(2);
});

test('of edits at the same time one wins, the others are told, and no file of theirs stays', async () => {
  const session = await recorded();
  const ends = [1.1, 1.2, 1.3, 1.4];
  const answers = await Promise.all(
    ends.map((End) => edit(session, { Repetitions: [{ Start: 0.2, Peak: 0.7, End }], Version: 1 })),
  );
  const won = answers.filter((answer) => answer.status === 200);
  expect(won).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(3);
  expect(await caller.report(session)).toEqual(won[0]!.body);
  expect(await versions(session)).toHaveLength(2);
  expect(filesOf(session).filter((file) => file.endsWith('/report'))).toHaveLength(1);
});

test('edited repetitions outlive a new exercise and another processing', async () => {
  const session = await recorded();
  const repetition = { Start: 0.2, Peak: 0.7, End: 1.3 };
  await edit(session, { Repetitions: [repetition] });
  const exercise = await caller.exercise({ 'Exercise Name': 'Hinge B', PrimaryChannel: 'hip_flexion_r' });
  const path = `/sessions/${session['Session ID']}`;
  expect((await caller.call('PATCH', path, { 'Exercise ID': exercise })).status).toBe(200);
  expect((await caller.call('PATCH', path, { Processing: { CutOff: 4 } })).status).toBe(200);
  const report = await caller.report(session);
  expect(report.Repetitions).toEqual([{ ...repetition, Source: 'edited' }]);
  expect(report.Provenance).toMatchObject({ ReportVersion: 4, Exercise: 'Hinge B' });
  expect((await versions(session)).map(({ Reason }) => Reason)).toEqual([
    'processing changed',
    'exercise changed',
    'repetitions edited',
    'recorded',
  ]);
});

test('who may only read cannot edit', async () => {
  const session = await recorded();
  const viewer = { Username: 'viewer@reports.example', Role: 'viewer', Password: 'reads-only-1' };
  expect((await caller.call('POST', '/users', viewer)).status).toBe(201);
  const { IdToken } = await server.signIn(viewer.Username, viewer.Password, 'kinebase');
  const reader = createCaller(server.url, `Bearer ${IdToken}`);
  const path = `/sessions/${session['Session ID']}`;
  expect((await reader.call('PATCH', `${path}/repetitions`, { Repetitions: [] })).status).toBe(403);
  expect((await reader.call('GET', `${path}/reports`)).status).toBe(200);
});

test('a removed session takes all its reports along', async () => {
  const session = await recorded();
  await edit(session, { Repetitions: [] });
  expect((await caller.call('DELETE', `/sessions/${session['Session ID']}`)).status).toBe(204);
  expect(filesOf(session)).toEqual([]);
  expect((await caller.call('GET', `/reportData?s3Key=${session.s3Key}&version=1`)).status).toBe(404);
  expect((await edit(session, { Repetitions: null })).status).toBe(404);
});

test("an organization's own channels are known to its reports", async () => {
  const names = ['knee_angle_r', 'bow_arm_bend'];
  const entry = {
    Channel: 'bow_arm_bend',
    Joint: 'elbow',
    Side: 'R',
    Kind: 'flexion',
    Positive: 'flexion',
    Negative: 'extension',
    Min: -200,
    Max: -100,
  };
  expect((await caller.call('POST', '/channels', { ...entry, Offset: -150 })).status).toBe(201);
  const session = await recorded(motionFile({ names }));
  const flags = (await caller.report(session)).Provenance.Flags.join('\n');
  expect(flags).toContain('bow_arm_bend');
});
