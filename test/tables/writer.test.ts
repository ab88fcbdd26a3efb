import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLE_FORMATS } from '../../src/contract/tables.ts';
import { fromIso } from '../../src/contract/time.ts';
import { arrowEncoding } from '../../src/tables/arrow.ts';
import { parquetEncoding } from '../../src/tables/parquet.ts';
import { type TableBatch, type TableColumn, TableError, type TableWriter } from '../../src/tables/table.ts';
import { fileWriter, tableWriter } from '../../src/tables/writer.ts';
import { duckdb, type Read, readArrowFile, readCsv, readParquetFile } from './readers.ts';

const TYPES = ['string', 'double', 'int', 'timestamp', 'boolean'] as const;
/** Each type, once with and once without missing values. */
const COLUMNS: readonly TableColumn[] = TYPES.flatMap((type) => [
  { name: `${type}, always`, type, nullable: false, unit: 'm', description: `a "${type}"` },
  { name: `${type}\nor not`, type, nullable: true },
]);
const HOSTILE = [
  '',
  ' ',
  ',',
  '"',
  '""',
  'a,"b"\r\nc',
  '\n',
  "=cmd|' /C calc'!A0",
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  'null',
  'NA',
  'NaN',
  'true',
  '007',
  '1e3',
  '2026-05-01',
  'Bücken 🏋‍♀️ 𐐷',
  '\u0000',
  '\ufeff',
  '\u2028',
];

const VALUES: Record<TableColumn['type'], fc.Arbitrary<unknown>> = {
  string: fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' })),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
  int: fc.maxSafeInteger(),
  timestamp: fc.integer({ min: -2_000_000_000_000_000, max: 8_000_000_000_000_000 }),
  boolean: fc.boolean(),
};
const row = fc.tuple(
  ...COLUMNS.map(({ type, nullable }) =>
    nullable ? fc.option(VALUES[type], { nil: null, freq: 3 }) : VALUES[type],
  ),
);
/** Rows, cut into batches anywhere. */
const batches = fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 5 });

const batchOf = (rows: readonly unknown[][]): TableBatch => ({
  rows: rows.length,
  columns: COLUMNS.map((_, column) => rows.map((values) => values[column])),
});
function fileOf(writer: TableWriter, parts: readonly (readonly unknown[][])[]): Buffer {
  const pieces = parts.flatMap((rows) => writer.write(batchOf(rows)));
  return Buffer.concat([...pieces, ...writer.end()]);
}
/** As the readers answer it. */
const asRead = (rows: readonly unknown[][]) =>
  rows.map((values) =>
    values.map((value, place) =>
      value !== null && ['int', 'timestamp'].includes(COLUMNS[place]!.type) ? BigInt(value as number) : value,
    ),
  );

describe('what is read back is what was written', () => {
  test('Parquet, over any number of row groups', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 20 }), (parts, groupRows) => {
        const file = fileOf(fileWriter(parquetEncoding(COLUMNS, { groupRows }), {}), parts);
        expect(readParquetFile(file).rows).toEqual(asRead(parts.flat()));
      }),
    );
  });

  test('Arrow, over any number of record batches', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 20 }), (parts, batchRows) => {
        const file = fileOf(fileWriter(arrowEncoding(COLUMNS, { batchRows }), {}), parts);
        expect(readArrowFile(file).rows).toEqual(asRead(parts.flat()));
      }),
    );
  });

  test('CSV', () => {
    fc.assert(
      fc.property(batches, (parts) => {
        const [head, ...rows] = readCsv(fileOf(tableWriter('csv', COLUMNS), parts).toString());
        expect(head).toEqual(COLUMNS.map(({ name }) => name));
        const values = rows.map((fields) =>
          fields.map((text, place) => (text === null ? null : PARSE[COLUMNS[place]!.type](text))),
        );
        expect(values).toEqual(parts.flat());
      }),
    );
  });

  test('NDJSON', () => {
    fc.assert(
      fc.property(batches, (parts) => {
        const lines = fileOf(tableWriter('ndjson', COLUMNS), parts).toString().split('\n');
        expect(lines.pop()).toBe('');
        const rows = lines.map((line) =>
          Object.entries(JSON.parse(line) as Record<string, unknown>).map(([name, value], place) => {
            const column = COLUMNS[place]!;
            expect(name).toBe(column.name);
            return column.type === 'timestamp' && value !== null ? fromIso(value as string) : value;
          }),
        );
        expect(rows).toEqual(parts.flat());
      }),
    );
  });
});

const PARSE: Record<TableColumn['type'], (text: string) => unknown> = {
  string: (text) => text,
  double: Number,
  int: Number,
  timestamp: fromIso,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

describe('types, and what stands beside the rows', () => {
  const checked = (read: Read, nullable: (column: TableColumn) => boolean) => {
    const types = ['Utf8', 'Float64', 'Int64', 'Timestamp<MICROSECOND, UTC>', 'Bool'];
    expect(read.columns.map(({ name, type, nullable }) => ({ name, type, nullable }))).toEqual(
      COLUMNS.map((column) => ({
        name: column.name,
        type: types[TYPES.indexOf(column.type)],
        nullable: nullable(column),
      })),
    );
  };

  test.each([0, 1])('Parquet with %i rows', (rows) => {
    const parts = fc.sample(fc.array(row, { minLength: rows, maxLength: rows }), 1);
    const read = readParquetFile(fileOf(tableWriter('parquet', COLUMNS, { table: 'all' }), parts));
    checked(read, ({ nullable }) => nullable);
    expect(read.rows.length).toBe(rows);
    expect(read.metadata).toMatchObject({ table: 'all' });
    expect(JSON.parse(read.metadata.units!)).toMatchObject({ 'string, always': 'm' });
    expect(JSON.parse(read.metadata.descriptions!)).toMatchObject({ 'int, always': 'a "int"' });
  });

  test.each([0, 1])('Arrow with %i rows', (rows) => {
    const parts = fc.sample(fc.array(row, { minLength: rows, maxLength: rows }), 1);
    const read = readArrowFile(fileOf(tableWriter('arrow', COLUMNS, { table: 'all' }), parts));
    checked(read, ({ nullable }) => nullable);
    expect(read.rows.length).toBe(rows);
    expect(read.metadata).toEqual({ table: 'all' });
    expect(read.columns[0]!.metadata).toEqual({ unit: 'm', description: 'a "string"' });
    expect(read.columns[1]!.metadata).toEqual({});
  });

  test('CSV without rows has its head, NDJSON without rows is empty', () => {
    expect(readCsv(fileOf(tableWriter('csv', COLUMNS), []).toString())).toEqual([
      COLUMNS.map(({ name }) => name),
    ]);
    expect(fileOf(tableWriter('ndjson', COLUMNS), []).length).toBe(0);
  });
});

describe('DuckDB opens it without being told anything', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kinebase-tables-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const columns: TableColumn[] = TYPES.map((type) => ({ name: type, type, nullable: true }));
  const TIME_US = 1_777_000_000_123_456;
  const rows = [
    ...HOSTILE.filter((text) => !['', '\u0000', '\ufeff'].includes(text)).map((text, i) => [
      text,
      i + 0.1,
      i,
      TIME_US + i,
      i % 2 === 0,
    ]),
    [null, null, null, null, null],
  ];
  const written = (format: (typeof TABLE_FORMATS)[number]) => {
    const writer = tableWriter(format, columns);
    const file = join(folder, `table.${format}`);
    const batch = { rows: rows.length, columns: columns.map((_, at) => rows.map((values) => values[at])) };
    writeFileSync(file, Buffer.concat([...writer.write(batch), ...writer.end()]));
    return file;
  };

  test.each([
    ['parquet', 'BIGINT', 'TIMESTAMP WITH TIME ZONE'],
    ['csv', 'BIGINT', 'TIMESTAMP WITH TIME ZONE'],
    ['ndjson', 'BIGINT', 'TIMESTAMP'],
  ] as const)('%s', async (format, int, time) => {
    const file = written(format);
    const from = format === 'ndjson' ? `read_json('${file}', format='newline_delimited')` : `'${file}'`;
    const read = await duckdb(
      `select string, double, int, epoch_us("timestamp") as us, boolean, typeof("timestamp") as t from ${from}`,
    );
    expect(read.types.slice(0, 3)).toEqual(['VARCHAR', 'DOUBLE', int]);
    expect(read.types[4]).toBe('BOOLEAN');
    expect(read.rows[0]![5]).toBe(time);
    expect(read.rows.map((values) => values.slice(0, 5))).toEqual(
      rows.map(([text, number, int, us, flag]) => [
        text,
        number,
        int === null ? null : BigInt(int as number),
        us === null ? null : BigInt(us as number),
        flag,
      ]),
    );
  });
});

describe('what no file could hold is refused by name', () => {
  const one = (column: Partial<TableColumn>, value: unknown) => () =>
    tableWriter('csv', [{ name: 'x', type: 'double', nullable: false, ...column }]).write({
      rows: 1,
      columns: [[value]],
    });
  test.each([
    ['missing', one({}, null), 'x of row 0 is null, not of type double'],
    ['NaN', one({}, Number.NaN), 'x of row 0 is NaN'],
    ['infinite', one({ nullable: true }, Infinity), 'x of row 0 is Infinity, not missing or of type double'],
    ['a text', one({}, '1'), 'x of row 0 is "1"'],
    ['a fraction', one({ type: 'int' }, 0.5), 'x of row 0 is 0.5, not of type int'],
    ['a number', one({ type: 'string' }, 1), 'x of row 0 is 1, not of type string'],
  ])('%s', (_what, write, message) => {
    expect(write).toThrow(TableError);
    expect(write).toThrow(message);
  });

  test('columns that cannot be told apart, and batches of another shape', () => {
    const x: TableColumn = { name: 'x', type: 'int', nullable: false };
    expect(() => tableWriter('arrow', [x, x])).toThrow('two columns are called "x"');
    expect(() => tableWriter('arrow', [])).toThrow('the table has no columns');
    expect(() => tableWriter('csv', [{ ...x, name: '' }])).toThrow('a column has no name');
    expect(() => tableWriter('csv', [x]).write({ rows: 2, columns: [[1]] })).toThrow(
      'x has 1 values in a batch of 2 rows',
    );
    expect(() => tableWriter('csv', [x]).write({ rows: 1, columns: [] })).toThrow('a batch has 0 columns');
  });
});

test.each(TABLE_FORMATS)('%s: a long file leaves in pieces, as its rows come', (format) => {
  const columns: TableColumn[] = [{ name: 'x', type: 'double', nullable: false }];
  const writer = tableWriter(format, columns);
  const batch = { rows: 10_000, columns: [Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i))] };
  const early = Array.from({ length: 30 }, () => writer.write(batch)).flat();
  const bytes = (pieces: Uint8Array[]) => pieces.reduce((sum, piece) => sum + piece.length, 0);
  const late = writer.end();
  expect(bytes(early)).toBeGreaterThan(10 * bytes(late) * (format === 'arrow' ? 0.5 : 1));
  const file = Buffer.concat([...early, ...late]);
  const read =
    format === 'parquet'
      ? readParquetFile(file).rows
      : format === 'arrow'
        ? readArrowFile(file).rows
        : file
            .toString()
            .trim()
            .split('\n')
            .slice(format === 'csv' ? 1 : 0);
  expect(read.length).toBe(300_000);
});
