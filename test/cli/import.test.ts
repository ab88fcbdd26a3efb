import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sessionIdFor } from '../../src/cli/importFile.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { generateMovement } from '../../src/motion/generator/index.ts';
import { writeStorage } from '../../src/motion/write/write-sto.ts';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell } from './kinebase.ts';

let server: TestServer;
let client: KinebaseClient;
let env: Record<string, string>;
const shell = createShell();
beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  env = {
    KINEBASE_URL: server.url,
    KINEBASE_KEY: (await client.keys.create({ Name: 'test', Scopes: ['read', 'record'] })).Key,
  };
  for (const seed of [1, 2]) writeFileSync(join(shell.home, `squats-${seed}.mot`), movement('Squat', seed));
  writeFileSync(join(shell.home, 'zipped.mot.gz'), gzipSync(movement('Squat', 3)));
  writeFileSync(join(shell.home, 'broken.mot'), 'not a recording at all');
});
afterAll(async () => {
  shell.end();
  await server.end();
});

const movement = (exercise: string, seed: number) =>
  writeStorage(generateMovement(findExercise(exercise)!, { seed, repetitions: 3 }), exercise);
const kinebase = (...args: string[]) => shell.run(args, { env });

describe('import', () => {
  test('records files for a new athlete, goes on after refused ones, and repeating it changes nothing', async () => {
    const args = [
      'import',
      'squats-1.mot',
      'broken.mot',
      'nothing.mot',
      'squats-2.mot',
      'zipped.mot.gz',
      '--athlete',
      'Ada Lovelace',
      '--exercise',
      'Squat',
    ];
    const unknown = await kinebase(...args);
    expect(unknown).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: there is no athlete "Ada Lovelace"; --create-athlete adds one\n',
    });

    const first = await kinebase(...args, '--create-athlete');
    expect(first.code).toBe(1);
    const id = '[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}';
    const line = (file: string) => String.raw`${file}: recorded: Squat, \d+\.\d s, session ${id}\n`;
    expect(first.stdout).toMatch(
      new RegExp(
        `^${line('squats-1.mot')}${line('squats-2.mot')}${line('zipped.mot.gz')}Ada Lovelace: 3 recorded, 2 failed\n$`,
      ),
    );
    expect(first.stderr).toMatch(
      /^Added athlete Ada Lovelace \(\S+\)\nbroken\.mot: failed: .*\(recording_\w+\)\nnothing\.mot: failed: there is no file nothing\.mot\n$/,
    );

    const again = await kinebase(
      'import',
      'squats-1.mot',
      'squats-2.mot',
      'zipped.mot.gz',
      '--athlete',
      'Ada Lovelace',
      '--exercise',
      'Squat',
    );
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('squats-1.mot: already there, left as it was recorded: Squat');
    expect(again.stdout).toContain('Ada Lovelace: 0 recorded, 3 already there\n');
    const [athlete] = (await client.athletes.list()).items;
    expect(athlete).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace' });
    expect(await client.sessions.list({ athleteID: athlete!.ValorID }).all()).toHaveLength(3);
  });

  test('takes what is known of the recording', async () => {
    const athlete = await client.athletes.create({
      FirstName: 'Grace',
      LastName: 'Hopper',
      ExternalID: 'gh-1',
    });
    const assessment = await client.assessments.create({
      'Assessment Name': 'Screen',
      'Athlete ID': athlete.ValorID,
    });
    const ran = await kinebase(
      'import',
      'squats-1.mot',
      '--athlete',
      'gh-1',
      '--date',
      '2026-05-04T09:30:00Z',
      '--assessment',
      assessment['Assessment ID'],
      '--session-name',
      'First try',
    );
    expect(ran.code).toBe(0);
    const [session] = (await client.sessions.list({ athleteID: athlete.ValorID })).items;
    expect(session).toMatchObject({
      'Session Name': 'First try',
      'Assessment ID': assessment['Assessment ID'],
      Date: expect.stringMatching(/^2026-05-04T09:30:00/),
    });
    const free = await kinebase(
      'import',
      'squats-2.mot',
      '--athlete',
      athlete.ValorID.toLowerCase(),
      '--kind',
      'free',
    );
    expect(free.code).toBe(0);
    expect((await client.sessions.list({ athleteID: athlete.ValorID })).items).toHaveLength(1);
  });

  test('takes the processing of an upload', async () => {
    const athlete = await client.athletes.create({ FirstName: 'Katherine', LastName: 'Johnson' });
    const to = ['--athlete', athlete.ValorID];
    const options = '--output-rate 100 --cut-off 4 --order 3 --interpolation linear --max-gap 1 --unwrap';
    expect((await kinebase('import', 'squats-1.mot', ...to, ...options.split(' '))).code).toBe(0);
    expect((await kinebase('import', 'squats-2.mot', ...to, '--cut-off', 'off')).code).toBe(0);
    const { items } = await client.sessions.list({ athleteID: athlete.ValorID });
    const provenance = async (place: number) => (await client.reportData(items[place]!.s3Key)).Provenance;
    const both = [await provenance(0), await provenance(1)].sort((a, b) => a.Rate - b.Rate);
    expect(both[1]).toMatchObject({
      Rate: 100,
      Filter: { CutOff: 4, Order: 3 },
      Interpolation: 'linear',
      MaxGap: 1,
      AngleRange: 'unwrapped',
    });
    expect(both[0]).toMatchObject({ Rate: 60, Filter: null });
    const wrong = await kinebase('import', 'zipped.mot.gz', ...to, '--cut-off', '40');
    expect(wrong).toMatchObject({ code: 1, stdout: 'Katherine Johnson: 0 recorded, 1 failed\n' });
    expect(wrong.stderr).toContain('cutOff 40 Hz must lie below half of outputRate, 30 Hz');
  });

  test('says which options a file that is already there does not follow, and what changes them', async () => {
    const athlete = await client.athletes.create({ FirstName: 'Mary', LastName: 'Jackson' });
    const again = ['import', 'squats-1.mot', '--athlete', athlete.ValorID];
    const chosen = ['--date', '2026-05-04T09:30:00Z', '--cut-off', '4', '--interpolation', 'auto'];
    expect((await kinebase(...again, ...chosen)).code).toBe(0);
    expect((await kinebase(...again, ...chosen)).stdout).not.toContain('not applied');
    const { stdout } = await kinebase(...again, '--exercise', 'Squat', '--date', '2026-05-05', '--unwrap');
    const [session] = (await client.sessions.list({ athleteID: athlete.ValorID })).items;
    const id = session!['Session ID'];
    expect(stdout).toContain(
      `session ${id}; not applied: --exercise, --date, --unwrap; change it with kinebase session ${id} --exercise … --date … --unwrap\n`,
    );

    const changes = ['--exercise', 'Squat', '--date', '2026-05-05', '--name', 'Second look', '--unwrap'];
    const changed = await kinebase('session', id, ...changes);
    expect(changed).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        new RegExp(
          `^Second look\nMary Jackson, 2026-05-05 00:00 UTC, .* s\nExercise Squat, report 2, session ${id}\n$`,
        ),
      ),
      stderr: '',
    });
    expect((await kinebase('session', id)).stdout).toBe(changed.stdout);
    const { Provenance } = await client.reportData(session!.s3Key);
    expect(Provenance).toMatchObject({
      Exercise: 'Squat',
      AngleRange: 'unwrapped',
      Filter: { CutOff: 6 },
      ReportVersion: 2,
    });
    const reset = await kinebase('session', id, '--default-processing', '--assessment', 'singleExercise');
    expect(reset.stdout).toContain('report 3');
    const both = await kinebase('session', id, '--default-processing', '--unwrap');
    expect(both).toMatchObject({ code: 1, stderr: expect.stringContaining('not both') });
    expect((await kinebase('session', id, '--exercise', 'Sqat')).stderr).toContain('similar: Squat');
    await client.sessions.delete(id);
  });

  test('refuses to guess who or what is meant', async () => {
    const twin = { FirstName: 'Sam', LastName: 'Smith' };
    const one = await client.athletes.create({ ...twin, ExternalID: 's-1' });
    const other = await client.athletes.create(twin);
    const ambiguous = await kinebase('import', 'squats-1.mot', '--athlete', 'Sam Smith', '--create-athlete');
    expect(ambiguous.stderr).toContain('2 athletes are called "Sam Smith"; say which by id: ');
    expect(ambiguous.stderr).toContain(`${one.ValorID} (ExternalID s-1)`);
    expect(ambiguous.stderr).toContain(other.ValorID);
    expect((await kinebase('import', 'squats-1.mot', '--athlete', 'sam smiht')).stderr).toContain(
      'similar: Sam Smith',
    );
    const exercise = await kinebase(
      'import',
      'squats-1.mot',
      '--athlete',
      'Ada Lovelace',
      '--exercise',
      'squat',
    );
    expect(exercise).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no exercise "squat"; similar: Squat'),
    });
  });

  test('stops where every further file would meet the same fault', async () => {
    const read = (await client.keys.create({ Name: 'read only' })).Key;
    const ran = await shell.run(['import', 'squats-1.mot', 'squats-2.mot', '--athlete', 's-1'], {
      env: { ...env, KINEBASE_KEY: read },
    });
    expect(ran).toMatchObject({ code: 1, stdout: 'Sam Smith: 0 recorded, 2 failed\n' });
    expect(ran.stderr).toMatch(
      /^squats-1\.mot: failed: .*\(forbidden\)\nThat would meet the other 1 too: not sent\n$/,
    );
  });

  test('the session id follows from the bytes and the athlete', () => {
    const bytes = new TextEncoder().encode('abc');
    expect(sessionIdFor(bytes, 'A')).toBe(sessionIdFor(bytes, 'A'));
    expect(sessionIdFor(bytes, 'A')).not.toBe(sessionIdFor(bytes, 'B'));
    expect(sessionIdFor(new TextEncoder().encode('abd'), 'A')).not.toBe(sessionIdFor(bytes, 'A'));
  });
});

describe('sessions and report', () => {
  test('lists as a table, newest first, with names', async () => {
    const { stdout, code } = await kinebase('sessions', '--athlete', 'gh-1');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Date \(UTC\) +Athlete +Session +Seconds +Session ID\n2026-05-04 09:30 +Grace Hopper +First try +\d+\.\d +\S+\n$/,
    );
  });

  test('filters, and lists as JSON, one session a line', async () => {
    const { stdout } = await kinebase(
      'sessions',
      '--json',
      '--athlete',
      'Ada Lovelace',
      '--athlete',
      'gh-1',
      '--limit',
      '2',
      '--oldest-first',
    );
    const sessions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(sessions.map((session) => session['Session Name'])).toEqual(['First try', 'Squat']);
    expect(
      (await kinebase('sessions', '--name', 'First try', '--from', '2026-05-04', '--to', '2026-05-04')).stdout
        .trim()
        .split('\n'),
    ).toHaveLength(2);
    expect(
      (await kinebase('sessions', '--exercise', 'Squat', '--json')).stdout.trim().split('\n'),
    ).toHaveLength(3);
    expect(await kinebase('sessions', '--name', 'none')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No sessions\n',
    });
    expect((await kinebase('sessions', '--from', 'yesterday')).stderr).toContain('(invalid_parameter)');
  });

  test('the report of a session by id or key, for people and as JSON', async () => {
    const [session] = (await client.sessions.list({ name: 'Squat' })).items;
    const { stdout, code } = await kinebase('report', session!['Session ID']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Squat\nAda Lovelace, \d{4}-\d\d-\d\d \d\d:\d\d UTC, \d+\.\d s\n\nMetrics\n {2}Metric +Side +AvgMax/,
    );
    expect(stdout).toMatch(/\nRepetitions on \S+\n {2}#.*\n {2}1 .*automatic\n {2}2 .*\n {2}3 .*\n/);
    expect((await kinebase('report', session!.s3Key)).stdout).toMatch(/^ik-\S+\n\nMetrics\n/);
    expect(JSON.parse((await kinebase('report', session!.s3Key, '--json')).stdout)).toEqual(
      await client.reportData(session!.s3Key),
    );
    expect(await kinebase('report', 'nothing')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('(not_found)'),
    });
  });
});

describe('analyze', () => {
  test('computes without a server what the server computes', async () => {
    const athlete = await client.athletes.create({ FirstName: 'Off', LastName: 'Line' });
    const [exercise] = (await client.exercises.list({ name: 'Squat' })).items;
    for (const [file, args, exerciseID] of [
      ['squats-2.mot', ['--exercise', 'Squat'], exercise!['Exercise ID']],
      ['zipped.mot.gz', [], undefined],
    ] as const) {
      const meta = {
        fileName: file,
        athleteID: athlete.ValorID,
        ...(exerciseID === undefined ? {} : { exerciseID }),
      };
      const session = await client.sessions.record(readFileSync(join(shell.home, file)), meta);
      const { stdout } = await shell.run(['analyze', file, '--json', ...args]);
      expect(JSON.parse(stdout)).toEqual(await client.reportData(session.s3Key));
    }
  });

  test('prints the same table as report', async () => {
    const { stdout, code } = await shell.run(['analyze', 'squats-1.mot', '--exercise', 'Squat']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^squats-1\.mot\nSquat, \d+\.\d s, \d+ rows at 60\.0 Hz\n\nMetrics\n {2}Metric +Side/,
    );
  });

  test('lists the channels of a file as a server describes them', async () => {
    const athlete = await client.athletes.create({ FirstName: 'Chan', LastName: 'Nel' });
    const meta = { fileName: 'squats-2.mot', athleteID: athlete.ValorID };
    const session = await client.sessions.record(readFileSync(join(shell.home, 'squats-2.mot')), meta);
    const { stdout: json } = await shell.run(['analyze', 'squats-2.mot', '--channels', '--json']);
    expect(JSON.parse(json)).toEqual(await client.sessions.recording(session['Session ID']));
    const { stdout, code } = await shell.run(['analyze', 'squats-2.mot', '--channels']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^squats-2\.mot\nmot, \d+ rows at 60\.00 Hz, 0 s to .* channels\n\nchannel +unit/);
    expect(stdout).toMatch(/^knee_angle_r +deg +\d+ +0 /m);
  });

  test.each([
    [['broken.mot'], /^error: .*\(recording_\w+\)\n$/],
    [['nothing.mot'], /^error: there is no file nothing\.mot\n$/],
    [['.'], /^error: \. is a folder; name the files in it\n$/],
    [['squats-1.mot', '--exercise', 'Sqat'], /similar: Squat/],
    [['squats-1.mot', '--rate', 'fast'], /number of samples per second/],
  ])('%j is refused in a line', async (args, message) => {
    const ran = await shell.run(['analyze', ...args]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });
});

const shared = inject('shared');
describe.skipIf(shared === null)('recordings of real systems', () => {
  test('are imported and analyzed alike', async () => {
    const folder = join(shared!, 'data/motion');
    const files = [
      'ik/squats_deg.mot',
      'ik/rom_fullbody_rad.mot',
      'ik/walking_states_rad.sto',
      'csv/opencap_treadmill_walking.csv',
      'ik/gait10dof_crlf.mot',
      'trc/walking_01.trc',
      'c3d/gait-pig.c3d',
    ].map((file) => join(folder, file));
    const imported = await kinebase(
      'import',
      ...files,
      join(folder, 'README.md'),
      '--athlete',
      'Real Recordings',
      '--create-athlete',
    );
    expect(imported.code).toBe(1);
    expect(imported.stdout).toContain('Real Recordings: 7 recorded, 1 failed');
    expect(imported.stderr).toContain('(unsupported_file)');
    const athlete = (await client.athletes.list().all()).find(({ LastName }) => LastName === 'Recordings')!;
    for (const session of await client.sessions.list({ athleteID: athlete.ValorID }).all()) {
      const report = await client.reportData(session.s3Key);
      const file = files.find((path) => path.endsWith(report.Provenance.SourceFile))!;
      expect(JSON.parse((await shell.run(['analyze', file, '--json'])).stdout)).toEqual(report);
    }
  });
});
