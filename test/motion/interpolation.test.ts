/** What every interpolation keeps, and what each promises beyond that. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolationThrough } from '../../src/motion/signal/resample.ts';

/** Samples that are 2 to 30 ms apart, in thousandths of a degree. */
const sampled = (least: number) =>
  fc
    .array(
      fc.record({
        step_ms: fc.integer({ min: 2, max: 30 }),
        thousandths: fc.integer({ min: -90_000, max: 90_000 }),
      }),
      { minLength: least, maxLength: 50 },
    )
    .map((rows) => {
      let ms = 0;
      const times = rows.map(({ step_ms }) => {
        ms += step_ms;
        return ms / 1000;
      });
      return {
        time: Float64Array.from(times),
        values: Float64Array.from(rows, ({ thousandths }) => thousandths / 1000),
      };
    });

/** From the first to the last sample, ten instants to a step. */
function between(time: Float64Array): Float64Array {
  const count = 10 * (time.length - 1) + 1;
  return Float64Array.from({ length: count }, (_, k) => {
    const i = Math.min(Math.floor(k / 10), Math.max(0, time.length - 2));
    const next = time[i + 1] ?? time[i]!;
    return time[i]! + ((k - 10 * i) / 10) * (next - time[i]!);
  });
}

describe.each(['cubic', 'natural', 'monotone', 'linear'] as const)('%s interpolation', (name) => {
  it('passes through its samples', () => {
    fc.assert(
      fc.property(sampled(1), ({ time, values }) => {
        expect(interpolationThrough(name, time, time)(values)).toEqual(values);
      }),
    );
  });

  it('leaves a straight line as it is', () => {
    fc.assert(
      fc.property(sampled(2), fc.integer({ min: -200, max: 200 }), ({ time }, slope) => {
        const at = between(time);
        interpolationThrough(
          name,
          time,
          at,
        )(time.map((t) => slope * t - 7)).forEach((value, k) => {
          expect(Math.abs(value - (slope * at[k]! - 7))).toBeLessThanOrEqual(1e-9);
        });
      }),
    );
  });

  it('does not depend on where the zero of time lies, nor of the values', () => {
    fc.assert(
      fc.property(sampled(2), ({ time, values }) => {
        const at = between(time);
        const found = interpolationThrough(name, time, at)(values);
        const later = (axis: Float64Array) => axis.map((t) => t + 64);
        const moved = interpolationThrough(
          name,
          later(time),
          later(at),
        )(values.map((value) => value + 360)).map((value) => value - 360);
        moved.forEach((value, k) => {
          expect(Math.abs(value - found[k]!)).toBeLessThanOrEqual(1e-6);
        });
      }),
    );
  });

  it('holds the first and last value outside its samples', () => {
    fc.assert(
      fc.property(sampled(1), ({ time, values }) => {
        const outside = Float64Array.of(time[0]! - 9, time[0]! - 1e-6, time.at(-1)! + 1e-3, time.at(-1)! + 9);
        const first = values[0]!;
        const last = values.at(-1)!;
        expect([...interpolationThrough(name, time, outside)(values)]).toEqual([first, first, last, last]);
      }),
    );
  });

  it('writes into the array it is given', () => {
    const at = Float64Array.of(0, 0.5, 1);
    const room = new Float64Array(3);
    const through = interpolationThrough(name, Float64Array.of(0, 1, 2), at);
    expect(through(Float64Array.of(0, 1, 2), room)).toBe(room);
    expect(room[2]).toBe(1);
  });
});

describe('the not-a-knot spline', () => {
  it('is the very cubic that four or more samples lie on', () => {
    fc.assert(
      fc.property(
        sampled(4),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }),
        ({ time }, [c0, c1, c2, c3]) => {
          const cubic = (t: number) => c0! + c1! * t + c2! * t ** 2 + c3! * t ** 3;
          const at = between(time);
          interpolationThrough(
            'cubic',
            time,
            at,
          )(time.map(cubic)).forEach((value, k) => {
            expect(Math.abs(value - cubic(at[k]!))).toBeLessThanOrEqual(1e-9);
          });
        },
      ),
    );
  });
});

describe('monotone interpolation', () => {
  it('stays between its two neighbours, and turns nowhere but at samples', () => {
    fc.assert(
      fc.property(sampled(2), ({ time, values }) => {
        const found = interpolationThrough('monotone', time, between(time))(values);
        for (let i = 0; i + 1 < values.length; i += 1) {
          const piece = found.subarray(10 * i, 10 * i + 11);
          const direction = Math.sign(values[i + 1]! - values[i]!);
          for (let k = 1; k < piece.length; k += 1)
            expect(direction * (piece[k]! - piece[k - 1]!)).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });

  it('is flat where its samples are', () => {
    const through = interpolationThrough(
      'monotone',
      Float64Array.of(0, 1, 2, 3),
      Float64Array.of(1.1, 1.5, 1.9),
    );
    expect([...through(Float64Array.of(0, 5, 5, 9))]).toEqual([5, 5, 5]);
  });
});
