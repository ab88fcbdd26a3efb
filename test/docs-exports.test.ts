import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportRow } from '../src/contract/reportRows.ts';
import type { Session } from '../src/contract/sessions.ts';
import { withNames } from '../src/tables/names.ts';
import { reportsTable } from '../src/tables/reports.ts';
import { sessionsTable } from '../src/tables/sessions.ts';
import type { TableOf } from '../src/tables/table.ts';
import { tableWriter } from '../src/tables/writer.ts';
import { duckdb } from './tables/readers.ts';

/** What docs/exports.md says of tables: the columns are those of the files, and the queries are run. */
const DOC = readFileSync(new URL('../docs/exports.md', import.meta.url), 'utf8');
let folder: string;

const row = (month: number, side: 'L' | 'R', AvgMax: number): ReportRow => ({
  'Session ID': `S${month}`,
  Date: `2026-0${month}-04T09:30:00.000Z`,
  'Athlete ID': 'A',
  'Exercise ID': 'E',
  'Session Name': 'Squat',
  Quantity: 'Ang',
  Metric: 'Knee Flex. (°)',
  Side: side,
  FullMax: AvgMax,
  Avg: 1,
  AvgMax,
  Score: month === 5 ? 1 : null,
  Min: null,
  Max: null,
  Unit: 'deg',
  Version: 1,
});
const rows = [row(5, 'L', 70), row(5, 'R', 80), row(6, 'R', 90)];
const sessions = [5, 6].map(
  (month): Session => ({
    'Session ID': `S${month}`,
    Date: `2026-0${month}-04T09:30:00.000Z`,
    s3Key: `k${month}`,
    Duration: 10,
    'Athlete ID': 'A',
    'Assessment ID': 'singleExercise',
    'Exercise ID': 'E',
    'Session Name': 'Squat',
  }),
);

function save<Item>(table: TableOf<Item>, items: readonly Item[]): void {
  const writer = tableWriter('parquet', table.columns);
  const bytes = Buffer.concat([...writer.write(table.rows(items)), ...writer.end()]);
  writeFileSync(join(folder, `${table.name}.parquet`), bytes);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-docs-'));
  save(reportsTable, rows);
  save(sessionsTable, sessions);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the DuckDB queries of the docs answer what they say', async () => {
  const [, block] = /```sql\n([\s\S]*?)```/.exec(DOC)!;
  const queries = block!
    .split(';')
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '');
  const answers = [];
  for (const sql of queries)
    answers.push(
      await duckdb(`set timezone = 'UTC'; ${sql.replaceAll(/'(\w+\.parquet)'/g, `'${folder}/$1'`)}`),
    );
  const [months, unscored] = answers.map((answer) => answer.rows);
  expect(months!.map(([, ...values]) => values)).toEqual([
    ['L', 70, 1n],
    ['R', 80, 1n],
    ['R', 90, 1n],
  ]);
  expect(unscored).toEqual([['S6', 'Squat', 10]]);
});

test.each([
  [sessionsTable.name, sessionsTable.columns],
  [reportsTable.name, reportsTable.columns],
  ['names', withNames(sessionsTable).columns.slice(sessionsTable.columns.length)],
] as const)('the columns of %s are those of the docs, with their types', (name, columns) => {
  const lines = DOC.split(`| column of \`${name}\` |`)[1]!.split('\n\n')[0]!.split('\n').slice(2);
  const documented = lines.flatMap((line) => {
    const [, names, type] = line.split('|').map((cell) => cell.trim());
    return [...names!.matchAll(/`(\w+)`/g)].map(([, column]) => ({ column, type }));
  });
  expect(documented.map(({ column }) => column)).toEqual(columns.map((column) => column.name));
  const types = { text: 'string', timestamp: 'timestamp', double: 'double', integer: 'int' };
  for (const [place, { type }] of documented.entries())
    if (type !== 'as above') expect(types[type as keyof typeof types]).toBe(columns[place]!.type);
});
