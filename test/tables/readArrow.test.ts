import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readArrowNumbers } from '../../src/tables/readArrow.ts';
import { type TableColumn, TableError } from '../../src/tables/table.ts';
import { tableWriter } from '../../src/tables/writer.ts';

const double = (name: string): TableColumn => ({ name, type: 'double', nullable: true });

function written(names: readonly string[], columns: readonly Float64Array[]): Buffer {
  const writer = tableWriter('arrow', names.map(double));
  return Buffer.concat([...writer.write({ rows: columns[0]!.length, columns }), ...writer.end()]);
}

const sample = fc.oneof(
  { weight: 8, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

test('numbers are read as they were written, missing ones as NaN', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 5 }),
      fc.nat(40),
      fc.infiniteStream(sample),
      fc.nat(7),
      (names, rows, samples, shift) => {
        const columns = names.map(() => Float64Array.from(samples.take(rows)));
        const file = written(names, columns);
        // An answer need not begin where eight bytes do.
        const moved = Buffer.concat([Buffer.alloc(shift), file]).subarray(shift);
        expect(readArrowNumbers(moved)).toEqual({ names, columns });
      },
    ),
  );
});

test('a file that was cut anywhere, and one of texts, are refused', () => {
  const file = written(['time', 'knee'], [Float64Array.of(0, 1), Float64Array.of(2, Number.NaN)]);
  for (let length = 0; length < file.length; length++)
    expect(() => readArrowNumbers(file.subarray(0, length))).toThrow(TableError);
  const texts = tableWriter('arrow', [{ name: 'side', type: 'string', nullable: false }]);
  const bytes = Buffer.concat([...texts.write({ rows: 1, columns: [['L']] }), ...texts.end()]);
  expect(() => readArrowNumbers(bytes)).toThrow(/"side" holds no numbers/);
  const damaged = Buffer.from(file);
  damaged.fill(255, 0, damaged.length - 6);
  expect(() => readArrowNumbers(damaged)).toThrow(/cannot be read/);
});
