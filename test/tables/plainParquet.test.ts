import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlainColumn, plainParquet } from '../../src/tables/plainParquet.ts';
import { newFolder } from '../mirror/archive.ts';
import { duckdb, readParquetFile } from './readers.ts';

const bytesOf = (...args: Parameters<typeof plainParquet>) => Buffer.concat(plainParquet(...args));
const orNull = (values: Iterable<number>) =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));

/** What the columns hold, row by row. */
function rowsOf(rows: number, columns: readonly PlainColumn[]): unknown[][] {
  const lists = columns.map((column) => {
    if (column.kind === 'runs') return column.runs.flatMap(({ text, rows }) => new Array(rows).fill(text));
    if (column.kind === 'numbers') return orNull(column.values);
    return Array.from({ length: rows }, (_, row) => column.values[row % column.values.length]!);
  });
  return Array.from({ length: rows }, (_, row) => lists.map((list) => list[row]));
}

const number = fc.oneof(
  { weight: 4, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

test('other programs read every row, whatever is in it', async () => {
  await fc.assert(
    fc.property(
      fc.array(number, { maxLength: 60 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat(20)), { maxLength: 8 }),
      fc.string({ unit: 'grapheme' }),
      (numbers, repeated, texts, said) => {
        const rows = numbers.length;
        const runs: { text: string; rows: number }[] = [];
        let left = rows;
        for (const [text, wanted] of texts) {
          const taken = Math.min(left, wanted);
          runs.push({ text, rows: taken });
          left -= taken;
        }
        runs.push({ text: 'rest', rows: left });
        const columns: PlainColumn[] = [
          { name: 'text', kind: 'runs', runs },
          { name: 'Übung °', kind: 'numbers', values: Float64Array.from(numbers) },
          { name: 'time_s', kind: 'repeated', values: Float64Array.from(repeated) },
          { name: 'id', kind: 'runs', runs: [{ text: said, rows }] },
        ];
        const read = readParquetFile(bytesOf(rows, columns, { said }));
        expect(read.rows).toEqual(rowsOf(rows, columns));
        expect(read.metadata.said).toBe(said);
        expect(read.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
          ['text', 'Utf8', false],
          ['Übung °', 'Float64', true],
          ['time_s', 'Float64', false],
          ['id', 'Utf8', false],
        ]);
      },
    ),
    { numRuns: 300 },
  );
});

test('reads as well over many pages, and over hundreds of columns', async () => {
  const rows = 150_001;
  const wave = (place: number) =>
    Float64Array.from({ length: rows }, (_, row) =>
      row % 7000 < 40 * place ? Number.NaN : Math.sin(row + place),
    );
  const time = Float64Array.from({ length: 871 }, (_, frame) => frame / 60);
  const columns: PlainColumn[] = [
    {
      name: 'channel',
      kind: 'runs',
      runs: [
        { text: 'knee', rows: 100_000 },
        { text: 'hip', rows: rows - 100_000 },
      ],
    },
    { name: 'time_s', kind: 'repeated', values: time },
    ...[0, 1, 2].map((place): PlainColumn => ({ name: `c${place}`, kind: 'numbers', values: wave(place) })),
  ];
  const file = join(newFolder(), 'long.parquet');
  writeFileSync(file, bytesOf(rows, columns));
  const { types, rows: read } = await duckdb(`select * from '${file}'`);
  expect(types).toEqual(['VARCHAR', 'DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE']);
  expect(read).toEqual(rowsOf(rows, columns));

  const wide = Array.from(
    { length: 400 },
    (_, place): PlainColumn => ({
      name: `channel_${place}`,
      kind: 'numbers',
      values: Float64Array.of(place, Number.NaN, -place),
    }),
  );
  expect(readParquetFile(bytesOf(3, wide)).rows).toEqual(rowsOf(3, wide));
});

test('whoever looks for one session passes over the files of others', async () => {
  const file = join(newFolder(), 'one.parquet');
  writeFileSync(
    file,
    bytesOf(2, [
      { name: 'session_id', kind: 'runs', runs: [{ text: 'S-1', rows: 2 }] },
      { name: 'value', kind: 'numbers', values: Float64Array.of(1, 2) },
    ]),
  );
  const { rows } = await duckdb(
    `select stats_min_value, stats_max_value, stats_null_count::int from parquet_metadata('${file}') where path_in_schema = 'session_id'`,
  );
  expect(rows).toEqual([['S-1', 'S-1', 0]]);
});
