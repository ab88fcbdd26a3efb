import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thin } from '../../../src/server/export/thin.ts';

const curve = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 300 });
const points = fc.integer({ min: 4, max: 120 });

test('a curve that is short enough stays as it is', () => {
  const values = Float64Array.of(3, 1, 2);
  expect(thin(values, 4)).toBe(values);
  expect(thin(values, 3)).toBe(values);
});

test('every peak stays: lowest and highest of each bin, in their order', () => {
  expect([...thin(Float64Array.of(0, 9, 1, 2, 8, -5, 3, 4), 4)]).toEqual([0, 9, 8, -5]);
});

test('however a curve runs, at most so many of its values are left, and the extremes are among them', () => {
  fc.assert(
    fc.property(curve, points, (values, most) => {
      const kept = thin(Float64Array.from(values), most);
      expect(kept.length).toBeLessThanOrEqual(most);
      expect(Math.max(...kept)).toBe(Math.max(...values));
      expect(Math.min(...kept)).toBe(Math.min(...values));
      let at = 0;
      for (const value of kept) {
        at = values.indexOf(value, at);
        expect(at).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('a time axis stays growing, from its first to its last time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 1000 }), points, (frames, most) => {
      const kept = thin(
        Float64Array.from({ length: frames }, (_, i) => i / 60),
        most,
      );
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe((frames - 1) / 60);
      kept.forEach((time, i) => {
        if (i > 0) expect(time).toBeGreaterThan(kept[i - 1]!);
      });
    }),
  );
});
