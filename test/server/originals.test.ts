import { expect, test } from 'vitest';
import { readRange } from '../../src/server/originals.ts';

test.each([
  ['bytes=0-0', [0, 0]],
  ['bytes=0-', [0, 99]],
  ['bytes=10-19', [10, 19]],
  ['bytes= 10 - 19', [10, 19]],
  ['bytes=90-1000', [90, 99]],
  ['bytes=99-', [99, 99]],
  ['bytes=-1', [99, 99]],
  ['bytes=-100', [0, 99]],
  ['bytes=-1000', [0, 99]],
  // The whole is answered to everything else.
  [undefined, null],
  ['', null],
  ['bytes=', null],
  ['bytes=-', null],
  ['bytes=-0', null],
  ['bytes=100-', null],
  ['bytes=20-10', null],
  ['bytes=0-1,5-6', null],
  ['items=0-1', null],
  ['bytes=a-b', null],
  ['bytes=99999999999999999999-', null],
] as const)('of 100 bytes, Range: %s is %j', (header, expected) => {
  const range = readRange(header, 100);
  expect(range && [range.first, range.last]).toEqual(expected);
});

test('of nothing there is no part', () => {
  expect(readRange('bytes=0-', 0)).toBe(null);
  expect(readRange('bytes=-5', 0)).toBe(null);
});
