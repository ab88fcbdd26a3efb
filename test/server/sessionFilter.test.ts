import { describe, expect, test } from 'vitest';
import type { SessionsQuery } from '../../src/contract/sessions.ts';
import { ApiError } from '../../src/server/errors.ts';
import { readFilter } from '../../src/server/sessionFilter.ts';

const us = (iso: string) => Date.parse(iso) * 1000;
const refusal = (query: SessionsQuery): string => {
  try {
    readFilter(query);
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).code).toBe('invalid_parameter');
    return (error as ApiError).message;
  }
  throw new Error('was not refused');
};

test('nothing asked for is everything, newest first', () => {
  expect(readFilter({})).toEqual({ order: 'newest' });
});

test('athletes are separated by commas, spaces and doubles do not matter', () => {
  expect(readFilter({ athleteID: 'A1' }).athleteIds).toEqual(['A1']);
  expect(readFilter({ athleteID: ' A1 ,A2,,A1,' }).athleteIds).toEqual(['A1', 'A2']);
  expect(refusal({ athleteID: ' , ' })).toContain('holds no id');
  const many = (count: number) => Array.from({ length: count }, (_, i) => `A${i}`).join(',');
  expect(readFilter({ athleteID: many(200) }).athleteIds?.length).toBe(200);
  expect(refusal({ athleteID: many(201) })).toContain('200');
});

test('both ends are inclusive: a time to its microsecond, a day to its end', () => {
  expect(readFilter({ from: '2026-05-04T09:30:00Z', to: '2026-05-04T09:30:00Z' })).toEqual({
    order: 'newest',
    from_us: us('2026-05-04T09:30:00Z'),
    before_us: us('2026-05-04T09:30:00Z') + 1,
  });
  expect(readFilter({ from: '2026-05-04', to: '2026-05-04' })).toEqual({
    order: 'newest',
    from_us: us('2026-05-04T00:00:00Z'),
    before_us: us('2026-05-05T00:00:00Z'),
  });
  expect(readFilter({ from: '2026-05-04T09:30:00.123456+02:00' }).from_us).toBe(
    us('2026-05-04T07:30:00Z') + 123_456,
  );
});

describe('a bare date is that whole day in the time zone', () => {
  test.each([
    ['UTC', '2026-05-04', '2026-05-04T00:00Z', '2026-05-05T00:00Z'],
    ['Europe/Berlin', '2026-01-15', '2026-01-14T23:00Z', '2026-01-15T23:00Z'],
    ['Europe/Berlin', '2026-07-15', '2026-07-14T22:00Z', '2026-07-15T22:00Z'],
    ['Asia/Kolkata', '2026-05-04', '2026-05-03T18:30Z', '2026-05-04T18:30Z'],
    ['Pacific/Kiritimati', '2026-05-04', '2026-05-03T10:00Z', '2026-05-04T10:00Z'],
    ['Pacific/Pago_Pago', '2026-05-04', '2026-05-04T11:00Z', '2026-05-05T11:00Z'],
    ['Asia/Kathmandu', '2026-12-31', '2026-12-30T18:15Z', '2026-12-31T18:15Z'],
    // Clocks change at night: days of 23 and of 25 hours.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00Z', '2026-04-05T13:30Z'],
    // Clocks change at midnight itself: the day begins at one o'clock, or has midnight twice.
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00Z', '2025-09-08T03:00Z'],
    ['America/Santiago', '2025-09-06', '2025-09-06T04:00Z', '2025-09-07T04:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z', '2018-11-05T02:00Z'],
    ['America/Havana', '2025-03-09', '2025-03-09T05:00Z', '2025-03-10T04:00Z'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00Z', '2025-11-03T05:00Z'],
    ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00Z', '2024-04-26T21:00Z'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00Z', '2024-03-31T21:00Z'],
    ['Asia/Amman', '2021-10-29', '2021-10-28T21:00Z', '2021-10-29T22:00Z'],
    ['Atlantic/Azores', '2025-10-26', '2025-10-26T00:00Z', '2025-10-27T01:00Z'],
    // A day that Samoa never had.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00Z', '2011-12-30T10:00Z'],
  ])('%s %s', (timeZone, day, from, before) => {
    expect(readFilter({ from: day, to: day, timeZone })).toEqual({
      order: 'newest',
      from_us: us(from),
      before_us: us(before),
    });
  });

  test('the days of a year follow each other without a gap, in every zone', () => {
    for (const timeZone of [
      'Europe/London',
      'America/Santiago',
      'America/Havana',
      'Africa/Cairo',
      'Atlantic/Azores',
      'Asia/Gaza',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'America/Nuuk',
    ]) {
      let end: number | undefined;
      for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2026, 0, 1); day += 86_400_000) {
        const date = new Date(day).toISOString().slice(0, 10);
        const { from_us, before_us } = readFilter({ from: date, to: date, timeZone });
        if (end !== undefined) expect(from_us, `${timeZone} ${date}`).toBe(end);
        const hours = (before_us! - from_us!) / 3.6e9;
        expect(hours >= 23 && hours <= 25, `${timeZone} ${date}: ${hours} hours`).toBe(true);
        end = before_us;
      }
    }
  }, 120_000);
});

test('a time that is one, but not of our times, is told so', () => {
  for (const far of ['0001-01-01', '9999-12-31', '2200-06-01T00:00:00Z', '1899-12-31T23:59:59Z'])
    for (const query of [{ from: far }, { to: far }])
      expect(refusal(query)).toContain('between the years 1900 and 2199');
  expect(readFilter({ from: '1900-01-01', to: '2199-12-31' })).toEqual({
    order: 'newest',
    from_us: us('1900-01-01T00:00:00Z'),
    before_us: us('2200-01-01T00:00:00Z'),
  });
});

test('a zone that is none, a date that is none, a time before there were recordings: refused by name', () => {
  for (const timeZone of ['Berlin', 'Europe/Atlantis', 'x'.repeat(500), '../etc'])
    expect(refusal({ timeZone })).toContain('timeZone');
  for (const wrong of [
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '04.05.2026',
    '2026-5-4',
    '1777000000',
    '2026-05-04T25:00:00Z',
    '2026-05-04T09:30:00+99:00',
  ]) {
    expect(refusal({ from: wrong })).toContain('from');
    expect(refusal({ to: wrong })).toContain('to');
  }
});
