import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition, MetricDefinition } from '../src/motion/exercise.ts';
import { processRecording } from '../src/motion/process.ts';
import { computeCurves } from '../src/motion/report/curves.ts';
import { computeReport, type SessionReport } from '../src/motion/report.ts';

/** The worked example of docs/reports.md, computed by the pipeline and by the plain lines at the end of this file. */

const page = readFileSync('docs/reports.md', 'utf8');

type Row = Readonly<Record<string, number | string>>;

/** Rows of the table under a heading, by the names of its columns; cells that are numbers as numbers. */
function tableUnder(heading: string): Row[] {
  const section = page.split(`### ${heading}\n`)[1]?.split(/\n##+ /)[0] ?? expect.fail(`no ${heading}`);
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  const [names, , ...rows] = cells;
  return rows.map((row) =>
    Object.fromEntries(
      row.map((cell, i) => [names![i]!, /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell]),
    ),
  );
}

/** As printed: four decimals, and not the sign of a zero. */
const printed = (value: number) => Number(value.toFixed(4)) + 0;

const HEIGHTS = [60, 70, 80];
const right = Array.from(
  { length: 361 },
  (_, k) => (HEIGHTS[Math.min(2, Math.floor(k / 120))]! / 2) * (1 - Math.cos((Math.PI * k) / 60)),
);
const left = right.map((value) => 0.8 * value);

const metric = (side: 'L' | 'R', channel: string): MetricDefinition => ({
  label: 'Knee Flex. (°)',
  side,
  channel,
  sign: 1,
  reads: 'angle',
  min: 60,
  max: 90,
});
const EXERCISE: ExerciseDefinition = {
  name: 'Example',
  category: 'Example',
  primaryChannel: 'knee_angle_r',
  polarity: 1,
  metrics: [metric('R', 'knee_angle_r'), metric('L', 'knee_angle_l')],
  kneeFlexion: 'as recorded',
};

const series = processRecording({
  time: Float64Array.from(right, (_, k) => k / 60),
  channels: [
    { name: 'knee_angle_r', unit: 'deg', values: Float64Array.from(right) },
    { name: 'knee_angle_l', unit: 'deg', values: Float64Array.from(left) },
  ],
  format: 'mot',
  inDegrees: true,
  unitSource: 'inDegrees',
  assumedRate_hz: null,
  header: {},
  notes: [],
});
const report = computeReport(series, EXERCISE);

/** Everything that the page prints, however it was computed. */
interface Example {
  angle: readonly number[];
  velocity: readonly number[];
  acceleration: readonly number[];
  threshold: number;
  /** Samples. */
  repetitions: readonly { first: number; peak: number; last: number }[];
  statistics: Readonly<Record<string, { FullMax: number; AvgMax: number; Avg: number }>>;
  scores: { L: number | null; R: number | null; area: number };
  asymmetry: { difference: number; percent: number };
  curves: Readonly<Record<'angle' | 'velocity', { mean: readonly number[]; sd: readonly number[] }>>;
}

function byPipeline(): Example {
  const [knee] = computeCurves(series, report);
  const { areas, asymmetry } = report.summary;
  const { difference, percent } = asymmetry['Knee Flex. (°)']!;
  return {
    angle: Array.from(series.angle[0]!),
    velocity: Array.from(series.velocity[0]!),
    acceleration: Array.from(series.acceleration[0]!),
    threshold: report.provenance.prominenceThreshold!,
    repetitions: report.repetitions.map(({ start_s, peak_s, end_s }) => ({
      first: Math.round(start_s * 60),
      peak: Math.round(peak_s * 60),
      last: Math.round(end_s * 60),
    })),
    statistics: statisticsOf(report),
    scores: { R: report.metrics[0]!.score, L: report.metrics[1]!.score, area: areas.Knee!.score },
    asymmetry: { difference, percent: percent! },
    curves: {
      angle: { mean: Array.from(knee!.angle.mean), sd: Array.from(knee!.angle.sd) },
      velocity: { mean: Array.from(knee!.velocity.mean), sd: Array.from(knee!.velocity.sd) },
    },
  };
}

function statisticsOf({ metrics }: SessionReport): Example['statistics'] {
  const tables = { Ang: 'angle', Vel: 'velocity', Acc: 'acceleration', Dec: 'deceleration' } as const;
  return Object.fromEntries(
    Object.entries(tables).flatMap(([table, member]) =>
      metrics.map((result) => {
        const { fullMax, avgMax, avg } = result[member];
        return [`${table} ${result.metric.side}`, { FullMax: fullMax, AvgMax: avgMax, Avg: avg }];
      }),
    ),
  );
}

describe.each([
  ['the pipeline', byPipeline],
  ['a plain computation that shares no line with it', byHand],
])('the worked example of the docs, by %s', (_, compute) => {
  const example = compute();

  it('has the filtered series, its velocity and its acceleration', () => {
    const rows = tableUnder('Filtered and differentiated');
    expect(rows.length).toBe(11);
    for (const row of rows) {
      const k = row.Sample as number;
      expect(row).toEqual({
        Sample: k,
        'Time (s)': printed(k / 60),
        'Recorded (°)': printed(right[k]!),
        'Filtered (°)': printed(example.angle[k]!),
        'Velocity (°/s)': printed(example.velocity[k]!),
        'Acceleration (°/s²)': printed(example.acceleration[k]!),
      });
    }
  });

  it('has the threshold and the repetitions', () => {
    const lowest = printed(Math.min(...example.angle)).toFixed(4);
    const highest = printed(Math.max(...example.angle)).toFixed(4);
    expect(page).toContain(`reaches from ${lowest}° to ${highest}°`);
    expect(page).toContain(`= ${example.threshold.toFixed(4)}°.`);
    expect(tableUnder('Repetitions found')).toEqual(
      example.repetitions.map(({ first, peak, last }, i) => ({
        Repetition: i + 1,
        'Start (sample)': first,
        'Peak (sample)': peak,
        'End (sample)': last,
        'Start (s)': printed(first / 60),
        'Peak (s)': printed(peak / 60),
        'End (s)': printed(last / 60),
      })),
    );
  });

  it('has the maximum of each repetition', () => {
    const most = (values: readonly number[], i: number) => {
      const { first, last } = example.repetitions[i]!;
      return printed(Math.max(...values.slice(first, last + 1)));
    };
    const along = example.acceleration.map((a, k) => a * Math.sign(example.velocity[k]!));
    const leftAngle = filtered(left);
    expect(tableUnder('The maximum of each repetition')).toEqual(
      example.repetitions.map((_, i) => ({
        Repetition: i + 1,
        'Angle R (°)': most(example.angle, i),
        'Angle L (°)': most(leftAngle, i),
        'Speed R (°/s)': most(example.velocity.map(Math.abs), i),
        'Acceleration R (°/s²)': most(along, i),
        'Deceleration R (°/s²)': most(
          along.map((a) => -a),
          i,
        ),
      })),
    );
  });

  it('has the statistics of both sides', () => {
    const rows = tableUnder('Statistics of both sides');
    expect(rows.length).toBe(8);
    for (const row of rows) {
      const { FullMax, AvgMax, Avg } = example.statistics[`${row.Table} ${row.Side}`]!;
      expect(row).toEqual({
        Table: row.Table,
        Side: row.Side,
        FullMax: printed(FullMax),
        AvgMax: printed(AvgMax),
        Avg: printed(Avg),
      });
    }
  });

  it('has the scores and the asymmetry', () => {
    expect(tableUnder('Score and asymmetry')).toEqual([
      {
        '': 'Knee',
        Left: printed(example.statistics['Ang L']!.AvgMax),
        Right: printed(example.statistics['Ang R']!.AvgMax),
        Difference: printed(example.asymmetry.difference),
        Percent: printed(example.asymmetry.percent),
        'Score L': example.scores.L,
        'Score R': example.scores.R,
        'Area score': example.scores.area,
      },
    ]);
  });

  it('has the points of the curve', () => {
    const { angle, velocity } = example.curves;
    const rows = tableUnder('Points of the curve');
    expect(rows.length).toBe(7);
    for (const row of rows) {
      const j = row.Percent as number;
      expect(row).toEqual({
        Percent: j,
        'Mean R (°)': printed(angle.mean[j]!),
        'SD R (°)': printed(angle.sd[j]!),
        'Mean velocity R (°/s)': printed(velocity.mean[j]!),
        'SD velocity R (°/s)': printed(velocity.sd[j]!),
      });
    }
  });
});

/** The second way: written from the page alone, for a recording on the grid with one peak every 120 samples. */
function byHand(): Example {
  const sides = { R: filtered(right), L: filtered(left) };
  const angle = sides.R;
  const velocity = slopes(angle);
  const acceleration = slopes(velocity);
  const threshold = Math.max(10, 0.3 * (Math.max(...angle) - Math.min(...angle)));

  const peaks = angle.flatMap((value, k) =>
    k > 0 && k < 360 && value > angle[k - 1]! && value > angle[k + 1]! && value > threshold ? [k] : [],
  );
  const lowest = (from: number, to: number) => angle.indexOf(Math.min(...angle.slice(from, to + 1)), from);
  const repetitions = peaks.map((peak, i) => ({
    first: lowest(peaks[i - 1] ?? 0, peak),
    peak,
    last: lowest(peak, peaks[i + 1] ?? 360),
  }));

  const statistics: Record<string, { FullMax: number; AvgMax: number; Avg: number }> = {};
  for (const [side, values] of Object.entries(sides)) {
    const v = slopes(values);
    const along = slopes(v).map((a, k) => a * Math.sign(v[k]!));
    const signals = { Ang: values, Vel: v.map(Math.abs), Acc: along, Dec: along.map((a) => -a) };
    for (const [table, signal] of Object.entries(signals)) {
      const maxima = repetitions.map(({ first, last }) => Math.max(...signal.slice(first, last + 1)));
      const inside = signal.slice(repetitions[0]!.first, repetitions.at(-1)!.last + 1);
      statistics[`${table} ${side}`] = {
        FullMax: Math.max(...signal),
        AvgMax: mean(maxima),
        Avg: mean(inside),
      };
    }
  }

  const L = statistics['Ang L']!.AvgMax;
  const R = statistics['Ang R']!.AvgMax;
  const score = (value: number) => (value >= 60 && value <= 90 ? 1 : value >= 55 && value <= 95 ? 0.5 : 0);
  const curve = (signal: readonly number[]) => {
    const points = Array.from({ length: 101 }, (_, j) =>
      repetitions.map(({ first, last }) => {
        const at = first + (j * (last - first)) / 100;
        const k = Math.floor(at);
        return at === k ? signal[k]! : signal[k]! * (k + 1 - at) + signal[k + 1]! * (at - k);
      }),
    );
    const deviation = (values: number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));
    return { mean: points.map(mean), sd: points.map(deviation) };
  };
  return {
    angle,
    velocity,
    acceleration,
    threshold,
    repetitions,
    statistics,
    scores: { L: score(L), R: score(R), area: (100 * (score(L) + score(R))) / 2 },
    asymmetry: { difference: L - R, percent: (100 * (L - R)) / R },
    curves: { angle: curve(angle), velocity: curve(velocity) },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Per second at 60 Hz: central inside, one-sided at the ends. */
function slopes(values: readonly number[]): number[] {
  const last = values.length - 1;
  return values.map((_, k) => {
    if (k === 0) return (values[1]! - values[0]!) * 60;
    if (k === last) return (values[last]! - values[last - 1]!) * 60;
    return ((values[k + 1]! - values[k - 1]!) * 60) / 2;
  });
}

/** Butterworth of order 2 at 6 Hz for 60 Hz, forward and backward, ends turned over nine samples. */
function filtered(values: readonly number[]): number[] {
  const n = values.length;
  const before = Array.from({ length: 9 }, (_, i) => 2 * values[0]! - values[9 - i]!);
  const after = Array.from({ length: 9 }, (_, i) => 2 * values[n - 1]! - values[n - 2 - i]!);
  const forward = onePass([...before, ...values, ...after]);
  return onePass(forward.reverse()).reverse().slice(9, -9);
}

function onePass(values: readonly number[]): number[] {
  const K = Math.tan((Math.PI * 6) / 60);
  const scale = 1 / (1 + Math.SQRT2 * K + K * K);
  const [b0, b1, b2] = [K * K * scale, 2 * K * K * scale, K * K * scale];
  const [a1, a2] = [2 * (K * K - 1) * scale, (1 - Math.SQRT2 * K + K * K) * scale];
  // At rest on the first value: what a constant input of that value would have left behind.
  let x1 = values[0]!;
  let x2 = x1;
  let y1 = x1;
  let y2 = x1;
  return values.map((x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}
