/**
 * A number as decimal text in bytes, rounded to `decimals` places, trailing zeros left out: `-12.5`, `3`, `0`. Digit by
 * digit into a buffer, which is several times as fast as making a string of it. Exact for |value| × scale below 2^53.
 */
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Up to here digits are taken off with the integers of the processor, several times as fast. */
const LARGEST_INT = 2 ** 31 - 1;

/** Bytes that `writeDecimal` writes at most for a magnitude. */
export function decimalWidth(magnitude: number, decimals: number): number {
  return 3 + decimals + Math.max(1, Math.ceil(Math.log10(magnitude + 1)) + 1);
}

/** Writes `value` at `at`; answers where the text ends. `scale` is 10 ** decimals, passed so that it is made once. */
export function writeDecimal(
  out: Uint8Array,
  at: number,
  value: number,
  scale: number,
  decimals: number,
): number {
  let scaled = Math.round(value * scale);
  if (scaled < 0) {
    out[at++] = MINUS;
    scaled = -scaled;
  }
  const whole = Math.floor(scaled / scale);
  at = writeDigits(out, at, whole, digitsOf(whole));
  let rest = scaled - whole * scale;
  if (rest === 0) return at;
  let places = decimals;
  if (rest <= LARGEST_INT) {
    let small = rest | 0;
    while (small % 10 === 0) {
      small = (small / 10) | 0;
      places--;
    }
    rest = small;
  } else {
    while (rest % 10 === 0) {
      rest /= 10;
      places--;
    }
  }
  out[at++] = POINT;
  return writeDigits(out, at, rest, places);
}

/** Decimals beyond these would not be powers of ten that a double holds together with digits before the point. */
const MOST_DECIMALS = 15;
/** Up to here the product of a value and a power of ten is off by less than half. */
const LARGEST_SCALED = 2 ** 51;

/**
 * Fewest decimals with which the text of every value is read back as exactly that value; null where there are none, for
 * values that were not made from decimal text. Missing values (NaN) need none.
 */
export function exactDecimals(values: Float64Array): number | null {
  let decimals = 0;
  let scale = 1;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    while (Math.round(value * scale) / scale !== value) {
      if (++decimals > MOST_DECIMALS) return null;
      scale = 10 ** decimals;
    }
    const magnitude = Math.abs(value);
    if (magnitude > largest) largest = magnitude;
  }
  return largest * scale < LARGEST_SCALED ? decimals : null;
}

/** Largest magnitude among the values that are not missing; 0 without any. */
export function largestMagnitude(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]!);
    if (magnitude > most) most = magnitude;
  }
  return most;
}

function digitsOf(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count++;
  return count;
}

/** Writes `count` digits of a whole number, with leading zeros where it has fewer. */
function writeDigits(out: Uint8Array, at: number, value: number, count: number): number {
  if (value <= LARGEST_INT) {
    let rest = value | 0;
    for (let place = at + count - 1; place >= at; place--) {
      const tenth = (rest / 10) | 0;
      out[place] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    return at + count;
  }
  let rest = value;
  for (let place = at + count - 1; place >= at; place--) {
    const tenth = Math.floor(rest / 10);
    out[place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + count;
}
