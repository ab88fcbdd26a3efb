import { decimalWidth, exactDecimals, writeDecimal } from '../motion/write/decimal.ts';

/**
 * Numbers of a series → the text of a JSON array, as bytes. Every value is rounded to the decimals that keep nine
 * significant digits of the largest magnitude in the array (error at most 5e-9 of it).
 */
const SIGNIFICANT = 9;
const COMMA = 44;

export function writeNumbers(values: Float64Array, decimals = decimalsFor(values)): Buffer {
  const scale = 10 ** decimals;
  const magnitude = largest(values);
  // Beyond what integers hold exactly the digits cannot be taken one by one.
  if (magnitude * scale >= 2 ** 53) return Buffer.from(JSON.stringify(Array.from(values)));
  const out = Buffer.allocUnsafe(values.length * (decimalWidth(magnitude, decimals) + 1) + 2);
  let at = 0;
  out[at++] = 91; // [
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out[at++] = COMMA;
    at = writeDecimal(out, at, values[i]!, scale, decimals);
  }
  out[at++] = 93; // ]
  return out.subarray(0, at);
}

/** The shortest digits that are read back as the same numbers. */
export function writeExactly(values: Float64Array): Buffer {
  const decimals = exactDecimals(values);
  // Adding 0 takes the sign from a zero.
  return decimals === null
    ? Buffer.from(JSON.stringify(Array.from(values, (value) => value + 0)))
    : writeNumbers(values, decimals);
}

/** Decimals that keep SIGNIFICANT digits of the largest magnitude; 0 to 15. */
export function decimalsFor(values: Float64Array): number {
  const magnitude = largest(values);
  if (magnitude === 0) return 0;
  return Math.min(15, Math.max(0, SIGNIFICANT - 1 - Math.floor(Math.log10(magnitude))));
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]!);
    if (!Number.isFinite(magnitude)) throw new Error('a series holds a value that is no finite number');
    if (magnitude > most) most = magnitude;
  }
  return most;
}
