import { expect, test } from 'vitest';
import { pinched } from '../../src/web/charts/stretch.ts';

const whole = { from: 0, to: 100 };

test('a pinch keeps the value between the fingers between them', () => {
  expect(pinched(40, 0.5, 20, whole, 1)).toEqual({ from: 30, to: 50 });
  expect(pinched(40, 0.25, 20, whole, 1)).toEqual({ from: 35, to: 55 });
});

test('a pinch ends at the whole, at its ends and at the shortest stretch', () => {
  expect(pinched(40, 0.5, 500, whole, 1)).toBeNull();
  expect(pinched(40, 0.9, 60, whole, 1)).toEqual({ from: 0, to: 60 });
  expect(pinched(90, 0.1, 60, whole, 1)).toEqual({ from: 40, to: 100 });
  expect(pinched(40, 0.5, 0.001, whole, 1)).toEqual({ from: 39.5, to: 40.5 });
  expect(pinched(40, 0.5, Number.POSITIVE_INFINITY, whole, 1)).toBeNull();
  expect(pinched(0.2, 0.5, 0.1, { from: 0, to: 0.5 }, 1)).toBeNull();
});
