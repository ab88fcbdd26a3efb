import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepRows, keepValues } from '../../src/motion/series/clean.ts';
import { linearThrough } from '../../src/motion/signal/linear.ts';
import { gridOf } from '../../src/motion/signal/resample.ts';
import { samplingOf } from '../../src/motion/signal/sampling.ts';
import { splineThrough } from '../../src/motion/signal/spline.ts';

const { NaN: missing, POSITIVE_INFINITY: infinite } = Number;

describe('cleaning', () => {
  it('keeps rows whose time is finite and grows', () => {
    const kept = keepRows(Float64Array.of(missing, 1, 1, 0.5, 2, infinite, 3, 2.5));
    expect([...kept.rows]).toEqual([1, 4, 6]);
    expect([...kept.time]).toEqual([1, 2, 3]);
    expect(kept.droppedRows).toBe(5);
  });

  it('does not take rounding for a time step', () => {
    expect([...keepRows(Float64Array.of(0, 1e-12, 1)).time]).toEqual([0, 1]);
  });

  it('leaves out the values of dropped rows and those that are not numbers', () => {
    const kept = keepRows(Float64Array.of(0, 0, 1, 2, 3));
    const values = keepValues(kept, Float64Array.of(10, 99, missing, infinite, 13));
    expect([...values.values]).toEqual([10, 13]);
    expect([...values.time]).toEqual([0, 3]);
    expect(values.missing).toBe(2);
  });

  it('takes magnitudes no body can have for missing', () => {
    expect(keepValues(keepRows(Float64Array.of(0, 1)), Float64Array.of(1e300, 1)).missing).toBe(1);
  });

  it('finds nothing in a channel without numbers', () => {
    expect(keepValues(keepRows(Float64Array.of(0, 1)), Float64Array.of(missing, missing))).toMatchObject({
      missing: 2,
    });
  });
});

describe('the sampling of a time axis', () => {
  it('is regular with one sample, two, and steps that jitter', () => {
    expect(samplingOf(Float64Array.of(5))).toMatchObject({ regular: true, gaps: [] });
    expect(samplingOf(Float64Array.of(5, 9))).toMatchObject({ regular: true, medianStep_s: 4 });
    expect(samplingOf(Float64Array.of(0, 0.017, 0.033, 0.05))).toMatchObject({ regular: true });
  });

  it('is irregular when one step is longer than 1.5 median steps, and a gap above 0.25 s', () => {
    expect(samplingOf(Float64Array.of(0, 0.01, 0.02, 0.0351, 0.0451))).toMatchObject({
      regular: false,
      gaps: [],
    });
    expect(samplingOf(Float64Array.of(1, 1.1, 1.2, 1.3, 1.7)).gaps).toMatchObject([{ start_s: 1.3 }]);
  });

  it('is irregular when two samples all but coincide, where a cubic would overshoot', () => {
    expect(samplingOf(Float64Array.of(0, 0.01, 0.01 + 1e-10, 0.02, 0.03)).regular).toBe(false);
  });
});

describe('the grid', () => {
  it('starts at the first time and ends at or before the last', () => {
    const grid = gridOf(Float64Array.of(2, 2.99), 60, 1);
    expect(grid.length).toBe(60);
    expect(grid[0]).toBe(2);
    expect(grid[59]).toBeCloseTo(2 + 59 / 60, 12);
  });

  it('has a frame for a last time that rounding put just before it', () => {
    expect(gridOf(Float64Array.of(0, 0.99999999), 60, 1).length).toBe(61);
  });

  it('refuses recordings of fewer than ten frames, and of too many', () => {
    expect(gridOf(Float64Array.of(0, 0.15), 60, 1).length).toBe(10);
    expect(() => gridOf(Float64Array.of(0, 0.149), 60, 1)).toThrow(
      expect.objectContaining({ code: 'recording_too_short' }),
    );
    expect(() => gridOf(Float64Array.of(0), 60, 1)).toThrow(
      expect.objectContaining({ code: 'recording_too_short' }),
    );
    expect(() => gridOf(new Float64Array(0), 60, 1)).toThrow(
      expect.objectContaining({ code: 'recording_no_data' }),
    );
    expect(() => gridOf(Float64Array.of(0, 1e300), 60, 1)).toThrow(
      expect.objectContaining({ code: 'recording_too_long' }),
    );
  });
});

describe.each([
  ['linear', linearThrough],
  ['spline', splineThrough],
] as const)('%s interpolation', (_, through) => {
  const at = Float64Array.of(-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 9);

  it('holds the first and last value outside the samples', () => {
    const values = through(Float64Array.of(0, 1, 2, 3), at)(Float64Array.of(4, 5, 3, 8));
    expect(values[0]).toBe(4);
    expect(values[8]).toBe(8);
  });

  it('passes through the samples', () => {
    const values = through(Float64Array.of(0, 1, 2, 3), at)(Float64Array.of(4, 5, 3, 8));
    expect([values[1], values[3], values[5], values[7]]).toEqual([4, 5, 3, 8]);
  });

  it('is constant through one sample and straight through two', () => {
    expect([...through(Float64Array.of(1), at)(Float64Array.of(7))]).toEqual(Array(9).fill(7));
    expect([...through(Float64Array.of(0, 2), Float64Array.of(0, 0.5, 2))(Float64Array.of(0, 4))]).toEqual([
      0, 1, 4,
    ]);
  });

  it('does not change a straight line, however uneven the samples', () => {
    const steps = fc.array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.double({ min: -100, max: 100, noNaN: true }), (lengths, slope) => {
        let end = 0;
        const time = Float64Array.from([0, ...lengths.map((length) => (end += length))]);
        const instants = Float64Array.from({ length: 30 }, (_unused, k) => (k * end) / 29);
        const values = through(time, instants)(time.map((t) => slope * t + 3));
        instants.forEach((t, k) => {
          expect(values[k]).toBeCloseTo(slope * t + 3, 7);
        });
      }),
    );
  });
});

describe('the spline', () => {
  it('is the parabola through three samples', () => {
    const values = splineThrough(Float64Array.of(0, 1, 3), Float64Array.of(0.5, 2))(Float64Array.of(0, 1, 9));
    expect(values[0]).toBeCloseTo(0.25, 12);
    expect(values[1]).toBeCloseTo(4, 12);
  });

  it('is the very cubic that the samples lie on', () => {
    const cubic = (t: number) => 2 * t ** 3 - 5 * t ** 2 + t - 7;
    const time = Float64Array.of(0, 0.4, 1.1, 1.5, 2.6, 3);
    const instants = Float64Array.from({ length: 31 }, (_, k) => k / 10);
    const values = splineThrough(time, instants)(time.map(cubic));
    instants.forEach((t, k) => {
      expect(values[k]).toBeCloseTo(cubic(t), 10);
    });
  });

  it('equals scipy.interpolate.CubicSpline', () => {
    const time = Float64Array.of(0, 0.9, 2.1, 3, 4.2, 5);
    const instants = Float64Array.of(0.3, 1.5, 2.7, 3.6, 4.8);
    const values = splineThrough(time, instants)(Float64Array.of(1, -2, 4, 0, 3, -1));
    const expected = [
      -2.0951435246995995, 1.8728582554517126, 1.277256712653908, 0.8989534657320873, 1.286162800400536,
    ];
    expected.forEach((value, k) => {
      expect(values[k]).toBeCloseTo(value, 12);
    });
  });
});
