import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { butterworth, type Section } from '../../src/motion/signal/butterworth.ts';
import { derivative } from '../../src/motion/signal/derivative.ts';
import { lowpass, paddingOf } from '../../src/motion/signal/lowpass.ts';
import { expectClose } from './close.ts';

const SIX_HZ = butterworth(6, 60);
/** Thousandths of a degree, as recordings hold them. */
const value = fc.integer({ min: -180_000, max: 180_000 }).map((thousandths) => thousandths / 1000);
const chains = fc
  .record({ order: fc.integer({ min: 1, max: 8 }), cutOff: fc.double({ min: 0.02, max: 0.9, noNaN: true }) })
  .map(({ order, cutOff }) => butterworth(cutOff * 30, 60, order));
/** A chain, and signals that are long enough for it. */
const filtered = fc.record({
  sections: chains,
  signal: fc.array(value, { minLength: 28, maxLength: 90 }).map((values) => Float64Array.from(values)),
  factor: fc.double({ min: -10, max: 10, noNaN: true }),
});

/** Largest distance of a pole from the origin: what is left of a transient from one sample to the next. */
function slowestPole(sections: readonly Section[]): number {
  return Math.max(
    ...sections.map(({ a1, a2 }) =>
      a1 * a1 < 4 * a2 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(a1 * a1 - 4 * a2)) / 2,
    ),
  );
}

/** A chain starts at rest in a signal that is not: the transient is no larger than this times the signal's span. */
const FROM_REST = 3;

/** What may be left, at sample k of n, of transients of size 1 that start where the paddings do. */
function transientsAt(k: number, n: number, sections: readonly Section[]): number {
  const pole = slowestPole(sections);
  const padding = paddingOf(sections);
  return pole ** (k + padding) + pole ** (n - 1 - k + padding);
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

  it('does not change a constant, whatever its order', () => {
    fc.assert(
      fc.property(chains, value, (sections, constant) => {
        const signal = new Float64Array(28).fill(constant);
        expectClose(lowpass(signal, sections), signal, 1e-9);
      }),
    );
  });

  it('does not change a straight line, but for what dies away from the ends with its slowest pole', () => {
    fc.assert(
      fc.property(chains, value, value, fc.integer({ min: 28, max: 400 }), (sections, start, slope, n) => {
        const line = Float64Array.from({ length: n }, (_, k) => start + slope * k);
        const most = Math.abs(start) + Math.abs(slope) * n;
        lowpass(line, sections).forEach((found, k) => {
          const left = (Math.abs(slope) * transientsAt(k, n, sections)) / (1 - slowestPole(sections));
          expect(Math.abs(found - line[k]!)).toBeLessThanOrEqual(left + 1e-9 * most);
        });
      }),
    );
  });

  it('at 6 of 60 Hz leaves a line as it is half a second from its ends', () => {
    const line = Float64Array.from({ length: 240 }, (_, k) => 0.5 * k - 30);
    const passed = lowpass(line, SIX_HZ);
    expectClose(passed.subarray(30, 210), line.subarray(30, 210), 1e-9);
    expectClose(passed, line, 1e-4);
  });

  it('halves the amplitude at the cut-off and has no lag', () => {
    const sine = Float64Array.from({ length: 600 }, (_, k) => Math.sin((2 * Math.PI * 6 * k) / 60));
    const filtered = lowpass(sine, SIX_HZ);
    expectClose(
      filtered.subarray(100, 500),
      sine.subarray(100, 500).map((value) => value / 2),
    );
  });

  it('is linear: a sum filtered is the sum of the filtered', () => {
    fc.assert(
      fc.property(filtered, ({ sections, signal, factor }) => {
        const other = signal.map((value, k) => Math.sin(value) + k);
        const sum = lowpass(
          signal.map((value, k) => factor * value + other[k]!),
          sections,
        );
        const one = lowpass(signal, sections);
        const parts = lowpass(other, sections).map((value, k) => factor * one[k]! + value);
        sum.forEach((value, k) => {
          expect(Math.abs(value - parts[k]!)).toBeLessThanOrEqual(1e-6);
        });
      }),
    );
  });

  it('scales with its signal, to the last digit for powers of two', () => {
    fc.assert(
      fc.property(filtered, fc.integer({ min: -8, max: 8 }), ({ sections, signal }, power) => {
        const scaled = lowpass(
          signal.map((value) => value * 2 ** power),
          sections,
        );
        expect(scaled).toEqual(lowpass(signal, sections).map((value) => value * 2 ** power));
      }),
    );
  });

  it('is the same backward in time, but for what dies away from the ends with its slowest pole', () => {
    fc.assert(
      fc.property(filtered, ({ sections, signal }) => {
        const forward = lowpass(signal, sections);
        const backward = lowpass(signal.toReversed(), sections).reverse();
        forward.forEach((value, k) => {
          const left = FROM_REST * 360 * transientsAt(k, signal.length, sections);
          expect(Math.abs(value - backward[k]!)).toBeLessThanOrEqual(left + 1e-6);
        });
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
