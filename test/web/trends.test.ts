import { expect, test } from 'vitest';
import type { ReportRow } from '../../src/sdk/index.ts';
import { familiesOf } from '../../src/web/athletes/families.ts';
import { athletesNamed, nameOf } from '../../src/web/athletes/nameOf.ts';
import { LEAST_PAIRS, type Measured, noticeable } from '../../src/web/athletes/noticeable.ts';
import { trendsOf, visitsOf } from '../../src/web/athletes/trends.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

/** Values of an athlete, a week apart unless said otherwise. */
const series = (athlete: string, values: number[], side = 'L', days = 7): Measured[] =>
  values.map((value, index) => ({ athlete, side, value, at_ms: START_MS + index * days * DAY_MS }));

test('the smallest change worth noticing, computed by hand', () => {
  // Differences 2, −2, 4, 0 and 2, 0, 0, 2: mean 1, squares of deviations 1 9 9 1 1 1 1 1 = 24, SD √(24/7) = 1.85164,
  // typical error SD/√2 = 1.30931, detectable 1.96 · √2 · 1.30931 = 1.96 · 1.85164 = 3.62921.
  const measured = [...series('A', [10, 12, 10, 14, 14]), ...series('B', [20, 22, 22, 22, 24])];
  expect(noticeable(measured)).toMatchObject({ pairs: 8, differences: 8, pairAthletes: 2, athletes: 2 });
  expect(noticeable(measured).typicalError).toBeCloseTo(1.30931, 5);
  expect(noticeable(measured).detectable).toBeCloseTo(3.62921, 5);
  // Two athletes make no spread; the noise alone decides.
  expect(noticeable(measured)).toMatchObject({ betweenAthletes: null, worthwhile: null });
  expect(noticeable(measured).smallest).toBeCloseTo(3.62921, 5);
  // Means 12, 22, and three more of one session each: 37, 47, 57. Their mean is 35, deviations −23 −13 2 12 22, squares
  // 529 169 4 144 484 = 1330, SD √(1330/4) = 18.23458, a fifth 3.64692: now more than the noise.
  const five = [...measured, ...series('C', [37]), ...series('D', [47]), ...series('E', [57])];
  expect(noticeable(five).betweenAthletes).toBeCloseTo(18.23458, 5);
  expect(noticeable(five).worthwhile).toBeCloseTo(3.64692, 5);
  expect(noticeable(five).smallest).toBeCloseTo(3.64692, 5);
});

test('a gain that everybody makes is no noise, and neither are sessions far apart', () => {
  const steady = series('A', [0, 5, 10, 15, 20, 25, 30, 35, 40]);
  expect(noticeable(steady)).toMatchObject({ pairs: 8, typicalError: 0, detectable: 0, smallest: 0 });
  const rare = series('A', [0, 5, 1, 15, 20, 25, 30, 35, 40], 'L', 61);
  expect(noticeable(rare)).toMatchObject({ pairs: 0, typicalError: null, detectable: null, smallest: null });
});

test('too little data is said by null, and both sides of a session are one pair with two differences', () => {
  expect(noticeable([])).toMatchObject({ pairs: 0, athletes: 0, smallest: null, worthwhile: null });
  const values = Array.from({ length: LEAST_PAIRS }, (_, index) => (index * 7) % 5);
  const few = [...series('A', values), ...series('A', values, 'R')];
  expect(noticeable(few)).toMatchObject({ pairs: LEAST_PAIRS - 1, differences: 14, typicalError: null });
  const enough = [...series('A', [...values, 3]), ...series('A', [...values, 3], 'R')];
  expect(noticeable(enough)).toMatchObject({ pairs: LEAST_PAIRS, differences: 16, pairAthletes: 1 });
  // The order in which they come does not matter.
  expect(noticeable(enough.toReversed())).toEqual(noticeable(enough));
});

/** A line of a report. */
const row = (more: Partial<ReportRow>): ReportRow => ({
  'Session ID': 'S1',
  Date: '2026-05-04T09:30:00.000Z',
  'Athlete ID': 'A',
  'Exercise ID': 'squat',
  'Session Name': 'Squat',
  Quantity: 'Ang',
  Metric: 'Knee',
  Side: 'L',
  FullMax: 1,
  Avg: 1,
  AvgMax: 1,
  Score: null,
  Min: null,
  Max: null,
  Unit: 'deg',
  Version: 1,
  ...more,
});
const on = (day: string) => ({ 'Session ID': day, Date: `2026-05-${day}T09:30:00.000Z` });

test('rows become trends: sides together, directions apart, changes per side, the last range', () => {
  const rows = [
    row({ ...on('11'), Side: 'L', AvgMax: 95, Min: 90, Max: 130, Score: 1 }),
    row({ ...on('11'), Side: 'R', AvgMax: 90, Min: 90, Max: 130, Score: 1 }),
    row({ ...on('04'), Side: 'L', AvgMax: 90, Min: 80, Max: 130, Score: 1 }),
    row({ ...on('04'), Side: 'F', Metric: 'Torso' }),
    row({ ...on('04'), Side: 'B', Metric: 'Torso' }),
  ];
  const [knee, forward, backward, ...others] = trendsOf(rows);
  expect(others).toEqual([]);
  expect(knee).toMatchObject({
    metric: 'Knee',
    sides: ['L', 'R'],
    unit: 'deg',
    range: { min: 90, max: 130 },
  });
  expect(knee!.points.map(({ side, value, change }) => [side, value, change])).toEqual([
    ['L', 90, null],
    ['L', 95, 5],
    ['R', 90, null],
  ]);
  expect([forward!.sides, backward!.sides]).toEqual([['F'], ['B']]);
  expect(forward!.range).toBe(null);
  expect(trendsOf([row({ Side: 'L', Min: 1, Max: 2 }), row({ Side: 'R', Min: 1, Max: 3 })])[0]!.range).toBe(
    null,
  );
});

const visits = (rows: ReportRow[]) =>
  visitsOf(trendsOf(rows)[0]!, (at_ms) => new Date(at_ms).toISOString().slice(0, 10));

test('left against right: of a session, or of the two sessions of a day; unscored sides are not compared', () => {
  const [both, other] = visits([
    row({ ...on('04'), Side: 'L', AvgMax: 55.9988 }),
    row({ ...on('04'), Side: 'R', AvgMax: 69.9985 }),
    row({ ...on('11'), Side: 'L', AvgMax: 0 }),
    row({ ...on('11'), Side: 'R', AvgMax: 0 }),
  ]);
  // The worked example of docs/reports.md.
  expect(both!.difference).toBeCloseTo(-13.9997, 9);
  expect(both!.percent).toBeCloseTo(-20, 3);
  expect(other).toMatchObject({ difference: 0, percent: null });
  const unscored = visits([
    row({ Side: 'L', AvgMax: 50, Min: 60, Max: 90, Score: 0 }),
    row({ Side: 'R', AvgMax: 20, Min: 60, Max: 90, Score: null }),
  ]);
  expect(unscored[0]).toMatchObject({ difference: null, percent: null });
  // One-sided tests: left and right of a day, in either order, and a second left for itself.
  const apart = visits([
    row({ ...on('04'), 'Session ID': '1', 'Exercise ID': 'left', Side: 'L', AvgMax: 40 }),
    row({ Date: '2026-05-04T09:33:00Z', 'Session ID': '2', 'Exercise ID': 'right', Side: 'R', AvgMax: 30 }),
    row({ Date: '2026-05-04T09:40:00Z', 'Session ID': '3', 'Exercise ID': 'left', Side: 'L', AvgMax: 41 }),
    row({ Date: '2026-05-05T09:40:00Z', 'Session ID': '4', 'Exercise ID': 'right', Side: 'R', AvgMax: 31 }),
  ]);
  expect(apart.map(({ points, difference }) => [points.L?.value, points.R?.value, difference])).toEqual([
    [40, 30, 10],
    [41, undefined, null],
    [undefined, 31, null],
  ]);
  // Two sessions of one day of a two-sided exercise stay two.
  const twice = visits([
    row({ ...on('04'), 'Session ID': '1', Side: 'L' }),
    row({ Date: '2026-05-04T10:30:00Z', 'Session ID': '2', Side: 'R' }),
  ]);
  expect(twice).toHaveLength(2);
});

test('tests of one side belong together where both are there', () => {
  const exercises = ['Left Hop', 'Squat', 'Right Hop', 'Left Reach'].map((name) => ({
    'Exercise ID': name.toUpperCase(),
    'Exercise Name': name,
  }));
  expect(familiesOf(exercises)).toEqual([
    { id: 'LEFT HOP', name: 'Hop', ids: ['LEFT HOP', 'RIGHT HOP'] },
    { id: 'LEFT REACH', name: 'Left Reach', ids: ['LEFT REACH'] },
    { id: 'SQUAT', name: 'Squat', ids: ['SQUAT'] },
  ]);
});

test('athletes are found by every word, and are called something in any case', () => {
  const athlete = (FirstName: string, LastName: string, ExternalID: string | null, ValorID = 'ID') => ({
    FirstName,
    LastName,
    ExternalID,
    ValorID,
  });
  const all = [athlete('Ada', 'Okoro', 'x-1'), athlete('Ben', 'Adams', null), athlete('', '', null)];
  expect(athletesNamed(all, ' ada  OKO ')).toEqual([all[0]]);
  expect(athletesNamed(all, 'ada')).toEqual(all.slice(0, 2));
  expect(athletesNamed(all, 'X-1')).toEqual([all[0]]);
  expect(athletesNamed(all, '')).toEqual(all);
  expect(all.map(nameOf)).toEqual(['Ada Okoro', 'Ben Adams', 'ID']);
});
