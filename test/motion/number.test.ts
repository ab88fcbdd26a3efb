import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberScanner, notANumber } from '../../src/motion/read/number.ts';
import { bytesOf } from './recordings.ts';

function scan(text: string, decimalComma = false): { value: number; end: number } {
  const scanner = new NumberScanner(bytesOf(text), decimalComma);
  return { value: scanner.scan(), end: scanner.position };
}

describe('the number scanner', () => {
  it.each([
    '0',
    '-0',
    '+5',
    '.5',
    '5.',
    '-.25',
    '007',
    '1e3',
    '1E-3',
    '1.5e+10',
    '0.1',
    '123456789012345',
    '9007199254740991',
    '9007199254740993',
    '0.30000000000000004',
    '-0.4898139769352385',
    '59.88871462847835',
    '1e22',
    '1e23',
    '1e-22',
    '1e308',
    '1e309',
    '4.9e-324',
    '2.2250738585072011e-308',
    '179769313486231580793e289',
    '0.000000000000000000001',
    '123456789.123456789',
    '100000000000000000000000',
    '0.1e-400',
    '1e99999999999',
  ])('reads %s as Number does', (text) => {
    expect(scan(text)).toEqual({ value: Number(text), end: text.length });
  });

  it('reads every double as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(scan(String(value)).value).toBe(Number(String(value)));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every decimal text as Number does', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -40, max: 40 }), (whole, fraction, exponent) => {
        for (const text of [
          `${whole}.${fraction}`,
          `-${whole}.${fraction}e${exponent}`,
          `${whole}e${exponent}`,
        ]) {
          expect(scan(text).value).toBe(Number(text));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('stops behind the number', () => {
    expect(scan('1.5\t2')).toEqual({ value: 1.5, end: 3 });
    expect(scan('1.5,2')).toEqual({ value: 1.5, end: 3 });
    expect(scan('3e')).toEqual({ value: 3, end: 1 });
  });

  it('takes a comma for the decimal mark only where asked to', () => {
    expect(scan('1,5', true)).toEqual({ value: 1.5, end: 3 });
    expect(scan('1,5')).toEqual({ value: 1, end: 1 });
    expect(scan('123456789012345678,5', true).value).toBe(Number('123456789012345678.5'));
  });

  it.each(['', '-', '+', '.', 'abc', 'nan', 'e5', '-e5'])(
    'does not move where no number starts: %j',
    (text) => {
      expect(scan(text)).toEqual({ value: Number.NaN, end: 0 });
    },
  );
});

describe('spellings of no number', () => {
  it.each(['nan', 'NaN', '-nan', 'nan(ind)', '-nan(ind)', '1.#QNAN', '-1.#IND', '1.#IND00', 'NA', 'N/A'])(
    '%s',
    (text) => {
      expect(notANumber(text)).toBeNaN();
    },
  );

  it.each([
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['1.#INF', Number.POSITIVE_INFINITY],
  ])('%s', (text, value) => {
    expect(notANumber(text)).toBe(value);
  });

  it('is nothing else', () => {
    expect(notANumber('nanometre')).toBeUndefined();
    expect(notANumber('')).toBeUndefined();
  });
});
