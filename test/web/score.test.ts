import { expect, test } from 'vitest';
import { stepOf, wholeScore } from '../../src/web/ui/scoreStep.ts';

test('a score says in range only where everything is, and of a mean nothing that may be false', () => {
  expect([100, 50, 0].map((score) => stepOf(score))).toEqual(['good', 'near', 'poor']);
  expect([100, 75, 50, 25, 0].map((score) => stepOf(score, 2))).toEqual([
    'good',
    'mixed',
    'mixed',
    'mixed',
    'poor',
  ]);
});

test('a mean of scores is rounded neither to 100 nor to 0, which say that all or nothing is in range', () => {
  expect([100, 99.6, 75, 0.4, 0].map(wholeScore)).toEqual([100, 99, 75, 1, 0]);
});
