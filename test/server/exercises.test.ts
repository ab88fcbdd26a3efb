import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exercise } from '../../src/contract/exercises.ts';
import type { Report } from '../../src/contract/reports.ts';
import { exerciseLibrary } from '../../src/motion/exercises/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

let server: TestServer;
/** Administrators of two organizations on one server. */
let ours: Caller;
let theirs: Caller;
beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  const signedIn = async (name: string, word: string) =>
    createCaller(server.url, `Bearer ${(await server.signIn(name, word, clientId)).IdToken}`);
  ours = await signedIn(username, password);
  const other = {
    OrganizationID: 'other',
    Name: 'Other',
    Admin: 'admin@other.example',
    Password: 'other-movement',
  };
  expect((await ours.call('POST', '/organizations', other)).status).toBe(201);
  theirs = await signedIn(other.Admin, other.Password);
});
afterAll(() => server?.end());

const find = async (caller: Caller, name: string): Promise<Exercise> =>
  (await caller.call('GET', `/exercises?name=${encodeURIComponent(name)}`)).body[0];

/** The report of a new recording of this exercise. */
async function reportOf(caller: Caller, exercise: Exercise, file = motionFile()): Promise<Report> {
  const athleteID = await caller.athlete();
  const exerciseID = exercise['Exercise ID'];
  const { body } = await caller.upload({ fileName: 'a.mot', athleteID, exerciseID }, file);
  return caller.report(body);
}

const rangeOf = (report: Report) => {
  const { Min, Max, Score } = report.WorkoutMetrics.Ang['Knee Flex. (°)']!.R!;
  return { Min, Max, Score };
};
const sourceOf = (report: Report) =>
  report.Provenance.Metrics.find(({ Label, Side }) => Label === 'Knee Flex. (°)' && Side === 'R')!
    .RangeSource;

describe('the exercise library of an organization', () => {
  test('is the built-in one, each range with its source', async () => {
    const exercises: Exercise[] = (await ours.call('GET', '/exercises')).body;
    expect(exercises.length).toBe(exerciseLibrary.length + 1);
    const scored = exercises.flatMap(({ Metrics }) => Metrics ?? []).filter(({ Min = null }) => Min !== null);
    expect(scored.length).toBeGreaterThan(100);
    expect(scored.filter(({ Source = '' }) => Source === '')).toEqual([]);
    expect(new Set(exercises.map(({ KneeFlexion }) => KneeFlexion))).toEqual(new Set(['positive']));
  });

  test('changes the next report of that organization with a range, and no other', async () => {
    const squat = await find(ours, 'Squat');
    const usual = await reportOf(ours, squat);
    expect(rangeOf(usual)).toEqual({ Min: 90, Max: 130, Score: 0.5 });
    expect(sourceOf(usual)).toBe('own convention: thighs at least level');

    const Metrics = squat.Metrics!.map((metric) =>
      metric.Label === 'Knee Flex. (°)'
        ? { ...metric, Min: 60, Max: 95, Source: 'our clinic, 2026' }
        : metric,
    );
    const path = `/exercises/${squat['Exercise ID']}`;
    expect((await ours.call('PATCH', path, { Metrics })).body).toEqual({ ...squat, Metrics });
    const changed = await reportOf(ours, squat);
    expect(rangeOf(changed)).toEqual({ Min: 60, Max: 95, Score: 1 });
    expect(sourceOf(changed)).toBe('our clinic, 2026');

    expect(await find(theirs, 'Squat')).toMatchObject({ Metrics: squat.Metrics });
    expect(rangeOf(await reportOf(theirs, await find(theirs, 'Squat')))).toEqual(rangeOf(usual));
  });

  test('keeps the source of a range that a client sends back without it, not that of a new range', async () => {
    const lunge = await find(ours, 'Right Forward Lunge');
    const sent = lunge.Metrics!.map(({ Source, ...metric }) => metric);
    const path = `/exercises/${lunge['Exercise ID']}`;
    const patch = async (Metrics: object[]): Promise<Exercise> =>
      (await ours.call('PATCH', path, { Metrics })).body;
    expect((await patch(sent)).Metrics).toEqual(lunge.Metrics);
    expect((await ours.call('PATCH', path, { Category: 'Legs' })).body.Metrics).toEqual(lunge.Metrics);
    const widened = await patch(sent.map((metric) => (metric.Min === 80 ? { ...metric, Min: 70 } : metric)));
    expect(widened.Metrics!.find(({ Min }) => Min === 70)).not.toHaveProperty('Source');
    expect(sourceOf(await reportOf(ours, lunge))).toBeNull();
  });

  test('drops the source of a range that a client changes and sends back with the old source, and takes a new one', async () => {
    const lunge = await find(ours, 'Left Forward Lunge');
    const at = lunge.Metrics!.findIndex(({ Source = '' }) => Source !== '');
    const change = async (more: object) => {
      const { Metrics } = await find(ours, 'Left Forward Lunge');
      const sent = Metrics!.map((metric, i) => (i === at ? { ...metric, ...more } : metric));
      const { body } = await ours.call('PATCH', `/exercises/${lunge['Exercise ID']}`, { Metrics: sent });
      const changed: Exercise['Metrics'] = body.Metrics;
      expect(changed!.toSpliced(at, 1)).toEqual(lunge.Metrics!.toSpliced(at, 1));
      return changed![at];
    };
    const widened = await change({ Max: 190 });
    expect(widened).toMatchObject({ Max: 190 });
    expect(widened).not.toHaveProperty('Source');
    expect(await change({ Max: 191, Source: 'our own norms' })).toMatchObject({ Source: 'our own norms' });
    expect(await change({ Sign: -1 })).toMatchObject({ Sign: -1, Source: 'our own norms' });
    expect(await change({ Max: 192 })).not.toHaveProperty('Source');
  });

  test('is turned for a recording that counts knee flexion down, and says so', async () => {
    const squat = await find(theirs, 'Squat');
    const down = motionFile()
      .split('\n')
      .map((line) => line.replace(/^(\d\S*\t)(\d)/, '$1-$2'))
      .join('\n');
    const usual = await reportOf(theirs, squat);
    const turned = await reportOf(theirs, squat, down);
    expect(turned.WorkoutMetrics.Ang['Knee Flex. (°)']).toEqual(usual.WorkoutMetrics.Ang['Knee Flex. (°)']);
    expect(turned.Repetitions).toEqual(usual.Repetitions);
    expect(turned.Provenance.KneeConvention).toMatchObject({ Flexion: 'negative', Turned: true });
    expect(turned.Provenance.Metrics.filter(({ Channel }) => Channel === 'knee_angle_r')).toMatchObject([
      { Label: 'Knee Flex. (°)', Sign: -1 },
    ]);

    const path = `/exercises/${squat['Exercise ID']}`;
    const asRecorded = await theirs.call('PATCH', path, { KneeFlexion: 'as recorded' });
    expect(asRecorded.body).toEqual({ ...squat, KneeFlexion: 'as recorded' });
    const { Provenance, WorkoutMetrics } = await reportOf(theirs, squat, down);
    expect(Provenance.KneeConvention).toMatchObject({ Flexion: 'negative', Turned: false });
    expect(WorkoutMetrics.Ang['Knee Flex. (°)']!.R!.FullMax).toBeLessThan(5);
    expect(Provenance.Flags.join()).toContain('seems to count flexion down');
  });

  test('takes new exercises as recorded, unless they say that they count flexion up', async () => {
    const create = async (input: object): Promise<Exercise> =>
      (await ours.call('POST', '/exercises', input)).body;
    expect((await create({ 'Exercise Name': 'Mine' })).KneeFlexion).toBe('as recorded');
    expect((await create({ 'Exercise Name': 'Up', KneeFlexion: 'positive' })).KneeFlexion).toBe('positive');
    const wrong = await ours.call('POST', '/exercises', { 'Exercise Name': 'Down', KneeFlexion: 'negative' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid_parameter']);
    expect(wrong.body.message).toContain('positive, as recorded');
  });
});
