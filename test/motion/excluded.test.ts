import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition, MetricDefinition } from '../../src/motion/exercise.ts';
import { processRecording, type Series } from '../../src/motion/process.ts';
import { findRepetitions } from '../../src/motion/report/reps.ts';
import { segment } from '../../src/motion/report/segment.ts';
import { computeReport } from '../../src/motion/report.ts';
import type { FrameSpan } from '../../src/motion/series/span.ts';
import { touches, uncovered } from '../../src/motion/series/stretches.ts';
import { recordingOf, wave } from './recordings.ts';

const knee = (side: 'L' | 'R', more: Partial<MetricDefinition> = {}): MetricDefinition => ({
  label: 'Knee Flex. (°)',
  side,
  channel: side === 'R' ? 'knee_angle_r' : 'knee_angle_l',
  sign: 1,
  reads: 'angle',
  min: null,
  max: null,
  ...more,
});
const SQUAT: ExerciseDefinition = {
  name: 'squat',
  category: 'any',
  primaryChannel: 'knee_angle_r',
  polarity: 1,
  metrics: [knee('R'), knee('L')],
  kneeFlexion: 'as recorded',
};

/** Six repetitions of 2 s, the left knee growing by 5° each time. `excluded`: channel → seconds that are left out. */
function sixSquats(excluded: Record<string, [number, number][]> = {}): Series {
  const series = processRecording(
    recordingOf(
      { knee_angle_r: wave(80, 2), knee_angle_l: (t) => wave(50 + 5 * Math.floor(t / 2), 2)(t) },
      12,
    ),
  );
  const spans = series.names.map((name) =>
    (excluded[name] ?? []).map(([from_s, to_s]) => ({ first: from_s * 60, last: to_s * 60 })),
  );
  return { ...series, excluded: spans };
}
const peaks = (series: Series, exercise = SQUAT) =>
  computeReport(series, exercise).repetitions.map(({ peak_s }) => Math.round(peak_s));

describe('usable stretches', () => {
  it('are what lies between the excluded spans', () => {
    expect(uncovered([], 10)).toEqual([{ first: 0, last: 9 }]);
    expect(
      uncovered(
        [
          { first: 0, last: 1 },
          { first: 4, last: 4 },
          { first: 8, last: 9 },
        ],
        10,
      ),
    ).toEqual([
      { first: 2, last: 3 },
      { first: 5, last: 7 },
    ]);
    expect(uncovered([{ first: 0, last: 9 }], 10)).toEqual([]);
  });

  it('hold each frame that no span holds, and no other', () => {
    const spans = fc
      .uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 10 })
      .map((cuts) => cuts.sort((a, b) => a - b))
      .map((cuts) =>
        cuts.flatMap((first, i): FrameSpan[] => (i % 2 === 0 ? [{ first, last: cuts[i + 1] ?? first }] : [])),
      );
    fc.assert(
      fc.property(spans, (excluded) => {
        const inside = (k: number) => excluded.some(({ first, last }) => first <= k && k <= last);
        const kept = uncovered(excluded, 40).flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, i) => first + i),
        );
        expect(kept).toEqual(Array.from({ length: 40 }, (_, k) => k).filter((k) => !inside(k)));
        for (let k = 0; k < 40; k++) expect(touches(excluded, { first: k, last: k })).toBe(inside(k));
      }),
    );
  });
});

describe('an excluded stretch of the primary channel', () => {
  it('takes out the repetition it lies in, and leaves the others where they were', () => {
    const whole = computeReport(sixSquats(), SQUAT).repetitions;
    const cut = computeReport(sixSquats({ knee_angle_r: [[4.5, 5.5]] }), SQUAT);
    expect(cut.repetitions).toEqual(whole.filter((_, i) => i !== 2));
    expect(cut.provenance.flags).toContain(
      'a repetition of knee_angle_r is cut by the excluded stretch from 4.50 s on: not counted',
    );
  });

  it('takes out a repetition whose fall it holds, though its peak was seen', () => {
    expect(peaks(sixSquats({ knee_angle_r: [[5.2, 5.9]] }))).toEqual([1, 3, 7, 9, 11]);
    expect(peaks(sixSquats({ knee_angle_r: [[4.1, 4.8]] }))).toEqual([1, 3, 7, 9, 11]);
  });

  it('between two repetitions takes out neither', () => {
    expect(peaks(sixSquats({ knee_angle_r: [[3.9, 4.1]] }))).toEqual([1, 3, 5, 7, 9, 11]);
  });

  it('takes out all that it reaches over', () => {
    expect(peaks(sixSquats({ knee_angle_r: [[2.5, 7.5]] }))).toEqual([1, 9, 11]);
    const none = computeReport(sixSquats({ knee_angle_r: [[0, 12]] }), { ...SQUAT, metrics: [knee('L')] });
    expect(none.repetitions).toEqual([]);
    expect(none.provenance.flags).toContain('knee_angle_r is excluded throughout: no repetition');
    expect(none.metrics[0]!.angle.avgMax).toBe(none.metrics[0]!.angle.fullMax);
  });

  it('does not move the threshold that the usable samples set', () => {
    const signal = Float64Array.from({ length: 721 }, (_, k) => wave(80, 2)(k / 60));
    signal.fill(5000, 250, 300);
    expect(segment(signal, [{ first: 250, last: 299 }], 60).threshold).toBeCloseTo(24, 6);
  });

  it('leaves no repetition that holds an excluded frame, wherever it lies', () => {
    const series = sixSquats();
    const signal = series.angle[0]!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 720 }), fc.integer({ min: 0, max: 300 }), (first, length) => {
        const excluded = [{ first, last: Math.min(720, first + length) }];
        for (const stretch of segment(signal, excluded, 60).stretches)
          for (const window of stretch.windows) {
            expect(touches(excluded, window)).toBe(false);
            expect(window.first).toBeLessThan(window.peak);
            expect(window.peak).toBeLessThan(window.last);
          }
      }),
    );
  });

  it('that is none changes nothing', () => {
    const signal = sixSquats().angle[0]!;
    const { stretches, threshold } = segment(signal, [], 60);
    const found = findRepetitions(signal, 60);
    expect(threshold).toBe(found.threshold);
    expect(stretches.flatMap(({ windows }) => windows.map(({ peak }) => peak))).toEqual(found.peaks);
    expect(stretches[0]!.windows.map(({ first }) => first)).toEqual(found.boundaries.slice(0, -1));
  });
});

describe('an excluded stretch of a metric', () => {
  const leftOf = (series: Series) =>
    computeReport(series, SQUAT).metrics.find(({ metric }) => metric.side === 'L');

  it('keeps its repetition out of the averages, and its samples out of the maximum', () => {
    const all = leftOf(sixSquats())!.angle;
    expect(all.avgMax).toBeCloseTo(62.5, 0);
    const cut = computeReport(sixSquats({ knee_angle_l: [[10.5, 11.5]] }), SQUAT);
    expect(cut.repetitions.length).toBe(6);
    const left = cut.metrics.find(({ metric }) => metric.side === 'L')!;
    expect(left.angle.avgMax).toBeCloseTo(60, 0);
    expect(left.angle.fullMax).toBeCloseTo(70, 0);
    expect(left.angle.avg).toBeLessThan(all.avg);
    expect(cut.metrics.find(({ metric }) => metric.side === 'R')).toEqual(
      computeReport(sixSquats(), SQUAT).metrics[0],
    );
    expect(cut.provenance.flags).toContain('knee_angle_l is excluded in repetition 6: not in its averages');
  });

  it('never shows in a number, whatever stands there', () => {
    const spans = { knee_angle_l: [[2.5, 3.5] as [number, number]] };
    const series = sixSquats(spans);
    const spoilt = (values: readonly Float64Array[]) =>
      values.map((channel, i) =>
        i === 1 ? channel.map((v, k) => (k >= 150 && k <= 210 ? 1e6 : v)) : channel,
      );
    const faulty = {
      ...series,
      angle: spoilt(series.angle),
      velocity: spoilt(series.velocity),
      acceleration: spoilt(series.acceleration),
    };
    const exercise = {
      ...SQUAT,
      metrics: [knee('L'), knee('R', { channel: 'knee_angle_l', reads: 'range' })],
    };
    expect(computeReport(faulty, exercise).metrics).toEqual(computeReport(series, exercise).metrics);
  });

  it('in every repetition leaves the metric out and names its channel', () => {
    const spans: [number, number][] = [0, 2, 4, 6, 8, 10].map((start) => [start + 0.5, start + 1]);
    const { metrics, provenance, summary } = computeReport(sixSquats({ knee_angle_l: spans }), SQUAT);
    expect(metrics.map(({ channel }) => channel)).toEqual(['knee_angle_r']);
    expect(summary.asymmetry).toEqual({});
    expect(provenance.missingChannels).toEqual(['knee_angle_l']);
    expect(provenance.flags).toContain(
      'knee_angle_l is excluded in every repetition: its metrics are left out',
    );
  });

  it('over the whole session leaves the metric out, with or without repetitions', () => {
    for (const primary of ['knee_angle_r', 'knee_angle_l']) {
      const report = computeReport(sixSquats({ knee_angle_l: [[0, 12]] }), {
        ...SQUAT,
        primaryChannel: primary,
      });
      expect(report.metrics.map(({ channel }) => channel)).toEqual(['knee_angle_r']);
      expect(report.provenance.missingChannels).toEqual(['knee_angle_l']);
      expect(report.provenance.flags).toContain(
        'knee_angle_l is excluded throughout: its metrics are left out',
      );
    }
  });

  it('wherever it lies leaves numbers that are numbers', () => {
    const series = sixSquats();
    const seconds = fc.integer({ min: 0, max: 12 });
    const span = fc
      .tuple(seconds, seconds)
      .map(([a, b]): FrameSpan[] => [{ first: 60 * Math.min(a, b), last: 60 * Math.max(a, b) }]);
    const exercise = {
      ...SQUAT,
      metrics: [knee('R'), knee('L'), knee('L', { label: 'Arc', reads: 'range' })],
    };
    fc.assert(
      fc.property(span, span, (right, left) => {
        const { metrics } = computeReport({ ...series, excluded: [right, left] }, exercise);
        for (const { angle, velocity, acceleration, deceleration } of metrics)
          for (const { fullMax, avg, avgMax } of [angle, velocity, acceleration, deceleration]) {
            expect([fullMax, avg, avgMax].every(Number.isFinite)).toBe(true);
            expect(avgMax).toBeLessThanOrEqual(fullMax + 1e-9);
            expect(avg).toBeLessThanOrEqual(avgMax + 1e-9);
          }
      }),
    );
  });

  it('does not take an edited repetition out of the list', () => {
    const report = computeReport(sixSquats({ knee_angle_r: [[2.5, 3.6]] }), SQUAT, {
      repetitions: [
        { start_s: 0, end_s: 2 },
        { start_s: 2, end_s: 4 },
      ],
    });
    expect(report.repetitions.map(({ peak_s }) => Math.round(peak_s))).toEqual([1, 2]);
    expect(report.provenance.flags).toContain(
      'knee_angle_r is excluded in repetition 2: not in its averages',
    );
  });
});
