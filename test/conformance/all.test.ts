import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every case of the contract, 1 to 61, has exactly one test', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const text = files.map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8')).join('\n');
  const names = /\(\s*(['"`])(\d+)\. /g;
  const numbers = [...text.matchAll(names)].map((match) => Number(match[2]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 61 }, (_, index) => index + 1));
});
