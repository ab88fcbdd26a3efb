import { expect, test } from 'vitest';
import type { Report, Session } from '../../src/sdk/index.ts';
import {
  type Compared,
  linesOf,
  partedMetrics,
  peakOf,
  rangeBand,
  referenceOf,
  sharedMetrics,
  sidesShown,
} from '../../src/web/compare/compared.ts';
import { curvesCsv } from '../../src/web/compare/curvesCsv.ts';
import { MOST_COMPARED, sessionLook } from '../../src/web/compare/looks.ts';
import { organizationBand } from '../../src/web/compare/organizationBand.ts';

/** A report with one metric after another: its sides, with mean curve, mean maximum and range. */
function report(
  metrics: Record<
    string,
    Partial<Record<'L' | 'R', { mean?: number[]; avgMax?: number; range?: [number, number] }>>
  >,
  reads: 'angle' | 'range' = 'angle',
): Report {
  const Ang: Report['WorkoutMetrics']['Ang'] = {};
  const curves: Record<string, object> = {};
  const Metrics: object[] = [];
  for (const [label, sides] of Object.entries(metrics)) {
    for (const [side, { mean, avgMax = 1, range }] of Object.entries(sides)) {
      const [Min, Max] = range ?? [null, null];
      const statistics = { FullMax: 1, Avg: 1, AvgMax: avgMax, Score: null, Min, Max, Unit: 'deg' };
      Ang[label] = { ...Ang[label], [side]: statistics };
      Metrics.push({ Label: label, Side: side, Reads: reads, RangeSource: 'measured' });
      if (mean !== undefined)
        curves[label] = {
          ...curves[label],
          [side]: { Mean: mean, SD: mean.map(() => 0), Repetitions: [mean, mean], Unit: 'deg' },
        };
    }
  }
  return {
    WorkoutMetrics: { Ang, Vel: {}, Acc: {}, Dec: {} },
    Curves: { Percent: [], Ang: curves, Vel: {} },
    Provenance: { Metrics },
  } as unknown as Report;
}

const compared = (number: number, of: Report, athlete = 'Ada'): Compared => ({
  number,
  athlete,
  exercise: 'Squat',
  report: of,
  session: {
    'Session ID': `S${number}`,
    Date: '2026-05-04T09:30:00.000Z',
    'Athlete ID': `A${number}`,
    'Session Name': 'Squat',
  } as Session,
});

test('only metrics that every session has are offered, whatever they are called', () => {
  const squat = compared(1, report({ Hip: { L: {} }, Knee: { L: {} }, constructor: { L: {} } }));
  const lunge = compared(2, report({ Knee: { R: {} }, Torso: { L: {} } }));
  expect(sharedMetrics([squat, lunge])).toEqual(['Knee']);
  expect(partedMetrics([squat, lunge])).toEqual(['Hip', 'constructor', 'Torso']);
  expect(sharedMetrics([])).toEqual([]);
});

test('of many two-sided sessions one side is shown, of one-sided ones all', () => {
  const both = [1, 2, 3].map((number) => compared(number, report({ Knee: { L: {}, R: {} } })));
  expect(sidesShown(undefined, ['L', 'R'], both, 'Knee')).toEqual(['L']);
  expect(sidesShown(undefined, ['L', 'R'], both.slice(1), 'Knee')).toEqual(['L', 'R']);
  expect(sidesShown('both', ['L', 'R'], both, 'Knee')).toEqual(['L', 'R']);
  expect(sidesShown('R', ['L', 'R'], both, 'Knee')).toEqual(['R']);
  expect(sidesShown('B', ['L', 'R'], both, 'Knee')).toEqual(['L']);
  const single = [
    compared(1, report({ Knee: { L: {} } })),
    ...both.slice(3),
    compared(2, report({ Knee: { R: {} } })),
  ];
  single.push(compared(3, report({ Knee: { L: {} } })));
  expect(sidesShown(undefined, ['L', 'R'], single, 'Knee')).toEqual(['L', 'R']);
});

test('a line is compared with the same side of the first session, or with its first line', () => {
  const sessions = [
    compared(1, report({ Knee: { R: { avgMax: 70 } } })),
    compared(2, report({ Knee: { L: { avgMax: 50 }, R: { avgMax: 65 } } })),
  ];
  const lines = linesOf(sessions, 'Knee', ['L', 'R'], 'angle');
  expect(lines.map(({ mark }) => mark)).toEqual(['1 R', '2 L', '2 R']);
  expect(lines.map((line) => referenceOf(line, lines).mark)).toEqual(['1 R', '1 R', '1 R']);
});

test('a range is drawn where all lines have the same, of angles that are read as such', () => {
  const one = (range: [number, number] | undefined, reads?: 'range') =>
    compared(1, report({ Knee: { L: range === undefined ? {} : { range } } }, reads));
  const band = (...sessions: Compared[]) =>
    rangeBand(linesOf(sessions, 'Knee', ['L'], 'angle'), 'Knee', 'angle');
  expect(band(one([60, 90]), one([60, 90]))).toEqual({ kind: 'range', min: 60, max: 90, source: 'measured' });
  expect(band(one([60, 90]), one([60, 95]))).toEqual({ kind: 'none', because: 'different' });
  expect(band(one([60, 90]), one(undefined))).toEqual({ kind: 'none', because: 'different' });
  expect(band(one(undefined))).toEqual({ kind: 'none', because: 'unranged' });
  expect(band(one([60, 90], 'range'))).toEqual({ kind: 'none', because: 'amplitude' });
  expect(rangeBand([], 'Knee', 'velocity')).toEqual({ kind: 'none', because: 'velocity' });
});

test('the organization: every athlete counts once, with the mean of own sessions and of the sides shown', () => {
  const other = (athlete: string, date: string, L?: number[], R?: number[]) => ({
    athlete,
    date,
    report: report({ Knee: { ...(L && { L: { mean: L } }), ...(R && { R: { mean: R } }) } }),
  });
  const others = [
    // Means of its sessions: (10 + 20) / 2 and 40; of the athlete (15 + 40) / 2 = 27.5.
    other('A', '2026-01-03', [10, 0], [20, 0]),
    other('A', '2026-01-01', [40, 0]),
    other('B', '2026-01-02', [30, 0]),
    other('C', '2026-01-02', [32.5, 6]),
    other('without repetitions', '2026-01-04'),
  ];
  // (27.5 + 30 + 32.5) / 3 = 30; SD √((6.25 + 0 + 6.25) / 2) = 2.5. The second point: 2, √((4 + 4 + 16) / 2) = √12.
  const band = organizationBand(others, 'Knee', ['L', 'R'], 'angle');
  expect(band).toMatchObject({ athletes: 3, sessions: 4, from: '2026-01-01', to: '2026-01-03' });
  expect(band.mean).toEqual([30, 2]);
  expect((band as { sd: number[] }).sd[0]).toBeCloseTo(2.5, 12);
  expect((band as { sd: number[] }).sd[1]).toBeCloseTo(Math.sqrt(12), 12);
  expect(organizationBand(others.slice(0, 3), 'Knee', ['L'], 'angle')).toEqual({
    athletes: 2,
    sessions: 3,
    mean: null,
  });
  expect(organizationBand([], 'Knee', ['L'], 'angle')).toEqual({ athletes: 0, sessions: 0, mean: null });
});

test('no two of twelve sessions share colour and dash', () => {
  const looks = Array.from({ length: MOST_COMPARED }, (_, index) =>
    Object.values(sessionLook(index + 1)).join(' '),
  );
  expect(new Set(looks).size).toBe(MOST_COMPARED);
});

test('the CSV holds every point with its repetitions, and keeps hostile names in their field', () => {
  const sessions = [
    compared(1, report({ 'Knee "x", y': { L: { mean: [1.5, 2] } } }), '=1+1,"<script>"'),
    compared(2, report({ 'Knee "x", y': { L: {} } })),
  ];
  const lines = linesOf(sessions, 'Knee "x", y', ['L'], 'angle');
  const text = Buffer.concat(curvesCsv(lines, 'Knee "x", y', 'angle')).toString();
  const quoted = '"=1+1,""<script>"""';
  expect(text.split('\n')).toEqual([
    'session_id,date,athlete_id,athlete,exercise,session_name,metric,quantity,side,unit,percent,mean,sd,repetition_1,repetition_2',
    `S1,2026-05-04T09:30:00.000Z,A1,${quoted},Squat,Squat,"Knee ""x"", y",angle,L,deg,0,1.5,0,1.5,1.5`,
    `S1,2026-05-04T09:30:00.000Z,A1,${quoted},Squat,Squat,"Knee ""x"", y",angle,L,deg,1,2,0,2,2`,
    '',
  ]);
});

test('a curve is read where it is highest until somebody chooses', () => {
  const curve = (Mean: number[]) => ({ Mean, SD: [], Repetitions: [], Unit: 'deg' });
  expect(peakOf(curve([1, 7, 7, 3]))).toBe(1);
  expect(peakOf(curve([-9, -2, -5]))).toBe(1);
});
