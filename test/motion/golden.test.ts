import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { type ProcessOptions, processRecording } from '../../src/motion/process.ts';
import { readRecording } from '../../src/motion/read.ts';
import { computeReport, type RepetitionTimes } from '../../src/motion/report.ts';
import { GENERAL } from '../../src/server/definition.ts';
import { toReport } from '../../src/server/reportDocument.ts';

/**
 * Cases are folders of test/data: `recording.mot` (invented by our own generator), `case.json`, and `expected.json`, the
 * report. To add one, copy a folder and delete its expected.json: the next run writes it, to be reviewed like code.
 */
const DATA = new URL('../data/', import.meta.url);

interface Case {
  /** What the case is about. */
  about: string;
  /** From the library; null: every known joint. */
  exercise: string | null;
  processing?: ProcessOptions;
  repetitions?: RepetitionTimes[];
}

const read = (name: string, file: string) => readFileSync(new URL(`${name}/${file}`, DATA));

function reportOf(name: string): Report {
  const { exercise, processing, repetitions }: Case = JSON.parse(read(name, 'case.json').toString());
  const bytes = read(name, 'recording.mot');
  const series = processRecording(readRecording(bytes, { fileName: 'recording.mot' }), processing);
  const definition = exercise === null ? GENERAL : findExercise(exercise)!;
  const report = computeReport(series, definition, repetitions === undefined ? {} : { repetitions });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return toReport(report, { fileName: 'recording.mot', sha256 });
}

/** Equal texts, and numbers equal to 1e-9 of their size: sine and tangent differ in the last bit between machines. */
function expectSame(actual: unknown, expected: unknown, path: string): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    if (!(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))))
      expect.fail(`${path}: ${actual} instead of ${expected}`);
  } else if (typeof actual === 'object' && actual !== null) {
    expect(Object.keys(actual), path).toEqual(Object.keys(expected as object));
    for (const [key, value] of Object.entries(actual))
      expectSame(value, (expected as Record<string, unknown>)[key], `${path}.${key}`);
  } else expect(actual, path).toEqual(expected);
}

describe('the report of a recording is the one that was reviewed', () => {
  it.each(readdirSync(DATA).sort())('%s', (name) => {
    const report = JSON.parse(JSON.stringify(reportOf(name)));
    const place = new URL(`${name}/expected.json`, DATA);
    if (!existsSync(place)) {
      writeFileSync(place, `${JSON.stringify(report, shortened, 2)}\n`);
      expect.fail(`${name}/expected.json was not there and has been written: review it, and run again`);
    }
    expectSame(report, JSON.parse(readFileSync(place, 'utf8')), name);
  });
});

/** Digits that no machine disagrees about. */
const shortened = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(12)) : value;
