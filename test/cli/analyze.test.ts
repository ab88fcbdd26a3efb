import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { REFERENCE_NAMES } from '../motion/reference-data.ts';
import { type Caller, createCaller, motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell } from './kinebase.ts';

const shared = inject('shared');
const shell = createShell();
let server: TestServer;
let caller: Caller;
let athleteID: string;

beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  const { IdToken } = await server.signIn(username, password, clientId);
  caller = createCaller(server.url, `Bearer ${IdToken}`);
  athleteID = await caller.athlete();
  writeFileSync(join(shell.home, 'bends.mot'), motionFile());
});
afterAll(async () => {
  shell.end();
  await server?.end();
});

/** The report of a file as the command prints it, and as the server answers it. */
async function both(file: string, args: string[] = [], query: Record<string, string> = {}, more = '') {
  const { stdout, stderr, code } = await shell.run(['analyze', file, '--json', ...args]);
  expect(code, stderr).toBe(0);
  const uploaded = await caller.upload(
    { fileName: basename(file), athleteID, ...query },
    readFileSync(join(shell.home, file)),
  );
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201);
  const answer = await caller.call('GET', `/reportData?s3Key=${(uploaded.body as Session).s3Key}${more}`);
  return { offline: JSON.stringify(JSON.parse(stdout)), served: JSON.stringify(answer.body) };
}

describe('a file analyzed without a server', () => {
  test('gives the server’s report to the last byte, curves too', async () => {
    const { offline, served } = await both('bends.mot', ['--curves'], {}, '&curves=true');
    expect(offline).toBe(served);
    expect(Object.keys(JSON.parse(offline).Curves.Ang)).toContain('Knee Flex. (°)');
  });

  test('takes the options of an upload', async () => {
    const args = ['--cut-off', '4', '--order', '2', '--output-rate', '100', '--max-gap', '1'];
    const query = { cutOff: '4', order: '2', outputRate: '100', maxGap: '1' };
    const { offline, served } = await both('bends.mot', args, query);
    expect(offline).toBe(served);
    expect(JSON.parse(offline).Provenance).toMatchObject({ Rate: 100, MaxGap: 1, Filter: { CutOff: 4 } });
    const unfiltered = await both('bends.mot', ['--cut-off', 'off', '--interpolation', 'linear'], {
      cutOff: 'off',
      interpolation: 'linear',
    });
    expect(unfiltered.offline).toBe(unfiltered.served);
    expect(JSON.parse(unfiltered.offline).Provenance.Filter).toBe(null);
  });

  test('takes an exercise of your own, as the server does', async () => {
    const input = {
      'Exercise Name': 'Bends',
      PrimaryChannel: 'knee_angle_r',
      Metrics: [
        { Label: 'Knee', Side: 'R', Channel: 'knee_angle_r', Sign: 1, Min: 80, Max: 100, Source: 'ours' },
      ],
    };
    writeFileSync(join(shell.home, 'bends.json'), JSON.stringify(input));
    const exerciseID = await caller.exercise(input as Parameters<Caller['exercise']>[0]);
    const { offline, served } = await both('bends.mot', ['--definition', 'bends.json'], { exerciseID });
    expect(offline).toBe(served);
    expect(JSON.parse(offline).Provenance).toMatchObject({
      Exercise: 'Bends',
      Metrics: [{ RangeSource: 'ours' }],
    });
  });

  test.each([
    [['--definition', 'nothing.json'], /^error: there is no file nothing\.json\n$/],
    [['--definition', 'bends.mot'], /^error: bends\.mot is not a JSON object\n$/],
    [['--definition', 'bends.json', '--exercise', 'Squat'], /cannot be used with/],
    [['--cut-off', '30'], /^error: --cut-off 30 Hz must lie below half of --output-rate, 30 Hz/],
    [['--definition', '.'], /^error: \. is a folder; name the files in it\n$/],
    [['--channels', '--curves'], /'--channels' cannot be used with option '--curves'/],
    [['--channels', '--cut-off', '4'], /'--channels' cannot be used with option '--cut-off/],
    [['--cut-off', 'high'], /frequency above 0/],
    [['--order', '1.5'], /whole number/],
    [['--output-rate', '5'], /from 10 to 1000/],
  ])('refuses %j in a line', async (args, message) => {
    const ran = await shell.run(['analyze', 'bends.mot', ...args]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  test('is printed for people: repetitions, curves, and how it was made', async () => {
    const { stdout } = await shell.run(['analyze', 'bends.mot', '--curves', '--cut-off', '5']);
    expect(stdout).toContain('\nAngle over a repetition (mean ± SD)\n  Metric');
    expect(stdout).toMatch(/Knee Flex\. \(°\) +R +0\.\d ± \d\.\d .* deg\n/);
    expect(stdout).toContain('butterworth low-pass at 5 Hz, order 2, forward and backward');
    expect(stdout).toMatch(/knee flexion counted as positive: knee_angle_r from /);
    for (const line of stdout.split('\n')) expect(line).toBe(line.trimEnd());
  });

  test('says that a rate is not used where the file has times', async () => {
    const said = 'the file has its own times: the rate of 100 Hz that was given is not used';
    expect((await shell.run(['analyze', 'bends.mot', '--rate', '100'])).stdout).toContain(said);
    expect((await shell.run(['analyze', 'bends.mot', '--rate', '100', '--channels'])).stdout).toContain(said);
    const { offline, served } = await both('bends.mot', ['--rate', '100'], { rate: '100' });
    expect(offline).toBe(served);
  });

  test('names what it lacks in one line, and says nothing of angles where there are none', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i / 60},${Math.sin(i / 9)}`);
    writeFileSync(join(shell.home, 'shift.csv'), ['time,pelvis_tx', ...rows].join('\n'));
    const { stdout, code, stderr } = await shell.run(['analyze', 'shift.csv', '--exercise', 'Squat']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^ {2}missing or excluded: hip_flexion_l, hip_flexion_r, .*$/gm)).toHaveLength(1);
    expect(stdout).not.toMatch(/knee flexion|angles as recorded|stand out/);
  });
});

describe('a report of the server', () => {
  const run = async (...args: string[]) => {
    const { username, password, clientId } = server.firstAdministrator!;
    const account = ['--url', server.url, '--username', username, '--client', clientId];
    return shell.run(['report', ...args, ...account], { env: { KINEBASE_PASSWORD: password } });
  };

  test('is shown in any of its versions, with curves', async () => {
    const { body } = await caller.upload({ fileName: 'bends.mot', athleteID }, motionFile());
    const id = (body as Session)['Session ID'];
    const edited = { Repetitions: [{ Start: 0, End: 2 }] };
    expect((await caller.call('PATCH', `/sessions/${id}/repetitions`, edited)).status).toBe(200);
    const first = JSON.parse((await run(id, '--json', '--version', '1')).stdout);
    const second = JSON.parse((await run(id, '--json', '--curves')).stdout);
    expect([first.Repetitions.length, second.Repetitions.length]).toEqual([3, 1]);
    expect(second.Provenance.ReportVersion).toBe(2);
    expect(second.Curves.Ang['Knee Flex. (°)'].R.Repetitions.length).toBe(1);
    const { stdout } = await run(id, '--version', '2');
    expect(stdout).toContain('report 2, pipeline');
    expect(stdout).toContain('\nRepetitions, set by a person\n  #');
    expect(stdout).toContain("\n  Times count from the session's start\n");
    expect(stdout).toContain('\n  repetitions: set by a person\n');
    expect(stdout).not.toContain('stand out');
    expect(await run(id, '--version', '9')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('(not_found)'),
    });
    expect((await caller.call('PATCH', `/sessions/${id}/repetitions`, { Repetitions: [] })).status).toBe(200);
    const none = (await run(id)).stdout;
    expect(none).toContain('\nRepetitions, set by a person\n  none: a person has set that there are none\n');
    expect(none).toContain('\n  repetitions: set by a person\n');
    expect((await run(id, '--version', '1')).stdout).toMatch(
      /repetitions: knee_angle_r counted at its highest values, where they stand out by \d+\.\d°/,
    );
    expect((await run(id, '--version', 'last')).stderr).toContain('whole number');
  });
});

describe.skipIf(shared === null)('real recordings analyzed without a server', () => {
  test.each(REFERENCE_NAMES)('%s gives the server’s report', async (name) => {
    const { file } = JSON.parse(readFileSync(join(shared!, 'data/reference', `${name}.json`), 'utf8'));
    writeFileSync(join(shell.home, basename(file)), readFileSync(join(shared!, 'data/motion', file)));
    const { offline, served } = await both(basename(file));
    expect(offline).toBe(served);
  });
});
