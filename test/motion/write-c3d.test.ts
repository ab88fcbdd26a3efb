import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecording } from '../../src/motion/read.ts';
import type { Channel } from '../../src/motion/recording.ts';
import { writeC3d } from '../../src/motion/write/write-c3d.ts';
import { UnwritableError } from '../../src/motion/write/write-error.ts';

const channel = (name: string, unit: string, ...values: number[]): Channel => ({
  name,
  unit,
  values: Float64Array.from(values),
});
const write = (channels: Channel[], rate_hz = 60, firstFrame = 0) =>
  writeC3d({ rate_hz, frames: channels[0]?.values.length ?? 0, firstFrame, channels });
const read = (channels: Channel[], rate_hz = 60, firstFrame = 0) =>
  readRecording(write(channels, rate_hz, firstFrame), { fileName: 'a.c3d' });

test('angles of one value, markers and angle triples come back under their names, in degrees and metres', () => {
  const channels = [
    channel('knee_angle_r', 'deg', 1, 2, 3),
    channel('pelvis_tx', 'm', 0.5, 0.25, 0.125),
    channel('pelvis_ty', 'm', 1, 1, 1),
    channel('pelvis_tz', 'm', -1, 0, 1),
    channel('LHipAngles_x', 'deg', 10, 20, 30),
    channel('LHipAngles_y', 'deg', 1, 2, 3),
    channel('LHipAngles_z', 'deg', 0, -1, -2),
    channel('lonely_tx', 'm', 0.5, 1, 1.5),
  ];
  const found = read(channels);
  expect(found.format).toBe('c3d');
  expect(found.channels.map(({ name, unit }) => [name, unit])).toEqual(
    channels.map(({ name, unit }) => [name, unit]),
  );
  found.channels.forEach(({ values }, i) => {
    values.forEach((value, frame) => {
      expect(value).toBeCloseTo(channels[i]!.values[frame]!, 6);
    });
  });
  expect([...found.time].map((time) => Math.round(time * 60))).toEqual([0, 1, 2]);
});

test('a triple whose coordinates miss different frames, or whose name is taken, stays three points', () => {
  const channels = [
    channel('A_tx', 'm', 1, Number.NaN),
    channel('A_ty', 'm', 1, 2),
    channel('A_tz', 'm', 1, 2),
    channel('B_x', 'deg', 1, 2),
    channel('B_y', 'deg', 1, 2),
    channel('B_z', 'deg', 1, 2),
    channel('B', 'deg', 7, 8),
  ];
  const found = read(channels);
  expect(found.channels.map(({ name }) => name)).toEqual(channels.map(({ name }) => name));
  expect([...found.channels[0]!.values]).toEqual([1, Number.NaN]);
  expect([...found.channels[1]!.values]).toEqual([1, 2]);
});

test('what is neither an angle nor a length keeps its value', () => {
  const found = read([channel('knee_angle_r_vel', 'deg/s', 100, -200), channel('grip', '', 3, 4)]);
  expect(found.channels.map(({ name }) => name)).toEqual(['knee_angle_r_vel', 'grip']);
  expect([...found.channels[0]!.values]).toEqual([100, -200]);
});

test('a recording longer than sixteen bits count is read whole, and says where it began', () => {
  const values = Array.from({ length: 70_000 }, (_, i) => i % 128);
  const found = read([channel('a', 'deg', ...values)], 1000, 100);
  expect(found.time.length).toBe(70_000);
  expect(found.channels[0]!.values[69_999]).toBe(69_999 % 128);
  expect(found.header).toMatchObject({ firstFrame: 101, pointRate: 1000 });
});

test('names that the format cannot hold are refused', () => {
  expect(() => write([channel('x'.repeat(256), 'deg', 1)])).toThrow(UnwritableError);
  const many = Array.from({ length: 700 }, (_, i) => channel(`${i}`.padStart(200, 'n'), 'deg', 1));
  expect(() => write(many)).toThrow(/fewer/);
});

test('whatever the names and values, they are read again to the precision of a float', () => {
  const value = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -360, max: 360, noNaN: true }),
    fc.constantFrom(0, -0, Number.NaN),
  );
  const names = fc.uniqueArray(
    fc
      .string({ unit: fc.constantFrom(...'abcXYZ019_-./°ü膝 ,:"'.split('')), maxLength: 20 })
      .map((tail) => `q${tail.trimEnd()}`),
    { minLength: 1, maxLength: 300 },
  );
  fc.assert(
    fc.property(
      names,
      fc.array(value, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(30, 60, 100),
      (all, values, rate_hz) => {
        const channels = all.map((name, i) =>
          channel(name, 'deg', ...values.map((each) => (i % 2 === 0 ? each : -each))),
        );
        const found = read(channels, rate_hz);
        expect(found.channels.map(({ name }) => name)).toEqual(all);
        found.channels.forEach((each, i) => {
          expect(each.unit).toBe('deg');
          expect(each.values).toEqual(channels[i]!.values.map((was) => Math.fround(was)));
        });
      },
    ),
    { numRuns: 60 },
  );
});
