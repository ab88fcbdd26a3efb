import { describe, expect, test } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { readRecording } from '../../src/motion/read.ts';

const SERIES = {
  time: [0, 0.1, 0.2],
  knee_angle_r: [1, null, 3],
  knee_angle_r_vel: [4, 5, 6],
  pelvis_tx: [0.1, 0.2, 0.3],
  wheel_vel: [7, 8, 9],
};
const read = (value: unknown) =>
  readRecording(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)), {
    fileName: 'x.json',
  });

describe('series as /ikData answers them', () => {
  test.each([
    ['plain', SERIES],
    ['in an envelope', { statusCode: 200, body: SERIES }],
    ['in an envelope, as a text', { statusCode: 200, body: JSON.stringify(SERIES) }],
    ['in a document', { ikData: SERIES, reportData: null }],
    ['behind a byte order mark', `\ufeff${JSON.stringify(SERIES)}`],
  ])('are read as a recording: %s', (_how, value) => {
    const { time, channels, format, notes } = read(value);
    expect(Array.from(time)).toEqual(SERIES.time);
    expect(channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['knee_angle_r', 'deg'],
      ['pelvis_tx', 'm'],
      ['wheel_vel', 'deg'],
    ]);
    expect(Array.from(channels[0]!.values)).toEqual([1, Number.NaN, 3]);
    expect(format).toBe('json');
    expect(notes).toEqual([expect.stringContaining('knee_angle_r_vel')]);
  });

  test.each([
    ['cut off', '{"time":[0,1', 'recording_malformed'],
    ['no object', '[1,2]', 'recording_malformed'],
    ['without time', { a: [1] }, 'recording_malformed'],
    ['with time alone', { time: [0, 1] }, 'recording_no_data'],
    ['with a series of another length', { time: [0, 1], a: [1] }, 'recording_ragged'],
    ['with texts', { time: [0, 1], a: ['1', '2'] }, 'recording_malformed'],
    ['with a text for a series', { time: [0, 1], a: 'x' }, 'recording_malformed'],
    ['with an envelope of nothing', { statusCode: 200, body: 'nothing' }, 'recording_malformed'],
  ])('a document %s is refused', (_what, value, code) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ name: RecordingError.name, code }));
  });
});
