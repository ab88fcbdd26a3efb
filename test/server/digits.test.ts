import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalsFor, writeNumbers } from '../../src/server/digits.ts';

const write = (...values: number[]) => writeNumbers(Float64Array.from(values)).toString();

test('numbers as people write them', () => {
  expect(write()).toBe('[]');
  expect(write(0)).toBe('[0]');
  expect(write(-0)).toBe('[0]');
  expect(write(1, -1, 0.5, -0.25)).toBe('[1,-1,0.5,-0.25]');
  expect(write(90, 1 / 3)).toBe('[90,0.3333333]');
  expect(write(0.1 + 0.2)).toBe('[0.3]');
  expect(write(123456789, 0.4)).toBe('[123456789,0]');
  expect(write(-0.0000001, 100)).toBe('[0,100]');
  expect(write(9.999999999)).toBe('[10]');
  expect(write(0.9999999999, -0.9999999999)).toBe('[1,-1]');
  expect(write(99999.99995)).toBe('[100000]');
});

test('decimals keep nine digits of the largest magnitude', () => {
  expect(
    [0, 1, 9.99, 10, -100, 123456789, 1e12, 1e-3].map((value) => decimalsFor(Float64Array.of(value))),
  ).toEqual([0, 8, 8, 7, 6, 0, 0, 11]);
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** What the file promises: JSON, and every number within half a unit of the last digit kept. */
function expectKept(values: number[]): void {
  const array = Float64Array.from(values);
  const parsed = JSON.parse(writeNumbers(array).toString()) as number[];
  const half = 0.5 * 10 ** -decimalsFor(array);
  expect(parsed.length).toBe(values.length);
  values.forEach((value, i) => {
    // Beyond 2^53 the last digit is coarser than one.
    const allowed = half * (1 + 1e-6) + Math.abs(value) * 2 ** -52;
    if (!(Math.abs(parsed[i]! - value) <= allowed))
      expect.fail(`${value} became ${parsed[i]} (of ${values.length})`);
  });
}

describe('whatever the numbers, they come back within half a unit of the last digit kept', () => {
  test('of like magnitude', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -18, max: 18 }),
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 50 }),
        (power, values) => expectKept(values.map((value) => value * 10 ** power)),
      ),
      { numRuns: 1000 },
    );
  });

  test('of any magnitude', () => {
    fc.assert(fc.property(fc.array(finite, { maxLength: 20 }), expectKept), { numRuns: 1000 });
  });

  test.each([
    [[5e-324]],
    [[2.2250738585072014e-308, -5e-324]],
    [[1e300]],
    [[-1.7976931348623157e308, 1]],
    [[2 ** 53, 2 ** 53 + 2, -(2 ** 60)]],
    [[1e15, 0.1]],
    [[999999999.5, 1e9, 9999999999.4]],
    [[1e21, 123.456, -0.5]],
    [[1e-15, 1e-16, 4.9e-16]],
  ])('%j', (values) => expectKept(values));

  test('times of a long recording are exact to a tenth of a nanosecond', () => {
    const times = Float64Array.from({ length: 60 * 3600 * 3 }, (_, i) => i / 60);
    const parsed = JSON.parse(writeNumbers(times, 10).toString()) as number[];
    parsed.forEach((time, i) => {
      if (Math.abs(time - i / 60) > 1e-10) expect.fail(`${i}: ${time}`);
    });
  });
});

test('no number that JSON does not know is ever written', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    let text = '[]';
    try {
      text = write(1, value);
    } catch {
      // Refusing is as good.
    }
    expect(() => JSON.parse(text)).not.toThrow();
  }
});
