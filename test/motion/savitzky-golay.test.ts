import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { savitzkyGolay } from '../../src/motion/signal/savitzky-golay.ts';
import { expectClose } from './close.ts';

const fits = fc
  .record({ half: fc.integer({ min: 0, max: 12 }), degree: fc.integer({ min: 0, max: 8 }) })
  .map(({ half, degree }) => ({ window: 2 * half + 1, degree: Math.min(degree, 2 * half) }));
const coefficients = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 9, maxLength: 9 });
const signals = fc
  .array(fc.integer({ min: -180, max: 180 }), { minLength: 25, maxLength: 60 })
  .map((values) => Float64Array.from(values));

/** Sum of c[p] u ** p for p up to `degree`, u from −1 to 1 over the samples; and its derivative per sample. */
function polynomial(c: readonly number[], degree: number, samples: number) {
  const steps = (samples - 1) / 2;
  const at = (k: number) => k / steps - 1;
  const sum = (term: (p: number, u: number) => number) =>
    Float64Array.from({ length: samples }, (_, k) => {
      let total = 0;
      for (let p = 0; p <= degree; p += 1) total += c[p]! * term(p, at(k));
      return total;
    });
  return {
    values: sum((p, u) => u ** p),
    slopes: sum((p, u) => (p === 0 ? 0 : (p * u ** (p - 1)) / steps)),
  };
}

function expectNear(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  actual.forEach((value, k) => {
    expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(tolerance);
  });
}

describe('Savitzky–Golay', () => {
  it('leaves a polynomial up to its degree as it is, ends included', () => {
    fc.assert(
      fc.property(fits, coefficients, fc.integer({ min: 25, max: 60 }), (fit, c, samples) => {
        const { values } = polynomial(c, fit.degree, samples);
        expectNear(savitzkyGolay(values, fit), values, 1e-8);
      }),
    );
  });

  it('reads the derivative of such a polynomial, ends included', () => {
    fc.assert(
      fc.property(fits, coefficients, (fit, c) => {
        const { values, slopes } = polynomial(c, fit.degree, 40);
        const rate_hz = 60;
        const found = savitzkyGolay(values, { ...fit, derivative: 1, delta: 1 / rate_hz });
        expectNear(
          found,
          slopes.map((slope) => slope * rate_hz),
          1e-5,
        );
      }),
    );
  });

  it('is linear, and the same backward in time', () => {
    fc.assert(
      fc.property(fits, signals, fc.integer({ min: -5, max: 5 }), (fit, signal, factor) => {
        const smooth = savitzkyGolay(signal, fit);
        const other = signal.map((_, k) => 20 * Math.sin(k));
        const sum = savitzkyGolay(
          signal.map((value, k) => factor * value + other[k]!),
          fit,
        );
        const parts = savitzkyGolay(other, fit).map((value, k) => factor * smooth[k]! + value);
        expectNear(sum, parts, 1e-8);
        expectNear(savitzkyGolay(signal.toReversed(), fit).reverse(), smooth, 1e-8);
      }),
    );
  });

  it('has no derivative beyond its degree', () => {
    const signal = Float64Array.from({ length: 30 }, (_, k) => k % 7);
    expectClose(savitzkyGolay(signal, { window: 7, degree: 2, derivative: 3 }), new Float64Array(30), 0);
  });

  it('says which window, degree, derivative and delta it cannot have', () => {
    const signal = new Float64Array(9);
    expect(() => savitzkyGolay(signal, { window: 4, degree: 1 })).toThrow('the window must be odd');
    expect(() => savitzkyGolay(signal, { window: 11, degree: 1 })).toThrow('at most the 9 samples');
    expect(() => savitzkyGolay(signal, { window: 5, degree: 5 })).toThrow('the degree must be');
    expect(() => savitzkyGolay(signal, { window: 5, degree: 2, derivative: -1 })).toThrow('the derivative');
    expect(() => savitzkyGolay(signal, { window: 5, degree: 2, delta: 0 })).toThrow('delta must be');
  });
});
