import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { analyze } from '../../src/server/analysis.ts';
import { type Analyzer, createAnalyzer } from '../../src/server/analyzer.ts';
import { GENERAL } from '../../src/server/definition.ts';
import { ApiError } from '../../src/server/errors.ts';
import { motionFile } from './uploading.ts';

let analyzer: Analyzer;
const threads: Worker[] = [];
const started = (worker: Worker) => void threads.push(worker);
process.on('worker', started);
afterEach(async () => {
  await analyzer.close();
  threads.length = 0;
});

const input = (text: string | Buffer, fileName = 'squat.mot') => ({
  bytes: Buffer.from(text),
  fileName,
  rate_hz: null,
  exercise: GENERAL,
});
/** Long enough that it is still being computed when the test goes on. */
const long = () =>
  input(motionFile({ seconds: 300, rate: 100, names: Array.from({ length: 10 }, (_, i) => `joint_${i}`) }));
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => error,
  );

test('a thread computes what the same function computes here, and gives buffers', async () => {
  analyzer = createAnalyzer(1);
  const made = await analyzer.analyze(input(motionFile()));
  const here = await analyze(input(motionFile()));
  expect(made).toEqual(here);
  for (const buffer of [made.series!.series, made.series!.brotli, made.report])
    expect(Buffer.isBuffer(buffer)).toBe(true);
});

test('the caller keeps the bytes it handed over', async () => {
  analyzer = createAnalyzer(1);
  const job = input(motionFile());
  await analyzer.analyze(job);
  expect(job.bytes.toString()).toBe(motionFile());
});

test('a refusal keeps its code and its words, and the thread goes on', async () => {
  analyzer = createAnalyzer(1);
  for (const [text, code] of [
    ['', 'recording_empty'],
    [motionFile({ seconds: 0.05 }), 'recording_too_short'],
    [motionFile().slice(0, -14), 'recording_truncated'],
  ] as const) {
    const error = await fault(analyzer.analyze(input(text)));
    expect(error).toBeInstanceOf(RecordingError);
    expect((error as RecordingError).code).toBe(code);
    expect((error as RecordingError).message).toBe(((await fault(analyze(input(text)))) as Error).message);
  }
  expect((await analyzer.analyze(input(motionFile()))).duration_s).toBe(4);
  expect(threads.length).toBe(1);
});

test('twenty at once on two threads: each gets its own', async () => {
  analyzer = createAnalyzer(2);
  const lengths = Array.from({ length: 20 }, (_, i) => 1 + i / 4);
  const made = await Promise.all(lengths.map((seconds) => analyzer.analyze(input(motionFile({ seconds })))));
  expect(made.map((each) => each.duration_s)).toEqual(lengths);
  expect(threads.length).toBe(2);
});

test('a thread that dies fails its own job and no other', async () => {
  analyzer = createAnalyzer(1);
  await analyzer.analyze(input(motionFile()));
  const doomed = fault(analyzer.analyze(long()));
  const waiting = [2, 3].map((seconds) => analyzer.analyze(input(motionFile({ seconds }))));
  await threads[0]!.terminate();
  expect(await doomed).toMatchObject({ message: 'the analysis thread ended' });
  expect((await Promise.all(waiting)).map((each) => each.duration_s)).toEqual([2, 3]);
});

test('closing ends what is computed and sends away what waits, to come back', async () => {
  analyzer = createAnalyzer(1);
  await analyzer.analyze(input(motionFile()));
  const computed = fault(analyzer.analyze(long()));
  const waiting = fault(analyzer.analyze(input(motionFile())));
  await analyzer.close();
  expect(await computed).toBeInstanceOf(Error);
  const error = await waiting;
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'unavailable', headers: { 'retry-after': expect.any(String) } });
  await analyzer.close();
});
