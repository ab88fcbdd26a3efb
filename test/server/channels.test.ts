import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelEntry } from '../../src/contract/channels.ts';
import type { Report } from '../../src/contract/reports.ts';
import { JOINT_COORDINATES } from '../../src/motion/joints.ts';
import { dictionaryOf } from '../../src/server/channels.ts';
import { putChannel } from '../../src/store/channels.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { channel } from '../store/records.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

let server: TestServer;
let caller: Caller;
beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  caller = createCaller(server.url, `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`);
});
afterAll(() => server?.end());

const KNEE = {
  Channel: 'Knie rechts',
  Joint: 'knee',
  Kind: 'flexion',
  Positive: 'flexion',
  Negative: 'extension',
};

const channels = async (query = ''): Promise<ChannelEntry[]> => {
  const { status, body } = await caller.call('GET', `/channels${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const named = async (name: string) => (await channels()).filter(({ Channel }) => Channel === name);
const post = (input: object) => caller.call('POST', '/channels', input);
const remove = (name: string) => caller.call('DELETE', `/channels/${encodeURIComponent(name)}`);

describe('the dictionary of channels', () => {
  test('describes each coordinate with its velocity and its acceleration, in one answer', async () => {
    const entries = await channels();
    expect(entries.length).toBe(3 * JOINT_COORDINATES.length);
    expect(new Set(entries.map(({ Channel }) => Channel)).size).toBe(entries.length);
    expect(entries.filter(({ Channel }) => Channel.startsWith('hip_flexion_r'))).toEqual([
      {
        Channel: 'hip_flexion_r',
        Joint: 'hip',
        Side: 'R',
        Axis: 'sagittal, about the axis to the right',
        Kind: 'flexion',
        Unit: 'deg',
        Positive: 'flexion',
        Negative: 'extension',
        ZeroPose: 'standing upright, arms at the sides',
        Offset: 0,
        Min: -60,
        Max: 150,
        DerivativeOf: null,
        Source: expect.stringContaining('seen in recordings'),
        DefinedBy: 'kinebase',
      },
      expect.objectContaining({ Channel: 'hip_flexion_r_vel', Unit: 'deg/s', DerivativeOf: 'hip_flexion_r' }),
      expect.objectContaining({
        Channel: 'hip_flexion_r_acc',
        Unit: 'deg/s²',
        DerivativeOf: 'hip_flexion_r_vel',
      }),
    ]);
    const units = entries.filter(({ Channel }) => Channel.startsWith('pelvis_ty')).map(({ Unit }) => Unit);
    expect(units).toEqual(['m', 'm/s', 'm/s²']);
  });

  test('can be asked for one joint', async () => {
    const shoulders = await channels('?joint=shoulder');
    expect(shoulders.length).toBeGreaterThan(10);
    expect(new Set(shoulders.map(({ Joint }) => Joint))).toEqual(new Set(['shoulder']));
    expect(await channels('?joint=Shoulder')).toEqual(shoulders);
    expect(await channels('?joint=tail')).toEqual([]);
  });

  test('takes an entry of the organization, takes it anew, and lets go of it', async () => {
    const added = await post(KNEE);
    expect(added.status).toBe(201);
    expect(added.body).toEqual({
      ...KNEE,
      Side: null,
      Axis: 'not stated',
      Unit: 'deg',
      ZeroPose: 'not stated',
      Offset: 0,
      Min: null,
      Max: null,
      DerivativeOf: null,
      Source: 'entered by the organization',
      DefinedBy: 'organization',
    });
    expect((await named('Knie rechts_acc'))[0]).toMatchObject({ Joint: 'knee', DefinedBy: 'organization' });
    const again = await post({ ...KNEE, Side: 'R', Min: -10, Max: 150 });
    expect([again.status, again.body.Max]).toEqual([200, 150]);
    expect(await named('Knie rechts')).toEqual([again.body]);
    expect((await remove('Knie rechts')).status).toBe(204);
    expect(await named('Knie rechts')).toEqual([]);
    expect((await remove('Knie rechts')).status).toBe(404);
  });

  test('lets an own entry go before the built-in one of its name, which comes back with its removal', async () => {
    const [before] = await named('wrist_dev_r');
    expect((await remove('wrist_dev_r')).body).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('built in'),
    });
    const own = { ...KNEE, Channel: 'wrist_dev_r', Joint: 'wrist', Positive: 'ulnar', Negative: 'radial' };
    expect((await post(own)).status).toBe(201);
    expect(await named('wrist_dev_r')).toMatchObject([{ Positive: 'ulnar', DefinedBy: 'organization' }]);
    expect((await channels()).length).toBe(3 * JOINT_COORDINATES.length);
    expect((await remove('wrist_dev_r')).status).toBe(204);
    expect(await named('wrist_dev_r')).toEqual([before]);
  });

  test('knows names of any letters and of full length', async () => {
    for (const Channel of ['/jointset/knie/winkel/value', 'ä%2F?#&', '運'.repeat(300)]) {
      expect((await post({ ...KNEE, Channel })).status).toBe(201);
      expect((await named(Channel)).length).toBe(1);
      expect((await remove(Channel)).status, Channel).toBe(204);
    }
  });

  test.each([
    ['a range the wrong way round', { Min: 10, Max: -10 }, 'Min 10 is above Max -10'],
    ['half a range', { Min: 10 }, 'both Min and Max'],
    ['a zero outside its range', { Min: 10, Max: 20 }, 'Offset 0'],
    ['the derivative of a built-in channel', { Channel: 'knee_angle_r_vel' }, 'describe that one'],
    ['an angle under a name that is read in metres', { Channel: 'box_tx' }, 'Kind must be translation'],
    ['the time', { Channel: 'time' }, 'time axis'],
    ['a name with a space at its end', { Channel: 'Knie ' }, 'space'],
    ['an unknown kind', { Kind: 'twist' }, 'must be one of flexion'],
    ['an unknown side', { Side: 'F' }, 'Side'],
  ])('refuses %s, says why, and keeps nothing', async (_, more, words) => {
    const before = (await caller.call('GET', '/organization')).body.Version;
    const { status, body } = await post({ ...KNEE, ...more });
    expect([status, body.code]).toEqual([400, 'invalid_parameter']);
    expect(body.message).toContain(words);
    expect((await caller.call('GET', '/organization')).body.Version).toBe(before);
  });

  test('refuses to describe a channel and its derivative apart, in either order', async () => {
    expect((await post({ ...KNEE, Channel: 'a' })).status).toBe(201);
    expect((await post({ ...KNEE, Channel: 'a_vel' })).body.message).toContain('describe that one');
    expect((await post({ ...KNEE, Channel: 'b_acc' })).status).toBe(201);
    expect((await post({ ...KNEE, Channel: 'b' })).body.message).toContain('DELETE /channels/b_acc');
    for (const name of ['a', 'b_acc']) await remove(name);
  });

  test('is of one organization alone, and changed by its administrators', async () => {
    await post(KNEE);
    const account = await caller.call('POST', '/organizations', {
      OrganizationID: 'other',
      Name: 'Other',
      Admin: 'admin@other.example',
      Password: 'other-movement',
    });
    expect(account.status, JSON.stringify(account.body)).toBe(201);
    const { clientId } = server.firstAdministrator!;
    const token = (await server.signIn('admin@other.example', 'other-movement', clientId)).IdToken;
    const other = createCaller(server.url, `Bearer ${token}`);
    const theirs = (await other.call('GET', '/channels')).body as ChannelEntry[];
    expect(theirs.filter(({ Channel }) => Channel === KNEE.Channel)).toEqual([]);
    expect((await other.call('DELETE', `/channels/${encodeURIComponent(KNEE.Channel)}`)).status).toBe(404);
    expect((await named(KNEE.Channel)).length).toBe(1);
    const key = await caller.call('POST', '/keys', { Name: 'Tablet', Scopes: ['read', 'record'] });
    const tablet = createCaller(server.url, `Bearer ${key.body.Key}`);
    expect((await tablet.call('POST', '/channels', KNEE)).status).toBe(403);
    expect((await tablet.call('GET', '/channels')).status).toBe(200);
    await remove(KNEE.Channel);
  });
});

describe('the channels of a session', () => {
  test('are its series, under the names of the recording, described or not', async () => {
    const names = ['/jointset/walker_knee_r/knee_angle_r/value', 'Fuß', 'Fuß_velocity', 'ball_tx'];
    const athleteID = await caller.athlete();
    const { body: session } = await caller.upload({ fileName: 'a.mot', athleteID }, motionFile({ names }));
    const entries = await channels(`?s3Key=${session.s3Key}`);
    const series = Object.keys(await caller.ikData(session)).filter((name) => name !== 'time');
    expect(entries.map(({ Channel }) => Channel)).toEqual(series);
    expect(entries.slice(0, 4)).toMatchObject([
      { Channel: names[0], Joint: 'knee', Side: 'R', Unit: 'deg', Positive: 'flexion' },
      { Channel: `${names[0]}_vel`, Joint: 'knee', Unit: 'deg/s', DerivativeOf: names[0] },
      { Channel: `${names[0]}_acc`, Joint: 'knee', Unit: 'deg/s²', DerivativeOf: `${names[0]}_vel` },
      { Channel: 'Fuß', Joint: '', Side: null, Positive: 'not described', Min: null, DefinedBy: 'kinebase' },
    ]);
    expect(entries.at(-1)).toMatchObject({ Channel: 'ball_tx_acc', Kind: 'translation', Unit: 'm/s²' });
    const knees = await channels(`?joint=knee&s3Key=${session.s3Key}`);
    expect(knees).toEqual(entries.slice(0, 3));

    await post({ ...KNEE, Channel: 'Fuß', Joint: 'ankle', Positive: 'up', Negative: 'down' });
    expect((await channels(`?s3Key=${session.s3Key}`))[3]).toMatchObject({
      Joint: 'ankle',
      Positive: 'up',
      DefinedBy: 'organization',
    });
    await remove('Fuß');
  });

  test('of an unknown key are a 404', async () => {
    const { status, body } = await caller.call('GET', '/channels?s3Key=ik-nothing');
    expect([status, body.code]).toEqual([404, 'not_found']);
  });
});

test('a recording is read by the entries of its organization, from the next one on', async () => {
  const athleteID = await caller.athlete();
  const file = motionFile({ names: ['Knie', 'x'] });
  const reportOf = async (): Promise<Report> => {
    const { body } = await caller.upload({ fileName: 'a.mot', athleteID }, file);
    return caller.report(body);
  };
  const labels = ({ WorkoutMetrics }: Report) => Object.keys(WorkoutMetrics.Ang);
  expect(labels(await reportOf())).toEqual(['Knie (°)']);

  await post({ ...KNEE, Channel: 'Knie', Side: 'L', Min: -5, Max: 60 });
  const report = await reportOf();
  expect(report.WorkoutMetrics.Ang['Knee Flex. (°)']).toHaveProperty('L');
  expect(report.Provenance.Flags.join()).toContain('out of range: Knie');
  expect(report.Provenance.KneeConvention.Flexion).toBe('positive');
  await remove('Knie');
  expect(labels(await reportOf())).toEqual(['Knie (°)']);
});

test('the entries of an organization are what its recordings are read by, as plain data', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-channels-'));
  const db = await openDb(`sqlite:${folder}`);
  await createOrganization(db, 'one', 'One', 1);
  await putChannel(db, 'one', channel('Knie', { Side: 'L', Min: -10, Max: 150, Offset: 5 }), () => {}, 2);
  await putChannel(db, 'one', channel('Weg', { Kind: 'translation' }), () => {}, 3);
  const own = await dictionaryOf(db, 'one');
  await db.close();
  await rm(folder, { recursive: true });
  expect(structuredClone(own)).toEqual([
    {
      coordinate: 'Knie',
      joint: 'knee',
      side: 'L',
      axis: 'sagittal',
      kind: 'flexion',
      unit: 'deg',
      positive: 'flexion',
      negative: 'extension',
      zeroPose: 'straight leg',
      offset: 5,
      range: [-10, 150],
      source: 'our lab',
    },
    expect.objectContaining({ coordinate: 'Weg', unit: 'm', range: null }),
  ]);
});
