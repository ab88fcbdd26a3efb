import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { butterworth } from '../../src/motion/butterworth.ts';
import { derivative } from '../../src/motion/derivative.ts';
import { lowpass, paddingOf } from '../../src/motion/lowpass.ts';

const SIX_HZ = butterworth(6, 60);
const signals = fc
  .array(fc.double({ min: -180, max: 180, noNaN: true }), { minLength: 10, maxLength: 80 })
  .map((values) => Float64Array.from(values));

function expectClose(actual: Float64Array, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, k) => {
    expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(tolerance);
  });
}

describe('the low-pass', () => {
  it('has the coefficients of a Butterworth filter of order 2 at 6 Hz', () => {
    const [section] = SIX_HZ;
    expect(section!.b0).toBeCloseTo(0.06745527388907192, 15);
    expect(section!.b1).toBeCloseTo(0.13491054777814385, 15);
    expect(section!.b2).toBeCloseTo(0.06745527388907192, 15);
    expect(section!.a1).toBeCloseTo(-1.1429805025399011, 15);
    expect(section!.a2).toBeCloseTo(0.41280159809618877, 15);
    expect(paddingOf(SIX_HZ)).toBe(9);
  });

  it('needs a cut-off below half the rate and more samples than it reflects', () => {
    expect(() => butterworth(30, 60)).toThrow(RangeError);
    expect(() => butterworth(0, 60)).toThrow(RangeError);
    expect(() => butterworth(Number.NaN, 60)).toThrow(RangeError);
    expect(() => lowpass(new Float64Array(9), SIX_HZ)).toThrow(RangeError);
    expect(lowpass(new Float64Array(10), SIX_HZ).length).toBe(10);
  });

  it('does not change a constant', () => {
    expectClose(lowpass(new Float64Array(10).fill(-42.5), SIX_HZ), Array(10).fill(-42.5));
  });

  it('does not change a straight line away from its ends, and hardly at them', () => {
    const line = Float64Array.from({ length: 240 }, (_, k) => 0.5 * k - 30);
    const filtered = lowpass(line, SIX_HZ);
    expectClose(filtered.subarray(50, 190), line.subarray(50, 190), 1e-8);
    expectClose(filtered, line, 0.02);
  });

  it('halves the amplitude at the cut-off and has no lag', () => {
    const sine = Float64Array.from({ length: 600 }, (_, k) => Math.sin((2 * Math.PI * 6 * k) / 60));
    const filtered = lowpass(sine, SIX_HZ);
    expectClose(
      filtered.subarray(100, 500),
      sine.subarray(100, 500).map((value) => value / 2),
    );
  });

  it('is linear, and the same backward', () => {
    fc.assert(
      fc.property(signals, fc.double({ min: -10, max: 10, noNaN: true }), (signal, factor) => {
        const filtered = lowpass(signal, SIX_HZ);
        const other = signal.map((value, k) => Math.sin(value) + k);
        const sum = lowpass(
          signal.map((value, k) => factor * value + other[k]!),
          SIX_HZ,
        );
        const parts = lowpass(other, SIX_HZ).map((value, k) => factor * filtered[k]! + value);
        expectClose(sum, parts, 1e-8);
      }),
    );
  });

  it('does not change its input', () => {
    const signal = Float64Array.from({ length: 20 }, (_, k) => k % 3);
    const copy = signal.slice();
    lowpass(signal, SIX_HZ);
    expect(signal).toEqual(copy);
  });

  it('equals scipy.signal.filtfilt, ends included', () => {
    const signal = Float64Array.of(0, 10, -5, 3, 8, 8, -20, 4, 0, 1, 6, 30);
    expectClose(
      lowpass(signal, SIX_HZ),
      [
        0.07507353643889314, 1.069685406843373, 1.5414767149595936, 1.2792602491004639, 0.1953967118522943,
        -1.4218217404078373, -2.533006492117766, -1.8154742508100474, 1.6334730348085542, 8.277786327815619,
        18.077692916481354, 29.96070488203933,
      ],
      1e-12,
    );
  });
});

describe('the derivative', () => {
  it('is one-sided at the ends and central inside', () => {
    expect([...derivative(Float64Array.of(1, 2, 4, 8), 60)]).toEqual([60, 90, 180, 240]);
  });

  it('is 0 for one sample, and the step for two', () => {
    expect([...derivative(Float64Array.of(5), 60)]).toEqual([0]);
    expect([...derivative(Float64Array.of(1, 3), 10)]).toEqual([20, 20]);
    expect(derivative(new Float64Array(0), 60).length).toBe(0);
  });

  it('is the slope of a line', () => {
    expectClose(
      derivative(
        Float64Array.from({ length: 12 }, (_, k) => k / 4),
        60,
      ),
      Array(12).fill(15),
    );
  });
});
