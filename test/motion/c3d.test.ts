import { describe, expect, it } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { readRecording } from '../../src/motion/read.ts';
import type { Recording } from '../../src/motion/recording.ts';
import { type C3dContent, c3dBytes } from './c3d-bytes.ts';

const read = (content: C3dContent): Recording => readRecording(c3dBytes(content), { fileName: 'a.c3d' });

function failure(bytes: Uint8Array): RecordingError {
  try {
    readRecording(bytes, { fileName: 'a.c3d' });
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
  return expect.fail('was read');
}

const values = ({ channels }: Recording) =>
  Object.fromEntries(channels.map((channel) => [channel.name, [...channel.values]]));

const WALK: C3dContent = {
  labels: ['A22:RKNE', 'KneeAngles'],
  points: [
    [[100, -200.5, 3000], null, [102, -203, 3001.5]],
    [
      [10, 1, -2],
      [20.5, 2, -3],
      [30, 3, -4],
    ],
  ],
  scale: 0.5,
  rate_hz: 50,
  parameters: { 'POINT:ANGLES': { text: ['KneeAngles'] }, 'POINT:ANGLE_UNITS': { text: ['deg'] } },
};

describe.each(['Intel', 'DEC', 'MIPS'] as const)('C3D written by %s', (processor) => {
  it.each(['integer', 'float'] as const)('as %s is read', (storage) => {
    const recording = read({ ...WALK, processor, storage, firstFrame: 100 });
    expect([...recording.time]).toEqual([0, 1 / 50, 2 / 50]);
    expect(values(recording)).toEqual({
      'A22:RKNE_tx': [0.1, Number.NaN, 102 * 0.001],
      'A22:RKNE_ty': [-0.2005, Number.NaN, -0.203],
      'A22:RKNE_tz': [3, Number.NaN, 3.0015],
      KneeAngles_x: [10, 20.5, 30],
      KneeAngles_y: [1, 2, 3],
      KneeAngles_z: [-2, -3, -4],
    });
    expect(recording).toMatchObject({ format: 'c3d', inDegrees: true, unitSource: 'header text', notes: [] });
    expect(recording.header).toMatchObject({
      processor,
      storage,
      pointRate: 50,
      firstFrame: 100,
      lastFrame: 102,
      units: 'mm',
      angleLabels: ['KneeAngles'],
    });
    expect(recording.channels[0]).toMatchObject({ unit: 'm', source: { unit: 'mm', scale: 0.001 } });
    expect(recording.channels[3]).toMatchObject({ unit: 'deg' });
  });

  it('reads the same wherever its parameters lie, and past analog samples', () => {
    const plain = values(read({ ...WALK, processor }));
    for (const change of [{ groupsLast: true }, { parameterBlock: 5 }, { analogPerFrame: 13 }])
      expect(values(read({ ...WALK, processor, ...change }))).toEqual(plain);
  });

  it('reads frame numbers beyond a word', () => {
    const frames = 70_000;
    const long = Array.from({ length: frames }, (_, i): [number, number, number] => [i % 1000, 1, 2]);
    const recording = read({
      processor,
      labels: ['A'],
      points: [long],
      firstFrame: 10,
      header: { last: 65_535 },
      storage: 'integer',
      scale: 1,
    });
    expect(recording.time.length).toBe(frames);
    expect(recording.header).toMatchObject({ firstFrame: 10, lastFrame: 70_009 });
    expect(recording.channels[0]!.values[frames - 1]).toBeCloseTo(0.999, 12);
  });
});

describe('points of a C3D file', () => {
  const three = (x: number): [number, number, number][] => [
    [x, 0, 0],
    [x, 0, 0],
  ];

  it('are named by labels in several parameters', () => {
    const labels = Array.from({ length: 300 }, (_, i) => `M${i}`);
    const recording = read({ labels, points: labels.map((_, i) => three(i)) });
    expect(recording.channels.map(({ name }) => name)).toEqual(
      labels.flatMap((label) => [`${label}_tx`, `${label}_ty`, `${label}_tz`]),
    );
    expect(recording.channels[3 * 299]!.values[0]).toBeCloseTo(0.299, 12);
  });

  it('without a label or with that of another are numbered, saying so', () => {
    const recording = read({ labels: ['A', '', 'A'], points: [three(1), three(2), three(3)] });
    expect(Object.keys(values(recording)).filter((name) => name.endsWith('x'))).toEqual([
      'A_tx',
      'point2_tx',
      'A#3_tx',
    ]);
    expect(recording.notes).toEqual([
      'points without a label, named: point2',
      'labels of several points, numbered: A#3',
    ]);
  });

  it('of one value are one channel', () => {
    const recording = read({
      labels: ['knee_angle_r', 'pelvis_tx', 'power', 'share'],
      points: [three(45), three(900), three(7), three(8)],
      parameters: {
        'POINT:ANGLES': { text: ['knee_angle_r'] },
        'POINT:POWERS': { text: ['power'] },
        'POINT:POWER_UNITS': { text: ['W'] },
        'KINEBASE:SINGLE': { text: ['knee_angle_r', 'pelvis_tx', 'power', 'share'] },
        'KINEBASE:UNITS': { text: ['deg', 'm', 'W', '%'] },
        'POINT:SCALARS': { text: ['share'] },
      },
    });
    expect(recording.channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['knee_angle_r', 'deg'],
      ['pelvis_tx', 'm'],
      ['power', 'W'],
      ['share', '%'],
    ]);
    expect(values(recording)).toEqual({
      knee_angle_r: [45, 45],
      pelvis_tx: [0.9, 0.9],
      power: [7, 7],
      share: [8, 8],
    });
    expect(recording.unitSource).toBe('assumed');
  });

  it('that are angles in radians become degrees', () => {
    const recording = read({
      labels: ['A'],
      points: [[[Math.fround(Math.PI), 0, 0]]],
      parameters: { 'POINT:ANGLES': { text: ['A'] }, 'POINT:ANGLE_UNITS': { text: ['rad'] } },
    });
    expect(recording.inDegrees).toBe(false);
    expect(recording.channels[0]!.values[0]).toBeCloseTo(180, 4);
    expect(recording.channels[0]!.source?.unit).toBe('rad');
  });

  it.each([
    ['m', 1],
    ['cm', 0.01],
    ['in', 0.0254],
  ])('in %s become metres', (unit, scale) => {
    const { channels } = read({
      labels: ['A'],
      points: [three(2)],
      parameters: { 'POINT:UNITS': { text: [unit] } },
    });
    expect(channels[0]!.values[0]).toBeCloseTo(2 * scale, 12);
  });

  it('in no unit are taken as millimetres, saying so', () => {
    const recording = read({ labels: ['A'], points: [three(2)], parameters: { 'POINT:UNITS': undefined } });
    expect(recording.channels[0]!.values[0]).toBeCloseTo(0.002, 12);
    expect(recording.notes).toEqual(['no unit of length is stated: millimetres assumed']);
  });
});

describe('a damaged C3D file', () => {
  const whole = c3dBytes(WALK);
  const changed = (at: number, byte: number) => {
    const bytes = whole.slice();
    bytes[at] = byte;
    return bytes;
  };

  it('names the byte of the fault', () => {
    expect(failure(changed(515, 7))).toMatchObject({ code: 'recording_malformed', offset: 515 });
    expect(failure(changed(515, 7)).message).toMatch(/^byte 515: processor 7 /);
    expect(failure(changed(0, 120))).toMatchObject({ code: 'recording_truncated', offset: 0 });
    expect(failure(whole.slice(0, 100))).toMatchObject({ code: 'recording_truncated', offset: 100 });
    expect(failure(whole.slice(0, whole.length - 470))).toMatchObject({ code: 'recording_truncated' });
  });

  it('with a wrong count of frames gives the frames that are there, saying so', () => {
    const recording = read({
      ...WALK,
      header: { last: 90 },
      parameters: {
        'POINT:FRAMES': { integers: [90] },
        'TRIAL:ACTUAL_START_FIELD': undefined,
        'TRIAL:ACTUAL_END_FIELD': undefined,
      },
    });
    expect(recording.time.length).toBe(16);
    expect(recording.notes[0]).toBe('the header states 90 frames, the file has 16');
  });

  it('that states a million points is refused before memory is taken for them', () => {
    const many = { ...WALK, parameters: { 'POINT:USED': { integers: [60_000] } } };
    expect(failure(c3dBytes(many))).toMatchObject({ code: 'recording_too_long', offset: 2 });
  });
});
