import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition, MetricDefinition } from '../../src/motion/exercise.ts';
import { processRecording } from '../../src/motion/process.ts';
import { scoreOf } from '../../src/motion/report/score.ts';
import { computeReport, type SessionReport } from '../../src/motion/report.ts';
import { recordingOf, wave } from './recordings.ts';
import {
  hasReferenceData,
  REFERENCE_NAMES,
  readReference,
  readReferenceRecording,
} from './reference-data.ts';

const ANY: ExerciseDefinition = {
  name: 'any',
  category: 'any',
  primaryChannel: null,
  polarity: 1,
  metrics: null,
  kneeFlexion: 'as recorded',
};

function metricOf(definition: Partial<MetricDefinition>): MetricDefinition {
  return {
    label: 'Knee Flex. (°)',
    side: 'R',
    channel: 'knee_angle_r',
    sign: 1,
    reads: 'angle',
    min: null,
    max: null,
    ...definition,
  };
}

function exerciseOf(...metrics: Partial<MetricDefinition>[]): ExerciseDefinition {
  return { ...ANY, primaryChannel: 'knee_angle_r', metrics: metrics.map(metricOf) };
}

function reportOf(
  channels: Record<string, (t: number) => number>,
  exercise: ExerciseDefinition,
  seconds = 6,
): SessionReport {
  return computeReport(processRecording(recordingOf(channels, seconds)), exercise);
}

/** Fails on NaN and infinities anywhere. */
function expectFinite(value: unknown, path = 'report'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) expect.fail(`${path} is ${value}`);
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) expectFinite(member, `${path}.${key}`);
  }
}

describe('a report', () => {
  it('without repetitions reads the session', () => {
    const { metrics, repetitions } = reportOf({ knee_angle_r: () => 30 }, exerciseOf({ min: 20, max: 40 }));
    const [knee] = metrics;
    expect(repetitions).toEqual([]);
    expect(knee!.angle.fullMax).toBeCloseTo(30, 9);
    expect(knee!.angle.avgMax).toBe(knee!.angle.fullMax);
    expect(knee!.angle.avg).toBeCloseTo(30, 9);
    for (const { fullMax } of [knee!.velocity, knee!.acceleration, knee!.deceleration])
      expect(fullMax).toBeCloseTo(0, 6);
  });

  it('of one repetition has equal session and repetition maxima', () => {
    const { metrics, repetitions } = reportOf({ knee_angle_r: wave(80, 6) }, exerciseOf({}));
    expect(repetitions).toEqual([{ start_s: 0, peak_s: 3, end_s: 6, source: 'automatic' }]);
    expect(metrics[0]!.angle.avgMax).toBe(metrics[0]!.angle.fullMax);
  });

  it('averages the maxima of its repetitions', () => {
    const growing = (t: number) => wave(60 + 10 * Math.floor(t / 2), 2)(t);
    const { metrics, repetitions } = reportOf({ knee_angle_r: growing }, exerciseOf({}));
    expect(repetitions.map(({ peak_s }) => Math.round(peak_s))).toEqual([1, 3, 5]);
    expect(metrics[0]!.angle.fullMax).toBeCloseTo(80, 0);
    expect(metrics[0]!.angle.avgMax).toBeCloseTo(70, 0);
  });

  it('reads a negative direction with the sign turned', () => {
    const [extension] = reportOf(
      { knee_angle_r: wave(80, 2), hip_flexion_r: (t) => -wave(15, 2)(t) },
      exerciseOf({ label: 'Hip Ext. (°)', channel: 'hip_flexion_r', sign: -1 }),
    ).metrics;
    expect(extension!.angle.fullMax).toBeCloseTo(15, 0);
  });

  it('reads a range as largest minus smallest of each repetition', () => {
    const [arc] = reportOf(
      { knee_angle_r: wave(80, 2), arm_rot_r: (t) => 60 * Math.sin(Math.PI * t) },
      exerciseOf({ label: 'Shoulder Rotation Arc', channel: 'arm_rot_r', reads: 'range' }),
    ).metrics;
    expect(Math.abs(arc!.angle.avgMax - 120)).toBeLessThan(2);
    expect(arc!.angle.avg).toBe(arc!.angle.avgMax);
  });

  it('counts speed in both directions, and acceleration against it as deceleration', () => {
    const sawtooth = (t: number) => (t % 3 < 1 ? 60 * (t % 3) : 90 - 30 * (t % 3));
    const { velocity, acceleration, deceleration } = reportOf({ knee_angle_r: sawtooth }, exerciseOf({}), 9)
      .metrics[0]!;
    expect(velocity.fullMax).toBeGreaterThan(55);
    expect(velocity.fullMax).toBeLessThan(75);
    expect(acceleration.fullMax).toBeGreaterThan(0);
    expect(deceleration.fullMax).toBeGreaterThan(0);
  });

  it('finds a channel behind a path and lists the ones it misses', () => {
    const path = '/jointset/walker_knee_r/knee_angle_r/value';
    const { metrics, provenance } = reportOf(
      { '/jointset/walker_knee_r/knee_angle_r/speed': () => 1, [path]: wave(80, 2) },
      exerciseOf({}, { channel: 'knee_angle_l', side: 'L' }),
    );
    expect(metrics.map(({ channel }) => channel)).toEqual([path]);
    expect(provenance).toMatchObject({
      primaryChannel: path,
      primaryChosenBy: 'exercise',
      missingChannels: ['knee_angle_l'],
    });
  });

  it('notes a knee that counts flexion down', () => {
    const { provenance } = reportOf({ knee_angle_r: (t) => -wave(80, 2)(t) }, exerciseOf({}));
    expect(provenance.flags).toContain(
      'knee_angle_r seems to count flexion down: Knee Flex. (°) R reads it with sign +1',
    );
  });

  it('takes repetitions that a person set', () => {
    const series = processRecording(recordingOf({ knee_angle_r: wave(80, 2) }, 6));
    const edited = [
      { start_s: 0, peak_s: 1, end_s: 2 },
      { start_s: 4, peak_s: 5, end_s: 99 },
    ];
    const { repetitions, metrics } = computeReport(series, exerciseOf({}), { repetitions: edited });
    expect(repetitions).toEqual([
      { start_s: 0, peak_s: 1, end_s: 2, source: 'edited' },
      { start_s: 4, peak_s: 5, end_s: 6, source: 'edited' },
    ]);
    expect(metrics[0]!.angle.avgMax).toBeCloseTo(80, 0);
    expect(computeReport(series, exerciseOf({}), { repetitions: [] }).repetitions).toEqual([]);
    const backwards = [{ start_s: 2, peak_s: 1, end_s: 3 }];
    expect(() => computeReport(series, exerciseOf({}), { repetitions: backwards })).toThrow(RangeError);
    expect(() => computeReport(series, exerciseOf({}), { repetitions: edited.toReversed() })).toThrow(
      RangeError,
    );
  });
});

describe('repetitions that a person set very short', () => {
  it('are computed as they are set, and noted', () => {
    const series = processRecording(recordingOf({ knee_angle_r: wave(80, 2) }, 6));
    const flagsOf = (end_s: number) =>
      computeReport(series, exerciseOf({}), {
        repetitions: [
          { start_s: 0, end_s: 2 },
          { start_s: 2, end_s },
        ],
      }).provenance.flags;
    expect(flagsOf(2 + 1 / 60)).toContain('repetition 2 lasts only 0.02 s');
    expect(flagsOf(2.5).filter((flag) => flag.includes('lasts only'))).toEqual([]);
  });
});

describe('the channel of the repetitions, where no exercise names one', () => {
  const chosen = (channels: Record<string, (t: number) => number>, exercise = ANY) =>
    reportOf(channels, exercise).provenance;

  it('is a knee that bends, though the arm moves farther', () => {
    expect(chosen({ arm_flex_r: wave(150, 2), knee_angle_r: wave(80, 2) })).toMatchObject({
      primaryChannel: 'knee_angle_r',
      polarity: 1,
    });
    expect(chosen({ arm_flex_r: wave(150, 2), knee_angle_r: wave(20, 2) })).toMatchObject({
      primaryChannel: 'arm_flex_r',
    });
  });

  it('is rather a flexion than a rotation, and rather a known angle than an unknown one', () => {
    expect(
      chosen({ x: wave(90, 2), pelvis_rotation: wave(80, 2), hip_flexion_l: wave(30, 2) }),
    ).toMatchObject({ primaryChannel: 'hip_flexion_l' });
    expect(chosen({ x: wave(90, 2), pelvis_rotation: wave(80, 2) })).toMatchObject({
      primaryChannel: 'pelvis_rotation',
    });
    expect(chosen({ x: wave(90, 2), y: wave(80, 2) })).toMatchObject({
      primaryChannel: 'x',
      primaryChosenBy: 'recording',
    });
  });

  it('turns the excursion from rest upwards', () => {
    expect(chosen({ hip_flexion_r: (t) => -wave(40, 2)(t) })).toMatchObject({ polarity: -1 });
    expect(chosen({ knee_angle_r: (t) => 90 - wave(80, 2)(t) })).toMatchObject({ polarity: -1 });
  });

  it('is chosen, with a note, when the recording lacks the named one', () => {
    expect(chosen({ hip_flexion_r: wave(80, 2) }, exerciseOf()).flags).toEqual([
      'knee_angle_r is not in the recording: repetitions found on hip_flexion_r, counted at its highest values',
    ]);
  });

  it('is none in a recording without angles', () => {
    expect(chosen({ pelvis_tx: (t) => t })).toMatchObject({
      primaryChannel: null,
      primaryChosenBy: null,
      prominenceThreshold: null,
    });
  });

  it.skipIf(!hasReferenceData)('counts the repetitions that a person counts', () => {
    const counted = REFERENCE_NAMES.map((name) => [name, readReference(name)] as const).filter(
      ([, { humanReps }]) => humanReps !== null,
    );
    const found = counted.map(([name, { file }]) => [
      name,
      computeReport(processRecording(readReferenceRecording(file)), ANY).repetitions.length,
    ]);
    expect(found).toEqual(counted.map(([name, { humanReps }]) => [name, humanReps]));
  });
});

describe('metrics, where no exercise defines any', () => {
  it('are both directions of every known angle', () => {
    const { metrics } = reportOf(
      {
        hip_flexion_l: wave(80, 2),
        lumbar_extension: (t) => -wave(40, 2)(t),
        pelvis_tx: (t) => t,
        x: wave(9, 2),
      },
      ANY,
    );
    expect(metrics.map(({ metric }) => [metric.label, metric.side, metric.sign, metric.max])).toEqual([
      ['Hip Flex. (°)', 'L', 1, 120],
      ['Hip Ext. (°)', 'L', -1, 20],
      ['Torso Ext. (°)', 'B', 1, 25],
      ['Torso Ext. (°)', 'F', -1, 80],
    ]);
  });

  it('read knee flexion as positive in both families of models', () => {
    for (const sign of [1, -1] as const) {
      const { metrics, provenance } = reportOf({ knee_angle_r: (t) => sign * wave(80, 2)(t) }, ANY);
      expect(metrics[0]!.angle.fullMax).toBeCloseTo(80, 0);
      expect(metrics[0]!.score).toBe(1);
      expect(provenance.polarity).toBe(sign);
    }
  });
});

describe('a score', () => {
  it.each([
    [20, 1],
    [40, 1],
    [15, 0.5],
    [14.9, 0],
    [45, 0.5],
    [45.1, 0],
  ])('of %d° for 20° to 40° is %d', (angle, score) => {
    expect(scoreOf(angle, 20, 40)).toBe(score);
  });

  it('has wider borders for wider ranges', () => {
    expect([scoreOf(-18, 0, 180), scoreOf(198, 0, 180), scoreOf(198.1, 0, 180)]).toEqual([0.5, 0.5, 0]);
  });

  it('is null without a range, and for translations', () => {
    expect(scoreOf(10, null, null)).toBeNull();
    expect(
      reportOf(
        { knee_angle_r: wave(80, 2), pelvis_ty: () => 1 },
        exerciseOf({ channel: 'pelvis_ty', min: 0, max: 2 }),
      ).metrics[0]!.score,
    ).toBeNull();
  });
});

describe('the summary', () => {
  it('averages scores per area and leaves unscored metrics out', () => {
    const scored = exerciseOf(
      { min: 70, max: 90 },
      { side: 'L', min: 0, max: 10 },
      { label: 'Shin Angle (°)' },
      { label: 'Tilt', channel: 'hip_flexion_r', min: 0, max: 200 },
    );
    const { areas } = reportOf({ knee_angle_r: wave(80, 2), hip_flexion_r: wave(50, 2) }, scored).summary;
    expect(areas).toEqual({ Knee: { score: 50, metrics: 2 }, Hip: { score: 100, metrics: 1 } });
  });

  it('compares left with right', () => {
    const both = exerciseOf({}, { channel: 'knee_angle_l', side: 'L' }, { label: 'Only R' });
    const { asymmetry } = reportOf({ knee_angle_r: wave(80, 2), knee_angle_l: wave(60, 2) }, both).summary;
    expect(Object.keys(asymmetry)).toEqual(['Knee Flex. (°)']);
    expect(asymmetry['Knee Flex. (°)']).toMatchObject({ larger: 'R' });
    expect(asymmetry['Knee Flex. (°)']!.percent).toBeCloseTo(-25, 0);
  });

  it('has no percentage where both sides are 0, and no larger side where they are equal', () => {
    const both = exerciseOf({}, { side: 'L' });
    expect(reportOf({ knee_angle_r: () => 0 }, both).summary.asymmetry['Knee Flex. (°)']).toEqual({
      left: 0,
      right: 0,
      difference: 0,
      percent: null,
      larger: null,
    });
  });
});

describe('reports of any recording', () => {
  it('hold finite numbers only', () => {
    const channel = fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 0, 180, -180)), {
      minLength: 12,
      maxLength: 30,
    });
    fc.assert(
      fc.property(channel, channel, (left, right) => {
        const time = Float64Array.from({ length: 30 }, (_, i) => i / 60);
        const values = (from: number[]) =>
          Float64Array.from({ length: 30 }, (_, i) => from[i % from.length]!);
        const channels = [
          { name: 'knee_angle_l', unit: 'deg' as const, values: values(left) },
          { name: '__proto__', unit: 'deg' as const, values: values(right) },
        ];
        const recording = { ...recordingOf({}, 0), time, channels };
        let report: SessionReport;
        try {
          report = computeReport(processRecording(recording), ANY);
        } catch (error) {
          return expect(error).toHaveProperty('code', 'recording_no_data');
        }
        return expectFinite(report);
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(!hasReferenceData)('agree with the values of an independent program', () => {
    for (const name of REFERENCE_NAMES) {
      const reference = readReference(name);
      const labels = Object.keys(reference.columnsReference);
      const exercise = {
        ...ANY,
        primaryChannel: reference.primary,
        polarity: reference.polarity,
        metrics: labels.map((label) => metricOf({ label, channel: label })),
      };
      const recording = readReferenceRecording(reference.file);
      for (const interpolation of ['linear', 'cubic'] as const) {
        const report = computeReport(processRecording(recording, { interpolation }), exercise);
        expectFinite(report);
        expect(report.repetitions.length).toBe(reference[`repetitions_${interpolation}`].count);
        for (const { metric, angle, velocity, acceleration, deceleration } of report.metrics) {
          const { report: expected, session } = reference.columnsReference[metric.label]![interpolation];
          const tolerance = name.startsWith('imu') ? 1e-3 : 1e-6;
          const near = (actual: number, wanted: number, scale: number) =>
            expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(tolerance * scale);
          const degrees = Math.max(Math.abs(session.min), Math.abs(session.max));
          const along = Math.max(session.maxSignedAcceleration, -session.minSignedAcceleration);
          near(angle.fullMax, expected.fullMax!, degrees);
          near(angle.avgMax, expected.AvgMax ?? expected.fullMax!, degrees);
          near(angle.avg, expected.AverageInReps ?? expected.Average!, degrees);
          near(velocity.fullMax, session.maxAbsVelocity, session.maxAbsVelocity);
          near(velocity.avgMax, expected.AvgMaxAbsVelocity ?? session.maxAbsVelocity, session.maxAbsVelocity);
          near(acceleration.avgMax, expected.AvgMaxAcceleration ?? session.maxAcceleration, along);
          near(deceleration.avgMax, expected.AvgMaxDeceleration ?? session.maxDeceleration, along);
        }
      }
    }
  });
});
