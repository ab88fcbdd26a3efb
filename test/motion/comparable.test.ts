import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../src/motion/exercise.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { processRecording } from '../../src/motion/process.ts';
import { computeReport } from '../../src/motion/report.ts';
import { recordingOf, wave } from './recordings.ts';
import { hasReferenceData, readReferenceRecording } from './reference-data.ts';

type Angle = (t: number) => number;

const knees: ExerciseDefinition = {
  name: 'Knees',
  category: 'any',
  primaryChannel: 'knee_angle_r',
  polarity: 1,
  metrics: (['L', 'R'] as const).map((side) => ({
    label: 'Knee Flex. (°)',
    side,
    channel: side === 'L' ? 'knee_angle_l' : 'knee_angle_r',
    sign: 1,
    reads: 'angle',
    min: 50,
    max: 100,
    source: 'own',
  })),
  kneeFlexion: 'positive',
};

/** One bend of 2 s that begins at `from`. */
const bendAt =
  (height: number, ...starts: number[]): Angle =>
  (t) =>
    starts.reduce((sum, from) => sum + (t > from && t < from + 2 ? wave(height, 2)(t - from) : 0), 0);

const reportOf = (right: Angle, left: Angle, seconds: number) =>
  computeReport(processRecording(recordingOf({ knee_angle_r: right, knee_angle_l: left }, seconds)), knees);

/** Bends once, and stands then a little less straight than before: its repetition ends where it has come down. */
const onceAndLeaning: Angle = (t) => bendAt(60, 1)(t) + Math.max(0, t - 3);

describe('left and right', () => {
  const outside = reportOf(onceAndLeaning, bendAt(70, 4), 7);

  it('are not compared where one of them moves outside the repetitions of the other', () => {
    expect(outside.repetitions.map(({ end_s }) => Math.round(end_s))).toEqual([3]);
    expect(outside.summary.asymmetry).toEqual({});
    expect(outside.provenance.flags).toEqual([
      expect.stringMatching(
        /^Knee Flex\. \(°\) L reaches 70\.0° outside the repetitions of the right side, 0\.\d° inside: not comparable$/,
      ),
    ]);
  });

  it('keep their numbers then; the side that the repetitions miss is not scored', () => {
    const [left, right] = outside.metrics;
    expect([left!.angle.fullMax, left!.angle.avgMax].map(Math.round)).toEqual([70, 0]);
    expect([left!.score, right!.score]).toEqual([null, 1]);
    expect(outside.summary.areas).toEqual({ Knee: { score: 100, metrics: 1 } });
  });

  it('are compared and scored as defined where the definition is to be read as recorded, with the note', () => {
    const series = processRecording(
      recordingOf({ knee_angle_r: onceAndLeaning, knee_angle_l: bendAt(70, 4) }, 7),
    );
    const { summary, metrics, provenance } = computeReport(series, { ...knees, kneeFlexion: 'as recorded' });
    expect(Object.keys(summary.asymmetry)).toEqual(['Knee Flex. (°)']);
    expect(metrics.map(({ score }) => score)).toEqual([0, 1]);
    expect(provenance.flags).toEqual(outside.provenance.flags);
  });

  it('are not compared where one of them moves in some of the repetitions only', () => {
    const { summary, provenance } = reportOf(bendAt(60, 1, 3), bendAt(70, 3), 6);
    expect(summary.asymmetry).toEqual({});
    expect(provenance.flags).toContainEqual(
      expect.stringMatching(
        / L reaches 70\.0° only in some repetitions of the right side, 35\.\d° on average: /,
      ),
    );
  });

  it('are compared wherever both move inside the repetitions, however far', () => {
    const height = fc.integer({ min: 15, max: 120 });
    fc.assert(
      fc.property(height, height, (right, left) => {
        const { summary, provenance } = reportOf(wave(right, 2), wave(left, 2), 6);
        expect(Object.keys(summary.asymmetry)).toEqual(['Knee Flex. (°)']);
        expect(provenance.flags.filter((flag) => flag.includes('not comparable'))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('are compared over the session where there is no repetition', () => {
    const { repetitions, summary } = reportOf(
      (t) => 20 * t,
      (t) => 10 * t,
      4,
    );
    expect(repetitions).toEqual([]);
    expect(summary.asymmetry['Knee Flex. (°)']!.percent).toBeCloseTo(-50, 0);
  });

  it.skipIf(!hasReferenceData)('of one stride are compared only where the stride holds both', () => {
    const series = processRecording(readReferenceRecording('ik/opencap_walking.mot'));
    const { metrics, summary, provenance } = computeReport(series, findExercise('Gait')!);
    expect(provenance.flags).toContain(
      'Knee Flex. (°) L reaches 71.0° outside the repetitions of the right side, 16.8° inside: not comparable',
    );
    expect(Object.keys(summary.asymmetry)).not.toContain('Knee Flex. (°)');
    const scores = metrics.filter(({ metric }) => metric.label === 'Knee Flex. (°)');
    expect(scores.map(({ metric, score }) => [metric.side, score])).toEqual([
      ['L', null],
      ['R', 1],
    ]);
  });
});

describe('a metric is not scored', () => {
  const shoulders: ExerciseDefinition = {
    ...knees,
    metrics: ['knee_angle_r', 'arm_flex_r', 'hip_flexion_r'].map((channel) => ({
      label: channel,
      side: 'R',
      channel,
      sign: 1,
      reads: 'angle',
      min: 0,
      max: 1000,
      source: 'own',
    })),
  };
  const channels = {
    knee_angle_r: wave(60, 2),
    arm_flex_r: (t: number) => ((90 * t + 180) % 360) - 180,
    hip_flexion_r: () => 30,
  };
  const report = (unwrap: boolean) =>
    computeReport(processRecording(recordingOf(channels, 6), { unwrap }), shoulders);

  it('where its channel is constant, or wraps and was kept so', () => {
    const { metrics, provenance, summary } = report(false);
    expect(metrics.map(({ score }) => score)).toEqual([1, null, null]);
    expect(summary.areas).toEqual({ Knee: { score: 100, metrics: 1 } });
    expect(provenance.flags).toContain('not scored, because constant: hip_flexion_r; wrapped: arm_flex_r');
  });

  it('no more for wraps that were taken out', () => {
    expect(report(true).metrics.map(({ score }) => score)).toEqual([1, 1, null]);
  });

  it('where its channel is implausible', () => {
    const spinning = recordingOf({ ...channels, hip_flexion_r: (t) => 200 * t }, 6);
    const { metrics, provenance } = computeReport(processRecording(spinning), shoulders);
    expect(metrics.map(({ score }) => score)).toEqual([1, null, null]);
    expect(provenance.flags).toContain('not scored, because wrapped: arm_flex_r; implausible: hip_flexion_r');
  });
});
