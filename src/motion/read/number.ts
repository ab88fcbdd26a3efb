/**
 * Decimal text in a byte buffer → double, correctly rounded, without making strings.
 *
 * The digits are gathered as an integer. Below 2^53 it is exact, and so are the powers of ten up to 10^22, hence one
 * multiplication or division rounds once, to the nearest double (Clinger, "How to read floating point numbers
 * accurately", 1990). Everything else goes through `Number`.
 */

const LARGEST_EXACT = 2 ** 53 - 1;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

export class NumberScanner {
  readonly bytes: Uint8Array;
  /** Whether a comma, too, separates the fraction. */
  readonly decimalComma: boolean;
  /** Where the next number starts; after `scan` the first byte behind it, or unmoved when there was none. */
  position = 0;

  constructor(bytes: Uint8Array, decimalComma: boolean) {
    this.bytes = bytes;
    this.decimalComma = decimalComma;
  }

  /** The number at `position`. NaN with `position` unmoved when no number starts there. */
  scan(): number {
    const bytes = this.bytes;
    const length = bytes.length;
    const start = this.position;
    let at = start;
    let byte = bytes[at]!;
    const negative = byte === MINUS;
    if (negative || byte === PLUS) {
      at += 1;
      byte = bytes[at]!;
    }

    let mantissa = 0;
    let digits = 0;
    let significant = 0;
    let digit = byte - ZERO;
    while (digit >= 0 && digit <= 9 && at < length) {
      mantissa = mantissa * 10 + digit;
      if (mantissa !== 0) significant += 1;
      digits += 1;
      at += 1;
      digit = bytes[at]! - ZERO;
    }
    let exponent = 0;
    if (at < length && (bytes[at] === POINT || (this.decimalComma && bytes[at] === COMMA))) {
      at += 1;
      const fraction = at;
      digit = bytes[at]! - ZERO;
      while (digit >= 0 && digit <= 9 && at < length) {
        mantissa = mantissa * 10 + digit;
        if (mantissa !== 0) significant += 1;
        at += 1;
        digit = bytes[at]! - ZERO;
      }
      exponent = fraction - at;
      digits -= exponent;
    }
    if (digits === 0) return Number.NaN;

    if (at < length && (bytes[at]! | 32) === 101) {
      const written = exponentAt(bytes, at + 1);
      if (written !== undefined) {
        exponent += written.value;
        at = written.end;
      }
    }
    this.position = at;
    // Beyond 16 digits the integer may have been rounded on the way, even where it ends below 2^53.
    if (significant <= 16 && mantissa <= LARGEST_EXACT && exponent >= -22 && exponent <= 22) {
      const magnitude =
        exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent]! : mantissa * POWERS_OF_TEN[exponent]!;
      return negative ? -magnitude : magnitude;
    }
    return numberOfText(bytes, start, at);
  }
}

/** The digits after an `e`; undefined when there are none, and then the `e` is not part of the number. */
function exponentAt(bytes: Uint8Array, from: number): { value: number; end: number } | undefined {
  let at = from;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at += 1;
  const first = at;
  let value = 0;
  for (; at < bytes.length && bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9; at += 1) {
    // Any exponent beyond the range of doubles will do; a longer one must not overflow.
    value = Math.min(value * 10 + bytes[at]! - ZERO, 100_000);
  }
  return at === first ? undefined : { value: negative ? -value : value, end: at };
}

/** Texts longer than this are decoded at once; below, joining characters is faster. */
const LONG_TEXT = 64;

function numberOfText(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONG_TEXT)
    return Number(new TextDecoder().decode(bytes.subarray(start, end)).replace(',', '.'));
  let text = '';
  for (let at = start; at < end; at += 1)
    text += String.fromCharCode(bytes[at] === COMMA ? POINT : bytes[at]!);
  return Number(text);
}

/**
 * The ways programs write "no number" and infinity: C (`nan`, `-nan(ind)`, `inf`), Microsoft's older C (`1.#QNAN`),
 * R (`NA`). Undefined for every other text.
 */
export function notANumber(text: string): number | undefined {
  const word =
    /^([+-]?)(nan|nan\([a-z0-9]*\)|na|#?n\/a|#nv|null|1\.#(?:qnan|snan|ind)0*|inf|infinity|1\.#inf0*)$/i.exec(
      text,
    );
  if (word === null) return undefined;
  if (!/inf/i.test(word[2]!)) return Number.NaN;
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
