import { expect, test } from 'vitest';
import { stepOf } from '../../src/web/ui/scoreStep.ts';

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
