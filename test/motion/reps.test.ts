import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRepetitions } from '../../src/motion/report/reps.ts';
import { localMaxima, prominencesOf, thinByDistance } from '../../src/motion/signal/peaks.ts';
import { wave } from './recordings.ts';

function sampled(angle: (t: number) => number, seconds: number): Float64Array {
  return Float64Array.from({ length: Math.round(seconds * 60) + 1 }, (_, k) => angle(k / 60));
}

describe('peaks', () => {
  it('are never the first or last sample', () => {
    expect(localMaxima(Float64Array.of(3, 2, 1))).toEqual([]);
    expect(localMaxima(Float64Array.of(1, 2, 3))).toEqual([]);
    expect(localMaxima(Float64Array.of(1, 3, 3))).toEqual([]);
    expect(localMaxima(Float64Array.of(1))).toEqual([]);
    expect(localMaxima(new Float64Array(0))).toEqual([]);
  });

  it('lie in the middle of a plateau, rounded down', () => {
    expect(localMaxima(Float64Array.of(0, 1, 1, 1, 0))).toEqual([2]);
    expect(localMaxima(Float64Array.of(0, 1, 1, 0))).toEqual([1]);
    expect(localMaxima(Float64Array.of(0, 1, 1, 2, 0))).toEqual([3]);
  });

  it('give way to a higher one nearby, whatever its prominence', () => {
    const signal = Float64Array.of(0, 5, 0, 6, 0, 5, 0);
    expect(thinByDistance(signal, [1, 3, 5], 3)).toEqual([3]);
    expect(thinByDistance(signal, [1, 3, 5], 2)).toEqual([1, 3, 5]);
    expect(thinByDistance(Float64Array.of(0, 5, 0, 5, 0), [1, 3], 3)).toEqual([3]);
  });

  it('rise from the higher of their two valleys', () => {
    expect(prominencesOf(Float64Array.of(0, 5, 2, 9, 4, 6, 1), [1, 3, 5])).toEqual([3, 8, 2]);
    expect(prominencesOf(Float64Array.of(1, 5, 2, 5, 3), [1, 3])).toEqual([3, 2]);
  });

  it('measure as a walk to both sides does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (values) => {
        const signal = Float64Array.from(values);
        const peaks = localMaxima(signal);
        expect(prominencesOf(signal, peaks)).toEqual(peaks.map((peak) => walked(signal, peak)));
      }),
      { numRuns: 1000 },
    );
  });
});

function walked(signal: Float64Array, peak: number): number {
  let left = signal[peak]!;
  for (let k = peak; k >= 0 && signal[k]! <= signal[peak]!; k -= 1) left = Math.min(left, signal[k]!);
  let right = signal[peak]!;
  for (let k = peak; k < signal.length && signal[k]! <= signal[peak]!; k += 1)
    right = Math.min(right, signal[k]!);
  return signal[peak]! - Math.max(left, right);
}

describe('repetitions', () => {
  it('are none in a constant, a ramp, a half movement and a tremor', () => {
    for (const angle of [() => 30, (t: number) => 9 * t, (t: number) => 90 * Math.sin(t / 4), wave(9.9, 1)]) {
      expect(findRepetitions(sampled(angle, 6), 60)).toMatchObject({
        peaks: [],
        prominences: [],
        boundaries: [],
      });
    }
  });

  it('are one for one movement, from the lowest sample before to the lowest after', () => {
    const { peaks, boundaries, prominences, threshold } = findRepetitions(sampled(wave(80, 2), 2), 60);
    expect(peaks).toEqual([60]);
    expect(boundaries).toEqual([0, 120]);
    expect(prominences[0]).toBeCloseTo(80, 9);
    expect(threshold).toBeCloseTo(24, 9);
  });

  it('share their boundaries, the first of equal valleys', () => {
    expect(findRepetitions(sampled(wave(80, 2), 6), 60)).toMatchObject({
      peaks: [60, 180, 300],
      boundaries: [0, 120, 240, 360],
    });
    const rests = (t: number) => (t % 2 < 1 ? wave(80, 1)(t % 2) : 0);
    expect(findRepetitions(sampled(rests, 6), 60).boundaries).toEqual([0, 60, 180, 300]);
  });

  it('need 10° and 30 % of the range', () => {
    expect(findRepetitions(sampled(wave(10.1, 2), 4), 60).peaks.length).toBe(2);
    const mixed = (t: number) => (t < 2 ? wave(100, 2)(t) : wave(t < 4 ? 29 : 31, 2)(t));
    expect(findRepetitions(sampled(mixed, 6), 60).peaks).toEqual([60, 300]);
  });

  it('are at least half a second apart', () => {
    expect(findRepetitions(sampled(wave(80, 0.4), 4), 60).peaks.length).toBeLessThan(8);
    expect(findRepetitions(sampled(wave(80, 0.5), 4), 60).peaks.length).toBe(8);
  });

  it('do not depend on where zero is, and count the same at any scale above the threshold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 40, max: 400, noNaN: true }),
        (count, height) => {
          const signal = sampled(wave(height, 2), 2 * count);
          const { peaks } = findRepetitions(signal, 60);
          expect(peaks.length).toBe(count);
          expect(
            findRepetitions(
              signal.map((value) => value - 1000),
              60,
            ).peaks,
          ).toEqual(peaks);
        },
      ),
    );
  });

  it('are found in an hour of noise, plateaus or stairs within a second', () => {
    const n = 216_000;
    const noise = Float64Array.from({ length: n }, (_, k) => 100 * Math.abs(Math.sin(k * k)));
    const flat = new Float64Array(n).fill(7);
    const stairs = Float64Array.from({ length: n }, (_, k) => k / 10 + (k % 40 === 0 ? 20 : 0));
    const start = performance.now();
    for (const signal of [noise, flat, stairs]) findRepetitions(signal, 60);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
