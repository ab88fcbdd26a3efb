import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition, MetricDefinition } from '../../src/motion/exercise.ts';
import { processRecording, type Series } from '../../src/motion/process.ts';
import { computeCurves } from '../../src/motion/report/curves.ts';
import { computeReport } from '../../src/motion/report.ts';
import { toCurves } from '../../src/server/reportDocument.ts';
import { recordingOf, wave } from './recordings.ts';

const metric = (more: Partial<MetricDefinition> = {}): MetricDefinition => ({
  label: 'Knee Flex. (°)',
  side: 'R',
  channel: 'knee_angle_r',
  sign: 1,
  reads: 'angle',
  min: null,
  max: null,
  ...more,
});
const exerciseOf = (...metrics: MetricDefinition[]): ExerciseDefinition => ({
  name: 'any',
  category: 'any',
  primaryChannel: 'knee_angle_r',
  polarity: 1,
  metrics,
  kneeFlexion: 'as recorded',
});
const seriesOf = (channels: Record<string, (t: number) => number>, seconds = 6): Series =>
  processRecording(recordingOf(channels, seconds), { cutOff_hz: null });
const curvesOf = (series: Series, ...metrics: MetricDefinition[]) =>
  computeCurves(series, computeReport(series, exerciseOf(...metrics)));

describe('time-normalised curves', () => {
  it('go from the first to the last frame of each repetition in 101 points', () => {
    const series = seriesOf({ knee_angle_r: wave(80, 2) });
    const [knee] = curvesOf(series, metric());
    expect(knee!.angle.repetitions.length).toBe(3);
    for (const curve of knee!.angle.repetitions) expect(curve.length).toBe(101);
    // 120 steps of frames in 100 of the curve: every fifth point lies on a frame.
    const [first] = knee!.angle.repetitions;
    for (let j = 0; j <= 100; j += 5) expect(first![j]).toBe(series.angle[0]![(j * 120) / 100]);
    expect(knee!.velocity.mean[50]).toBeCloseTo(0, 6);
    expect(knee!.velocity.mean[25]).toBeCloseTo(40 * Math.PI, 0);
  });

  it('have the mean and the sample standard deviation of their repetitions', () => {
    const growing = (t: number) => wave(60 + 10 * Math.floor(t / 2), 2)(t);
    const [knee] = curvesOf(seriesOf({ knee_angle_r: growing }), metric());
    expect(knee!.angle.mean[50]).toBeCloseTo(70, 6);
    expect(knee!.angle.sd[50]).toBeCloseTo(10, 6);
  });

  it('have no deviation with one repetition, and are not there with none', () => {
    const [single] = curvesOf(seriesOf({ knee_angle_r: wave(80, 2) }, 2), metric());
    expect(single!.angle.mean).toEqual(single!.angle.repetitions[0]);
    expect(single!.angle.sd).toEqual(new Float64Array(101));
    expect(curvesOf(seriesOf({ knee_angle_r: () => 3 }), metric())).toEqual([]);
  });

  it('turn with the sign of the metric, ranges too', () => {
    const series = seriesOf({ knee_angle_r: wave(80, 2) });
    const [up, down] = curvesOf(series, metric(), metric({ label: 'x', sign: -1, reads: 'range' }));
    expect(Array.from(down!.angle.mean)).toEqual(Array.from(up!.angle.mean, (value) => 0 - value));
    expect(Array.from(down!.velocity.mean)).toEqual(Array.from(up!.velocity.mean, (value) => 0 - value));
  });

  it('leave out repetitions that hold an excluded frame', () => {
    const series = seriesOf({ knee_angle_r: wave(80, 2), hip_flexion_r: wave(40, 2) });
    const cut = { ...series, excluded: [[], [{ first: 130, last: 140 }]] };
    const [knee, hip] = curvesOf(cut, metric(), metric({ label: 'Hip', channel: 'hip_flexion_r' }));
    expect(knee!.angle.repetitions.length).toBe(3);
    expect(hip!.angle.repetitions.length).toBe(2);
  });

  it('are mean and deviation alone for very many repetitions', () => {
    const [knee] = curvesOf(seriesOf({ knee_angle_r: wave(80, 1) }, 210), metric());
    expect(knee!.angle.repetitions).toEqual([]);
    expect(knee!.angle.mean[50]).toBeCloseTo(80, 0);
  });

  it('agree with a plain computation for any repetitions', () => {
    const heights = fc.array(fc.double({ min: 40, max: 100, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(heights, (all) => {
        const series = seriesOf(
          { knee_angle_r: (t) => wave(all[Math.min(all.length - 1, Math.floor(t / 2))]!, 2)(t) },
          2 * all.length,
        );
        const [knee] = curvesOf(series, metric());
        const { mean, sd, repetitions } = knee!.angle;
        for (const j of [0, 13, 50, 99, 100]) {
          const values = repetitions.map((curve) => curve[j]!);
          const average = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance =
            values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1);
          expect(mean[j]).toBeCloseTo(average, 9);
          expect(sd[j]).toBeCloseTo(Math.sqrt(variance), 9);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are written per label and side, in nine digits', () => {
    const series = seriesOf({ knee_angle_r: wave(80, 2), knee_angle_l: wave(70, 2) });
    const report = computeReport(
      series,
      exerciseOf(metric(), metric({ side: 'L', channel: 'knee_angle_l' })),
    );
    const { Percent, Ang, Vel } = toCurves(computeCurves(series, report));
    expect(Percent).toEqual(Array.from({ length: 101 }, (_, j) => j));
    expect(Object.keys(Ang)).toEqual(['Knee Flex. (°)']);
    expect(Object.keys(Ang['Knee Flex. (°)']!)).toEqual(['R', 'L']);
    expect(Ang['Knee Flex. (°)']!.R!.Unit).toBe('deg');
    expect(Vel['Knee Flex. (°)']!.L!.Unit).toBe('deg/s');
    const { Mean, SD, Repetitions } = Vel['Knee Flex. (°)']!.L!;
    for (const value of [Mean, SD, ...Repetitions].flat()) expect(value).toBe(Number(value.toPrecision(9)));
  });
});
