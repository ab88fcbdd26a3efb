/**
 * Numbers of a series → the text of a JSON array, as bytes. Every value is rounded to the decimals that keep nine
 * significant digits of the largest magnitude in the array (error at most 5e-9 of it), trailing zeros left out. Written
 * digit by digit into a buffer: about ten times the speed of JSON.stringify, and half the length.
 */
const SIGNIFICANT = 9;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

export function writeNumbers(values: Float64Array, decimals = decimalsFor(values)): Buffer {
  const scale = 10 ** decimals;
  // Sign, integer digits, point, decimals, comma: integers of a rounded value stay below SIGNIFICANT + 1 digits, unless
  // the magnitude itself is larger.
  const width = 4 + decimals + Math.max(1, Math.ceil(Math.log10(largest(values) + 1)) + 1);
  const out = Buffer.allocUnsafe(values.length * width + 2);
  let at = 0;
  out[at++] = 91; // [
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out[at++] = COMMA;
    let scaled = Math.round(values[i]! * scale);
    if (scaled < 0) {
      out[at++] = MINUS;
      scaled = -scaled;
    }
    const whole = Math.floor(scaled / scale);
    at = writeDigits(out, at, whole, digitsOf(whole));
    let rest = scaled - whole * scale;
    if (rest > 0) {
      let places = decimals;
      while (rest % 10 === 0) {
        rest /= 10;
        places--;
      }
      out[at++] = POINT;
      at = writeDigits(out, at, rest, places);
    }
  }
  out[at++] = 93; // ]
  return out.subarray(0, at);
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
function writeDigits(out: Buffer, at: number, value: number, count: number): number {
  let rest = value;
  for (let place = at + count - 1; place >= at; place--) {
    const tenth = Math.floor(rest / 10);
    out[place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + count;
}
