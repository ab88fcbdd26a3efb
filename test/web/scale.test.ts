import { expect, test } from 'vitest';
import { dayTicks, linear, spanOf } from '../../src/web/charts/scale.ts';

const days = (texts: string[]) => texts.map((text) => Date.parse(text));

test('a span holds its values with air, and is never empty', () => {
  expect(spanOf([0, 100])).toEqual([-6, 106]);
  expect(spanOf([5])).toEqual([4, 6]);
  expect(spanOf([])).toEqual([-1, 1]);
  expect(linear([0, 10], [100, 0])(2.5)).toBe(75);
});

test('days and months begin where calendars say', () => {
  expect(dayTicks(days(['2026-05-04T09:00', '2026-05-07T09:00']) as [number, number], 4)).toEqual(
    days(['2026-05-05', '2026-05-06', '2026-05-07']),
  );
  expect(dayTicks(days(['2025-11-20', '2026-04-02']) as [number, number], 5)).toEqual(
    days(['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']),
  );
  expect(dayTicks(days(['2016-03-01', '2026-04-02']) as [number, number], 5)).toEqual(
    days(['2018-01-01', '2020-01-01', '2022-01-01', '2024-01-01', '2026-01-01']),
  );
});
