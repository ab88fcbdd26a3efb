import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  channelsOfPoint,
  compareSummary,
  POINT_REFERENCES,
  readPointsReference,
} from '../motion/points-reference.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

const shared = inject('shared');
let server: TestServer;
let caller: Caller;
let athleteID: string;
beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  caller = createCaller(server.url, `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`);
  athleteID = await caller.athlete();
});
afterAll(() => server?.end());

async function recorded(fileName: string, bytes: BodyInit, more: Record<string, string> = {}) {
  const { status, body: session } = await caller.upload({ fileName, athleteID, ...more }, bytes);
  expect(status, JSON.stringify(session)).toBe(201);
  const { body: summary } = await caller.call('GET', `/sessions/${session['Session ID']}/recording`);
  return { session, summary };
}

describe.skipIf(shared === null)('recordings of points over HTTP', () => {
  test.each(POINT_REFERENCES)('%s is read as an independent program reads it', async (name) => {
    const reference = readPointsReference(name);
    const bytes = readFileSync(join(shared!, 'data/motion', reference.file));
    const { session, summary } = await recorded(basename(reference.file), bytes);
    expect(summary.SourceFile).toBe(basename(reference.file));
    compareSummary(reference, summary);

    const series = await caller.ikData(session);
    const measured = reference.markers.filter(({ validFrames }) => validFrames > 0);
    const names = measured.flatMap((marker) => channelsOfPoint(reference, marker.name));
    expect(Object.keys(series)).toEqual([
      'time',
      ...names.flatMap((channel) => [channel, `${channel}_vel`, `${channel}_acc`]),
    ]);
    // Metres, whatever the file has: the filtered series stays near the range of the file.
    for (const marker of measured) {
      channelsOfPoint(reference, marker.name).forEach((channel, axis) => {
        if (!/_t[xyz]$/.test(channel)) return;
        const middle = (marker.min![axis]! + marker.max![axis]!) / 2000;
        const reach = (marker.max![axis]! - marker.min![axis]!) / 1000 + 0.005;
        for (const value of series[channel]!) expect(Math.abs(value - middle)).toBeLessThan(reach);
      });
    }

    const report = await caller.report(session);
    if (reference.angleLabels === undefined || reference.angleLabels.length === 0) {
      expect(report.WorkoutMetrics).toEqual({ Ang: {}, Vel: {}, Acc: {}, Dec: {} });
      expect(report.Repetitions).toEqual([]);
      expect(report.Provenance.Flags).toContainEqual(expect.stringMatching(/^no angle/));
    }
  });
});

test('a recording is described as it was read, radians and milliseconds by their own names', async () => {
  const text = '# inDegrees=no\ntime_ms,knee_angle_r,knee_angle_r_vel,pelvis_tx\n';
  const rows = Array.from({ length: 60 }, (_, i) => `${10 * i},${i === 3 ? '' : i / 100},0,${i}\n`);
  const { summary } = await recorded('a.csv', text + rows.join(''));
  expect(summary).toMatchObject({
    Format: 'csv',
    Rows: 60,
    TimeFirst: 0,
    InDegrees: false,
    UnitSource: 'inDegrees',
  });
  expect(summary.TimeLast).toBeCloseTo(0.59, 12);
  expect(summary.Rate).toBeCloseTo(100, 9);
  expect(summary.Channels.map((channel: { Name: string }) => channel.Name)).toEqual([
    'knee_angle_r',
    'pelvis_tx',
  ]);
  expect(summary.Channels[0]).toMatchObject({ Unit: 'deg', SourceUnit: 'rad', Valid: 59, Missing: 1 });
  expect(summary.Channels[0].Max).toBeCloseTo(0.59, 12);
  expect(summary.Channels[0].Sum).toBeCloseTo(17.67, 10);
  expect(summary.Channels[1]).toMatchObject({ Unit: 'm', SourceUnit: 'm', First: { Index: 0, Value: 0 } });
  expect(summary.Notes).toEqual([
    'time converted to seconds: column "time_ms"',
    'left out, computed anew: knee_angle_r_vel',
  ]);
});

test('the stated rate of a file without time is the rate it is described with', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${2 * i}\n`).join('');
  const { summary } = await recorded('a.csv', rows, { rate: '50' });
  expect(summary.Rate).toBeCloseTo(50, 9);
});

test('a recording of another organization, or none, is not found', async () => {
  const { status, body } = await caller.call('GET', '/sessions/none/recording');
  expect(status).toBe(404);
  expect(body.code).toBe('not_found');
});

test('a damaged binary file is refused with the byte, and leaves nothing', async () => {
  const bytes = new Uint8Array(2048);
  bytes.set([2, 0x50]);
  bytes[512 + 3] = 99;
  const { status, body } = await caller.upload({ fileName: 'a.c3d', athleteID }, bytes);
  expect(status).toBe(422);
  expect(body).toMatchObject({ code: 'recording_malformed', message: expect.stringContaining('byte 515: ') });
  const other = await caller.upload({ fileName: 'a.c3d', athleteID }, motionFile());
  expect(other.body.code).toBe('recording_format_mismatch');
});
