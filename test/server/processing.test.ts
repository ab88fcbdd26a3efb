import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { checkedProcessing, processingOfQuery } from '../../src/server/processing.ts';
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

const upload = (more: Record<string, string> = {}) =>
  caller.upload({ fileName: 'squat.mot', athleteID, ...more }, motionFile());
const patch = (session: Session, Processing: unknown) =>
  caller.call('PATCH', `/sessions/${session['Session ID']}`, { Processing });
const seriesFiles = (session: Session) =>
  filesBelow(server.data).filter(
    (file) => file.includes(`/${session['Session ID']}.`) && /series/.test(file),
  );

test('only what differs from the default is kept', () => {
  expect(checkedProcessing(null)).toBe(null);
  expect(checkedProcessing({ Rate: 60, CutOff: 6, MaxGap: 3 })).toBe(null);
  expect(checkedProcessing({ Wraps: 'unwrap', CutOff: null, Order: 2 })).toEqual({
    CutOff: null,
    Wraps: 'unwrap',
  });
  const query = { fileName: 'a.mot', athleteID: 'A', cutOff: 'off', outputRate: 120, maxGap: 0 };
  expect(processingOfQuery(query)).toEqual({ Rate: 120, CutOff: null, MaxGap: 0 });
});

test('a recording is processed as the upload asks, and the report says so', async () => {
  const { status, body } = await upload({ cutOff: '4' });
  expect(status).toBe(201);
  expect((await caller.report(body)).Provenance.Filter).toMatchObject({ CutOff: 4 });
  const without = (await upload({ cutOff: 'off' })).body;
  expect((await caller.report(without)).Provenance.Filter).toBe(null);
  const fine = (await upload({ outputRate: '100', cutOff: '10' })).body;
  const report = await caller.report(fine);
  expect([report.Provenance.Rate, report.Provenance.Frames]).toEqual([100, 401]);
  expect(fine.Duration).toBe(4);
});

test('processing that makes no filter is refused before the file is read, with what to change', async () => {
  const cases: [Record<string, string>, string][] = [
    [{ cutOff: '30' }, 'cutOff 30 Hz must lie below half of outputRate, 30 Hz'],
    [{ cutOff: '8', outputRate: '16' }, 'below half of outputRate, 8 Hz'],
    [{ outputRate: '10' }, 'cutOff 6 Hz'],
    [{ cutOff: 'low' }, 'a frequency above 0'],
    [{ cutOff: '0' }, 'a frequency above 0'],
    [{ cutOff: '-4' }, 'a frequency above 0'],
    [{ order: '0' }, 'order'],
    [{ order: '1.5' }, 'order'],
    [{ interpolation: 'guess' }, 'auto, cubic, linear, natural, monotone'],
    [{ maxGap: '-1' }, 'maxGap'],
    [{ wraps: 'yes' }, 'keep, unwrap'],
  ];
  for (const [parameters, message] of cases) {
    const answer = await upload(parameters);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_parameter']);
    expect(answer.body.message).toContain(message);
  }
});

test('a recording that is too short for the order of its filter is refused with what to change', async () => {
  const short = motionFile({ seconds: 0.3, bends: 1 });
  const record = (more: Record<string, string> = {}) =>
    caller.upload({ fileName: 'short.mot', athleteID, ...more }, short);
  const refused = await record({ order: '10' });
  expect([refused.status, refused.body.code]).toEqual([422, 'recording_too_short']);
  expect(refused.body.message).toContain('use a lower order');

  const session: Session = (await record()).body;
  const files = seriesFiles(session);
  const answer = await patch(session, { Order: 10 });
  expect([answer.status, answer.body.code]).toEqual([422, 'recording_too_short']);
  expect((await caller.report(session)).Provenance.ReportVersion).toBe(1);
  expect(seriesFiles(session)).toEqual(files);
});

test('another processing makes new series and a new report beside the old ones', async () => {
  const session: Session = (await upload()).body;
  const before = seriesFiles(session);
  const old = await caller.ikData(session);
  const answer = await patch(session, { CutOff: 3 });
  expect(answer.status).toBe(200);
  expect((await caller.report(session)).Provenance).toMatchObject({
    ReportVersion: 2,
    Filter: { CutOff: 3 },
  });
  expect(await caller.ikData(session)).not.toEqual(old);
  const after = seriesFiles(session);
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBe(2 * before.length);
  await patch(session, null);
  expect(await caller.ikData(session)).toEqual(old);
});

test('the duration of a session follows its series', async () => {
  const file = motionFile({ seconds: 4.09 });
  const session: Session = (await caller.upload({ fileName: 'squat.mot', athleteID }, file)).body;
  const { body } = await patch(session, { Rate: 100 });
  expect(body.Duration).toBe(4.09);
  expect((await caller.call('GET', `/sessions/${session['Session ID']}`)).body.Duration).toBe(4.09);
});

test('processing replaces what was set before, and setting the same again computes nothing', async () => {
  const session: Session = (await upload({ cutOff: '4' })).body;
  await patch(session, { MaxGap: 1 });
  expect((await caller.report(session)).Provenance).toMatchObject({ MaxGap: 1, Filter: { CutOff: 6 } });
  await patch(session, { MaxGap: 1, CutOff: 6 });
  expect((await caller.report(session)).Provenance.ReportVersion).toBe(2);
});

test('processing that cannot be leaves the session as it was', async () => {
  const session: Session = (await upload()).body;
  const files = seriesFiles(session);
  for (const processing of [{ CutOff: 30 }, { Rate: 5 }, { Speed: 1 }, { Interpolation: 'guess' }, 'fast']) {
    expect((await patch(session, processing)).status).toBe(400);
  }
  expect((await caller.report(session)).Provenance.ReportVersion).toBe(1);
  expect(seriesFiles(session)).toEqual(files);
});

test('a repeated upload answers the session as it was recorded, whatever processing it asks for', async () => {
  const sessionID = crypto.randomUUID().toUpperCase();
  const first = await upload({ sessionID, cutOff: '4' });
  const second = await upload({ sessionID, cutOff: '5' });
  expect([second.status, second.body]).toEqual([201, first.body]);
  expect((await caller.report(first.body)).Provenance).toMatchObject({
    ReportVersion: 1,
    Filter: { CutOff: 4 },
  });
});
