import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPeaks } from '../../src/motion/signal/peaks.ts';

const signals = fc
  .array(fc.integer({ min: -20, max: 20 }), { maxLength: 80 })
  .map((values) => Float64Array.from(values));
const options = fc.record(
  { distance: fc.integer({ min: 1, max: 20 }), prominence: fc.integer({ min: 0, max: 20 }) },
  { requiredKeys: [] },
);

describe('peaks with distance and prominence', () => {
  it('do not move when a constant is added', () => {
    fc.assert(
      fc.property(signals, options, fc.integer({ min: -999, max: 999 }), (signal, asked, constant) => {
        const moved = signal.map((value) => value + constant);
        expect(findPeaks(moved, asked)).toEqual(findPeaks(signal, asked));
      }),
    );
  });

  it('scale with their signal', () => {
    fc.assert(
      fc.property(signals, options, fc.integer({ min: 1, max: 99 }), (signal, asked, factor) => {
        const scaled = findPeaks(
          signal.map((value) => value * factor),
          asked.prominence === undefined ? asked : { ...asked, prominence: asked.prominence * factor },
        );
        const { indices, prominences } = findPeaks(signal, asked);
        expect(scaled).toEqual({ indices, prominences: prominences.map((height) => height * factor) });
      }),
    );
  });

  it('are as far apart and stand out as much as asked', () => {
    fc.assert(
      fc.property(signals, options, (signal, asked) => {
        const { indices, prominences } = findPeaks(signal, asked);
        for (let i = 1; i < indices.length; i += 1)
          expect(indices[i]! - indices[i - 1]!).toBeGreaterThanOrEqual(asked.distance ?? 1);
        for (const height of prominences) expect(height).toBeGreaterThanOrEqual(asked.prominence ?? 0);
        for (const k of indices) {
          expect(signal[k]!).toBeGreaterThanOrEqual(signal[k - 1]!);
          expect(signal[k]!).toBeGreaterThanOrEqual(signal[k + 1]!);
        }
      }),
    );
  });

  it('lie at the same samples backward in time where every height is another', () => {
    const permutations = fc.shuffledSubarray(
      Array.from({ length: 60 }, (_, k) => k),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(permutations, options, (values, asked) => {
        const forward = findPeaks(Float64Array.from(values), asked);
        const backward = findPeaks(Float64Array.from(values.toReversed()), asked);
        expect(backward.indices.map((k) => values.length - 1 - k).reverse()).toEqual(forward.indices);
        expect([...backward.prominences].reverse()).toEqual(forward.prominences);
      }),
    );
  });

  it('keep the later of two equal heights too close to each other', () => {
    expect(findPeaks(Float64Array.of(0, 5, 0, 5, 0), { distance: 3 }).indices).toEqual([3]);
  });
});
