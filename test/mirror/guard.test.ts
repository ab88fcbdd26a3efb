import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEW, tooMany } from '../../src/mirror/guard.ts';

test('more than half is too many, unless it is few', () => {
  expect(tooMany(FEW, FEW)).toBe(false);
  expect(tooMany(FEW + 1, 2 * (FEW + 1))).toBe(false);
  expect(tooMany(FEW + 1, 2 * FEW + 1)).toBe(true);
});

test('the manual names the number', () => {
  const manual = readFileSync(new URL('../../docs/mirror.md', import.meta.url), 'utf8');
  expect(manual.match(/more than (\d+) records/g)).toEqual(Array(2).fill(`more than ${FEW} records`));
});
