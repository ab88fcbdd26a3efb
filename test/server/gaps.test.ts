import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Caller, createCaller } from './uploading.ts';

/** Twelve seconds of squats as CSV; the left knee is empty in rows 301 to 750, the arm turns round and is cut at 180°. */
const rows = Array.from({ length: 1201 }, (_, i) => {
  const t = i / 100;
  const knee = (45 - 45 * Math.cos(Math.PI * t)).toFixed(6);
  const arm = (((90 * t + 180) % 360) - 180).toFixed(6);
  return [t.toFixed(2), knee, i > 300 && i <= 750 ? '' : knee, arm].join(',');
});
const csv = ['time,knee_angle_r,knee_angle_l,arm_flex_r', ...rows].join('\n');

describe('a recording with a gap of 4.51 s and an arm that turns', () => {
  let server: TestServer;
  let caller: Caller;
  let athleteID: string;
  beforeAll(async () => {
    server = await startServer();
    const { username, password, clientId } = server.firstAdministrator!;
    const { IdToken } = await server.signIn(username, password, clientId);
    caller = createCaller(server.url, `Bearer ${IdToken}`);
    athleteID = await caller.athlete();
  });
  afterAll(() => server?.end());

  const record = async (more: Record<string, string> = {}) => {
    const { status, body } = await caller.upload({ fileName: 'squats.csv', athleteID, ...more }, csv);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };

  test('says what was excluded, and shows numbers throughout', async () => {
    const session = await record();
    const { Provenance } = await caller.report(session);
    expect(Provenance.ExcludedSegments).toEqual([
      { Channel: 'knee_angle_l', Start: 181 / 60, End: 450 / 60 },
    ]);
    expect(Provenance).toMatchObject({
      MaxGap: 3,
      AngleRange: 'as recorded',
      WrappedChannels: ['arm_flex_r'],
    });
    expect(Provenance.Flags).toContain('gap of 4.51 s at 3.00 s excluded: knee_angle_l');
    expect(Provenance.Flags).toContain('wraps at ±180° kept as recorded (3): arm_flex_r');
    const series = await caller.ikData(session);
    expect(Object.values(series).every((values) => values.every(Number.isFinite))).toBe(true);
    const table = await caller.call('GET', `/ikData?s3Key=${session.s3Key}&format=csv&channels=knee_angle_l`);
    const cells = table.bytes
      .toString()
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',')[1]);
    expect(cells.flatMap((cell, frame) => (cell === '' ? [frame] : []))).toEqual(
      Array.from({ length: 270 }, (_, i) => 181 + i),
    );
  });

  test('is bridged and unwrapped when that is asked for', async () => {
    const session = await record({ maxGap: '5', wraps: 'unwrap', interpolation: 'monotone', order: '4' });
    const { Provenance } = await caller.report(session);
    expect(Provenance).toMatchObject({
      MaxGap: 5,
      ExcludedSegments: [],
      AngleRange: 'unwrapped',
      Interpolation: 'monotone',
      Filter: { Name: 'butterworth', Order: 4, CutOff: 6, ZeroLag: true },
    });
    const { arm_flex_r: arm } = await caller.ikData(session);
    expect(arm!.at(-1)).toBeCloseTo(1080, 0);
  });

  test('is refused where the filter needs more frames than it has', async () => {
    const short = csv.split('\n').slice(0, 42).join('\n');
    const { status, body } = await caller.upload({ fileName: 'short.csv', athleteID, order: '10' }, short);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'recording_too_short' });
    expect(body.message).toContain('use a lower order');
  });
});
