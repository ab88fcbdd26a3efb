import { describe, expect, it } from 'vitest';
import { processRecording } from '../../src/motion/process.ts';
import type { Recording } from '../../src/motion/recording.ts';
import { findRepetitions } from '../../src/motion/report/reps.ts';
import { windowStatistics } from '../../src/motion/report/statistics.ts';
import { derivative } from '../../src/motion/signal/derivative.ts';
import { gridOf, interpolationThrough } from '../../src/motion/signal/resample.ts';
import {
  hasReferenceData,
  REFERENCE_NAMES,
  readReference,
  readReferenceRecording,
  type WindowReference,
} from './reference-data.ts';

const ANGLES = ['min', 'max', 'range', 'mean'] as const;
const VELOCITIES = ['maxAbsVelocity', 'maxVelocity', 'minVelocity'] as const;
const ACCELERATIONS = [
  'maxSignedAcceleration',
  'minSignedAcceleration',
  'maxAcceleration',
  'maxDeceleration',
] as const;

function magnitude(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function channel(recording: Recording, name: string): Float64Array {
  return recording.channels.find((candidate) => candidate.name === name)!.values;
}

/** Fails unless |actual − expected| ≤ tolerance × scale; a channel that is zero throughout must be zero. */
function expectNear(actual: number, expected: number, scale: number, what: string): void {
  if (!(Math.abs(actual - expected) <= scale))
    expect.fail(`${what}: ${actual} instead of ${expected}, allowed ${scale}`);
}

describe.skipIf(!hasReferenceData)('the pipeline against values computed by an independent program', () => {
  describe.each(REFERENCE_NAMES)('%s', (name) => {
    it('reads rows, columns, unit and rate', () => {
      const reference = readReference(name);
      const recording = readReferenceRecording(reference.file);
      expect(recording.time.length).toBe(reference.rows);
      expect(recording.channels.length + 1).toBe(reference.columns);
      expect(recording.inDegrees).toBe(reference.inDegrees);
      const { sourceRate_hz, droppedRows } = processRecording(recording).provenance;
      expectNear(sourceRate_hz, reference.sampleRateHz, 1e-9 * reference.sampleRateHz, 'rate');
      for (const [label, { raw }] of Object.entries(reference.columnsReference)) {
        const values = channel(recording, label);
        const scale = 1e-12 * magnitude(values);
        expectNear(Math.min(...values), raw.min, scale, `${label} min`);
        expectNear(Math.max(...values), raw.max, scale, `${label} max`);
        expectNear(values[0]!, raw.first, scale, `${label} first`);
        expectNear(values[values.length - 1]!, raw.last, scale, `${label} last`);
        expect(droppedRows).toBe(raw.droppedRows);
      }
    });

    it.each(['linear', 'cubic'] as const)(
      'gives the series, sums, windows and repetitions (%s)',
      (interpolation) => {
        compare(name, interpolation);
      },
    );
  });
});

function compare(name: string, interpolation: 'cubic' | 'linear'): void {
  const reference = readReference(name);
  const recording = readReferenceRecording(reference.file);
  const tolerance = name === 'imu_fullbody_irregular' ? 1e-3 : 1e-6;
  const series = processRecording(recording, { interpolation });
  const { rate_hz, frames, names } = series;
  const instants = gridOf(recording.time, rate_hz, 1);
  const through = interpolationThrough(interpolation, recording.time, instants);

  const primary = series.angle[names.indexOf(reference.primary)]!;
  const found = findRepetitions(
    primary.map((value) => reference.polarity * value),
    rate_hz,
  );
  const repetitions = reference[`repetitions_${interpolation}`];
  expect(found.peaks).toEqual(repetitions.peaks);
  expect(found.peaks.length).toBe(repetitions.count);
  expect(found.boundaries).toEqual(repetitions.boundaries);
  expectNear(found.threshold, repetitions.prominenceThreshold, tolerance * magnitude(primary), 'threshold');
  found.prominences.forEach((prominence, i) => {
    expectNear(prominence, repetitions.prominences[i]!, tolerance * magnitude(primary), `prominence ${i}`);
  });
  if (reference.humanReps !== null) expect(found.peaks.length).toBe(reference.humanReps);

  for (const [label, column] of Object.entries(reference.columnsReference)) {
    const expected = column[interpolation];
    const index = names.indexOf(label);
    const filtered = series.angle[index]!;
    const velocity = series.velocity[index]!;
    const acceleration = series.acceleration[index]!;
    const resampled = through(channel(recording, label));
    expect(frames).toBe(column.n60);

    const signals = { resampled, filtered, velocity, acceleration };
    for (const [signal, values] of Object.entries(signals) as [keyof typeof signals, Float64Array][]) {
      const scale = tolerance * magnitude(values);
      expected.probeIndex.forEach((k, i) => {
        expectNear(values[k]!, expected.probe[signal][i]!, scale, `${label} ${signal}[${k}]`);
      });
      expectNear(sum(values), expected.sum[signal], scale * frames, `${label} sum of ${signal}`);
    }
    expectNear(
      sum(velocity.map(Math.abs)),
      expected.sum.absVelocity,
      tolerance * expected.sum.absVelocity,
      `${label} |v|`,
    );
    const absolute = sum(acceleration.map(Math.abs));
    expectNear(
      absolute,
      expected.sum.absAcceleration,
      tolerance * expected.sum.absAcceleration,
      `${label} |a|`,
    );

    const scales = [filtered, velocity, acceleration].map((values) => tolerance * magnitude(values));
    const window = (from: number, to: number) => windowStatistics(filtered, velocity, acceleration, from, to);
    const expectWindow = (actual: WindowReference, wanted: WindowReference, what: string) => {
      [ANGLES, VELOCITIES, ACCELERATIONS].forEach((keys, i) => {
        for (const key of keys) expectNear(actual[key], wanted[key], scales[i]!, `${label} ${what} ${key}`);
      });
      // Where values tie within the tolerance the index is not determined; the value at it is.
      expectNear(filtered[wanted.argMin]!, actual.min, scales[0]!, `${label} ${what} argMin`);
      expectNear(filtered[wanted.argMax]!, actual.max, scales[0]!, `${label} ${what} argMax`);
    };
    expectWindow(window(0, frames - 1), expected.session, 'session');
    const repWindows = expected.perRep.map((_, i) => window(found.boundaries[i]!, found.boundaries[i + 1]!));
    expect(expected.perRep.length).toBe(found.peaks.length);
    repWindows.forEach((actual, i) => {
      expectWindow(actual, expected.perRep[i]!, `repetition ${i}`);
    });

    const { report } = expected;
    expectNear(window(0, frames - 1).mean, report.Average!, scales[0]!, `${label} Average`);
    if (repWindows.length === 0) {
      expect(report.AvgMax).toBeNull();
      continue;
    }
    const mean = (key: keyof WindowReference) =>
      repWindows.reduce((total, w) => total + w[key], 0) / repWindows.length;
    expectNear(mean('max'), report.AvgMax!, scales[0]!, `${label} AvgMax`);
    expectNear(mean('min'), report.AvgMin!, scales[0]!, `${label} AvgMin`);
    expectNear(mean('range'), report.AvgRange!, scales[0]!, `${label} AvgRange`);
    expectNear(mean('maxAbsVelocity'), report.AvgMaxAbsVelocity!, scales[1]!, `${label} AvgMaxAbsVelocity`);
    expectNear(
      mean('maxAcceleration'),
      report.AvgMaxAcceleration!,
      scales[2]!,
      `${label} AvgMaxAcceleration`,
    );
    expectNear(
      mean('maxDeceleration'),
      report.AvgMaxDeceleration!,
      scales[2]!,
      `${label} AvgMaxDeceleration`,
    );
    const inReps = window(found.boundaries[0]!, found.boundaries[found.boundaries.length - 1]!);
    expectNear(inReps.mean, report.AverageInReps!, scales[0]!, `${label} AverageInReps`);
    expect(derivative(filtered, rate_hz)).toEqual(velocity);
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
