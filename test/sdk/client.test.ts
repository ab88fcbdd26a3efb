import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { generateMovement } from '../../src/motion/generator/index.ts';
import { readRecording } from '../../src/motion/read.ts';
import { writeStorage } from '../../src/motion/write/write-sto.ts';
import { createClient, type KinebaseClient, signIn, signOut } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
let admin: { username: string; password: string; clientId: string };
let client: KinebaseClient;
beforeAll(async () => {
  server = await startServer();
  admin = server.firstAdministrator!;
  client = createClient({ url: server.url, ...admin });
});
afterAll(() => server.end());

const squats = (seed: number) =>
  new TextDecoder().decode(
    writeStorage(generateMovement(findExercise('Squat')!, { seed, repetitions: 3 }), 'Squat'),
  );

test('a recording goes in as a file and comes out as session, series, report and the same file', async () => {
  const athlete = await client.athletes.create({
    FirstName: 'Ada',
    LastName: 'Lovelace',
    ExternalID: 'ext-1',
  });
  const [exercise] = (await client.exercises.list({ name: 'Squat' })).items;
  const file = squats(1);
  const meta = {
    fileName: 'squats.mot',
    athleteID: athlete.ValorID,
    exerciseID: exercise!['Exercise ID'],
    date: new Date(Date.UTC(2026, 4, 4, 9, 30)),
  };
  const session = await client.sessions.record(file, meta);
  expect(session).toMatchObject({
    'Athlete ID': athlete.ValorID,
    'Session Name': 'Squat',
    'Assessment ID': 'singleExercise',
  });
  expect(session.Date).toMatch(/^2026-05-04T09:30:00/);
  expect(await client.sessions.get(session['Session ID'])).toEqual(session);

  const series = await client.ikData(session.s3Key);
  expect(series.time.at(-1)).toBeCloseTo(session.Duration, 6);
  expect(series.knee_angle_r).toHaveLength(series.time.length);
  const report = await client.reportData(session.s3Key);
  expect(report.Repetitions).toHaveLength(3);

  const part = await client.ikData(session.s3Key, { channels: ['knee_angle_r'], from: 0.5, to: 1 });
  expect(Object.keys(part)).toEqual(['time', 'knee_angle_r']);
  expect(part.knee_angle_r).toEqual(series.knee_angle_r!.slice(30, 61));
  expect((await client.ikData(session.s3Key, { points: 40 })).time).toHaveLength(40);
  expect(Object.keys(await client.ikData(session.s3Key, { channels: [] }))).toEqual(['time']);
  const download = await client.ikDataFile(session.s3Key, { format: 'mot', channels: ['knee_angle_r'] });
  expect(download.fileName).toBe('squats.mot');
  const again = readRecording(download.bytes, { fileName: download.fileName });
  expect([...again.channels[0]!.values]).toEqual(series.knee_angle_r);
  await expect(client.ikDataFile(session.s3Key, { format: 'csv', channels: ['knee'] })).rejects.toMatchObject(
    {
      code: 'invalid_parameter',
    },
  );

  const kept = report.Repetitions.slice(1).map(({ Start, Peak, End }) => ({ Start, Peak, End }));
  const patch = { Repetitions: kept, Version: report.Provenance.ReportVersion };
  const edited = await client.sessions.repetitions(session['Session ID'], patch);
  expect(edited.Repetitions).toMatchObject(kept.map((each) => ({ ...each, Source: 'edited' })));
  expect(await client.reportData(session.s3Key)).toEqual(edited);
  expect(await client.reportData(session.s3Key, { version: 1 })).toEqual(report);
  const reports = await client.sessions.reports(session['Session ID']).all();
  expect(reports.map(({ Version, Current }) => [Version, Current])).toEqual([
    [2, true],
    [1, false],
  ]);
  expect(await client.recomputation.start({ 'Session ID': session['Session ID'] })).toMatchObject({
    Failed: 0,
  });
  expect((await client.recomputation.get()).Outdated).toBe(0);

  const original = await client.sessions.original(session['Session ID']);
  expect(new TextDecoder().decode(original.bytes) === file).toBe(true);
  expect(original.fileName).toBe('squats.mot');
  expect(original.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  // The objects of this server lie in a folder.
  expect(await client.sessions.originalLink(session['Session ID'])).toEqual({
    URL: null,
    Expires: null,
    SourceFile: 'squats.mot',
    SourceSha256: original.sha256,
    SourceBytes: file.length,
  });

  expect(
    (await client.sessions.patch(session['Session ID'], { 'Session Name': 'Left Squat' }))['Session Name'],
  ).toBe('Left Squat');
  await client.sessions.delete(session['Session ID']);
  await expect(client.sessions.get(session['Session ID'])).rejects.toMatchObject({ code: 'not_found' });
});

test('every kind of file content is the same recording, and a repeated call changes nothing', async () => {
  const athlete = await client.athletes.create({ FirstName: 'Grace', LastName: 'Hopper' });
  const text = squats(2);
  const bytes = new TextEncoder().encode(text);
  const meta = {
    fileName: 'a.mot',
    athleteID: athlete.ValorID,
    sessionID: '0198F2B0-0000-7000-8000-000000000001',
  };
  const first = await client.sessions.record(text, meta);
  const { fileName: _, ...unnamed } = meta;
  expect(await client.sessions.record(bytes, meta)).toEqual(first);
  expect(await client.sessions.record(bytes.buffer as ArrayBuffer, meta)).toEqual(first);
  expect(await client.sessions.record(new Blob([bytes]), meta)).toEqual(first);
  expect(await client.sessions.record(new File([bytes], 'a.mot'), unnamed)).toEqual(first);
  await expect(client.sessions.record(squats(3), meta)).rejects.toMatchObject({
    code: 'conflict',
    status: 409,
  });
  await expect(client.sessions.record(bytes, unnamed)).rejects.toMatchObject({ code: 'missing_parameter' });
});

test('progress grows to the size of the file', async () => {
  const athlete = await client.athletes.create({ FirstName: 'Emmy', LastName: 'Noether' });
  const file = squats(4);
  const seen: number[] = [];
  const onProgress = (sent: number, total: number) => {
    expect(total).toBe(file.length);
    seen.push(sent);
  };
  await client.sessions.record(file, { fileName: 'a.mot', athleteID: athlete.ValorID }, { onProgress });
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(file.length);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.length).toBeGreaterThan(3);
});

test('a refused recording says why, streamed or not', async () => {
  const athlete = await client.athletes.create({ FirstName: 'Alan', LastName: 'Turing' });
  const meta = { fileName: 'a.mot', athleteID: athlete.ValorID };
  await expect(client.sessions.record('not a recording', meta)).rejects.toMatchObject({
    status: 422,
    code: expect.stringMatching(/^recording_/),
  });
  await expect(client.sessions.record('', meta)).rejects.toMatchObject({ code: 'recording_empty' });
  await expect(client.sessions.record('', meta, { onProgress: () => {} })).rejects.toMatchObject({
    code: 'recording_empty',
  });
  await expect(client.sessions.record('x', { ...meta, fileName: 'a.xlsx' })).rejects.toMatchObject({
    code: 'unsupported_file',
  });
});

test('pages hold every session once, in the order of the list', async () => {
  const athlete = await client.athletes.create({ FirstName: 'Lise', LastName: 'Meitner' });
  const athleteID = athlete.ValorID;
  const file = squats(5);
  const ids: string[] = [];
  for (let day = 1; day <= 5; day++) {
    ids.push(
      (await client.sessions.record(file, { fileName: 'a.mot', athleteID, date: `2026-05-0${day}` }))[
        'Session ID'
      ],
    );
  }
  const pages: number[] = [];
  for await (const { items } of client.sessions.list({ athleteID, limit: 2 }).pages())
    pages.push(items.length);
  expect(pages).toEqual([2, 2, 1]);
  const listed = await client.sessions.list({ athleteID: [athleteID], limit: 2, order: 'oldest' }).all();
  expect(listed.map((session) => session['Session ID'])).toEqual(ids);
  expect(await client.sessions.list({ athleteID, from: '2026-05-02', to: '2026-05-03' }).all()).toHaveLength(
    2,
  );
  expect(await client.sessions.list({ athleteID, name: 'nothing of that name' })).toEqual({
    items: [],
    token: null,
  });
});

test('channels are described, found by joint, and described anew', async () => {
  const input = {
    Channel: 'Knie/rechts 2',
    Joint: 'knee',
    Kind: 'flexion',
    Positive: 'flexion',
    Negative: 'extension',
  } as const;
  const entry = await client.channels.put(input);
  expect(entry).toMatchObject({ ...input, DefinedBy: 'organization' });
  const knees = await client.channels.list({ joint: 'knee' }).all();
  expect(knees).toContainEqual(entry);
  expect((await client.channels.put({ ...input, Offset: 5 })).Offset).toBe(5);
  await client.channels.delete(input.Channel);
  await expect(client.channels.delete(input.Channel)).rejects.toMatchObject({ code: 'not_found' });
  expect((await client.channels.list()).items.length).toBeGreaterThan(knees.length);
});

test('athletes, assessments and exercises live their lives', async () => {
  const athlete = await client.athletes.create({ FirstName: 'Marie', LastName: 'Curie', ExternalID: 'mc' });
  expect((await client.athletes.list({ externalID: 'mc' })).items).toEqual([athlete]);
  expect((await client.athletes.patch(athlete.ValorID, { LastName: 'Skłodowska-Curie' })).LastName).toBe(
    'Skłodowska-Curie',
  );
  const assessment = await client.assessments.create({
    'Assessment Name': 'Screen',
    'Athlete ID': athlete.ValorID,
  });
  expect((await client.assessments.list({ athleteID: athlete.ValorID })).items).toEqual([assessment]);
  await expect(client.athletes.delete(athlete.ValorID)).rejects.toMatchObject({ code: 'conflict' });
  await client.assessments.delete(assessment['Assessment ID']);
  await client.athletes.delete(athlete.ValorID);
  const exercise = await client.exercises.create({
    'Exercise Name': 'Cossack Squat',
    PrimaryChannel: 'knee_angle_r',
  });
  expect((await client.exercises.patch(exercise['Exercise ID'], { Category: 'Squats' })).Category).toBe(
    'Squats',
  );
  await client.exercises.delete(exercise['Exercise ID']);
  await expect(client.exercises.get(exercise['Exercise ID'])).rejects.toMatchObject({ code: 'not_found' });
});

test('an administrator looks after organizations, users, clients, keys and signing keys', async () => {
  const created = await client.organizations.create({ Name: 'Café Élan', Admin: 'boss@elan.example' });
  expect(created.OrganizationID).toBe('cafe-elan');
  const boss = createClient({
    url: server.url,
    username: 'boss@elan.example',
    password: created.Admin!.Password!,
    clientId: 'kinebase',
  });
  expect((await boss.organization()).Name).toBe('Café Élan');
  expect((await client.organizations.list()).items.map(({ OrganizationID }) => OrganizationID)).toContain(
    'cafe-elan',
  );

  const user = await boss.users.create({
    Username: 'coach@elan.example',
    Role: 'coach',
    Password: 'a good password',
  });
  expect(user.Password).toBeUndefined();
  expect((await boss.users.patch(user.UserID, { Role: 'viewer' })).Role).toBe('viewer');
  const app = await boss.clients.create({ Name: 'App', BodyForm: 'json' });
  const coach = createClient({
    url: server.url,
    username: 'coach@elan.example',
    password: 'a good password',
    clientId: app.ClientID,
  });
  expect((await coach.exercises.list()).items.length).toBeGreaterThan(100);
  await expect(coach.users.list()).rejects.toMatchObject({ code: 'forbidden', status: 403 });

  const key = await boss.keys.create({ Name: 'nightly' });
  const program = createClient({ url: server.url, apiKey: key.Key });
  await client.signingKeys.rotate();
  expect((await program.organization()).OrganizationID).toBe('cafe-elan');
  await boss.keys.revoke(key.KeyID);
  expect((await boss.keys.list()).items).toMatchObject([{ KeyID: key.KeyID, Revoked: true }]);
  await expect(program.organization()).rejects.toMatchObject({ code: 'unauthorized' });
  await boss.clients.delete(app.ClientID);
  await boss.users.delete(user.UserID);
  await expect(coach.organization()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a kept refresh token works until it is signed out', async () => {
  const { refreshToken } = await signIn({ url: `${server.url}/production/`, ...admin });
  const kept = { url: server.url, refreshToken: refreshToken!, clientId: admin.clientId };
  expect((await createClient(kept).organization()).OrganizationID).toBe('main');
  await signOut(kept);
  await expect(createClient(kept).organization()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
});
