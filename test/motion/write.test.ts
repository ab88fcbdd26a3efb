import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitOf } from '../../src/motion/read/units.ts';
import { readRecording } from '../../src/motion/read.ts';
import type { Channel } from '../../src/motion/recording.ts';
import { exactDecimals } from '../../src/motion/write/decimal.ts';
import { writeCsv } from '../../src/motion/write/write-csv.ts';
import { UnwritableError } from '../../src/motion/write/write-error.ts';
import { writeStorage } from '../../src/motion/write/write-sto.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const channel = (name: string, ...values: number[]): Channel => ({
  name,
  unit: unitOf(name),
  values: Float64Array.from(values),
});
const seconds = (...values: number[]) => Float64Array.from(values);

test('a CSV file has one line of names, then numbers with a point, and empty cells where values are missing', () => {
  const bytes = writeCsv({
    time: seconds(0, 0.0166666667),
    channels: [
      channel('knee_angle_r', 12.5, Number.NaN),
      channel('say "a, b"', -0.001, 1e-20),
      channel(' padded ', 1 / 3, 1e300),
    ],
  });
  expect(text(bytes)).toBe(
    'time,knee_angle_r,"say ""a, b"""," padded "\n0,12.5,-0.001,0.3333333333333333\n0.0166666667,,1e-20,1e+300\n',
  );
});

test('a storage file states its version, size and degrees, and writes nan where values are missing', () => {
  const bytes = writeStorage(
    {
      time: seconds(0, 0.5),
      channels: [channel('knee_angle_r', 1 / 3, Number.NaN), channel('pelvis_tx', 0.25, -1)],
    },
    'Hip\nHinge',
  );
  expect(text(bytes)).toBe(
    'Hip Hinge\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\nendheader\ntime\tknee_angle_r\tpelvis_tx\n0\t0.33333333\t0.25\n0.5\tnan\t-1\n',
  );
});

test('a name with a tab is refused by storage files, which set names apart by tabs', () => {
  const channels = [channel('a\tb', 1)];
  expect(() => writeStorage({ time: seconds(0), channels }, '')).toThrow(UnwritableError);
});

test('a table without rows is its head', () => {
  expect(text(writeCsv({ time: seconds(), channels: [channel('a')] }))).toBe('time,a\n');
  expect(text(writeStorage({ time: seconds(), channels: [channel('a')] }, 't'))).toContain('nRows=0\n');
});

test('decimals are found that say every value exactly, where there are any', () => {
  expect(exactDecimals(seconds())).toBe(0);
  expect(exactDecimals(seconds(Number.NaN, -0, 12))).toBe(0);
  expect(exactDecimals(seconds(0.1, 12.25))).toBe(2);
  expect(exactDecimals(seconds(0.1 + 0.2))).toBe(null);
  expect(exactDecimals(seconds(1e20))).toBe(null);
  expect(exactDecimals(seconds(1e9, 1e-9))).toBe(null);
});

/** Of any size, of decimal text, of the two zeros, and missing. */
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.integer({ min: -1e9, max: 1e9 }).map((units) => units / 1e7),
  fc.constantFrom(0, -0, Number.NaN),
);
/** Starts with a letter, so that no name reads as a number, and is none of a time column's. */
const name = (unit: fc.Arbitrary<string>) =>
  fc.string({ unit, maxLength: 12 }).map((tail) => `q${tail.trimEnd()}`);
const table = (unit: fc.Arbitrary<string>) =>
  fc
    .record({
      names: fc.uniqueArray(name(unit), { minLength: 1, maxLength: 5 }),
      rows: fc.integer({ min: 1, max: 12 }),
    })
    .chain(({ names, rows }) =>
      fc
        .array(fc.array(value, { minLength: rows, maxLength: rows }), {
          minLength: names.length,
          maxLength: names.length,
        })
        .map((columns) => ({
          time: Float64Array.from({ length: rows }, (_, i) => i / 60),
          channels: names.map((each, i) => channel(each, ...columns[i]!)),
        })),
    );
const printable = fc.constantFrom(...'abcXYZ019_-./°ü膝 '.split(''));

describe('what is written is read again', () => {
  test('from CSV to the last bit, whatever the names', () => {
    fc.assert(
      fc.property(table(fc.oneof(printable, fc.constantFrom(',', ';', '\t', '"'))), (recording) => {
        const read = readRecording(writeCsv(recording), { fileName: 'a.csv' });
        expect(read.channels.map((each) => each.name)).toEqual(recording.channels.map((each) => each.name));
        read.channels.forEach(({ values }, i) => {
          // The two zeros are one number in text.
          expect(values).toEqual(recording.channels[i]!.values.map((each) => each + 0));
        });
      }),
      { numRuns: 300 },
    );
  });

  test('from storage files to eight decimals or six digits, whichever is finer', () => {
    fc.assert(
      fc.property(table(printable), fc.constantFrom('a.mot', 'a.sto'), (recording, fileName) => {
        const read = readRecording(writeStorage(recording, 'title'), { fileName });
        expect(read.inDegrees).toBe(true);
        expect(read.unitSource).toBe('inDegrees');
        read.channels.forEach(({ name: readName, values }, i) => {
          const wrote = recording.channels[i]!;
          expect(readName).toBe(wrote.name);
          values.forEach((found, row) => {
            const was = wrote.values[row]!;
            if (Number.isNaN(was)) expect(found).toBeNaN();
            else expect(Math.abs(found - was)).toBeLessThanOrEqual(0.5000001e-8 + Math.abs(was) * 2 ** -52);
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});
