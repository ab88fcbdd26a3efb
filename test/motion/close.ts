import { expect } from 'vitest';

/** Every value within `tolerance` of the expected one, relative to the largest magnitude expected. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-9,
  hint = '',
): void {
  expect(actual.length, hint).toBe(expected.length);
  let largest = 0;
  for (let k = 0; k < expected.length; k += 1) largest = Math.max(largest, Math.abs(expected[k]!));
  for (let k = 0; k < expected.length; k += 1) {
    const error = Math.abs(actual[k]! - expected[k]!);
    if (!(error <= tolerance * largest))
      expect.fail(`${hint} [${k}]: ${actual[k]} is not ${expected[k]}, ${error / largest} of the largest`);
  }
}
