import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import { flatten, readFlatReport, writeFlatReport } from '../../src/tables/flatReport.ts';
import { flatReportRows, reportRows, reportsTable } from '../../src/tables/reports.ts';
import { tableWriter } from '../../src/tables/writer.ts';
import { readCsv } from './readers.ts';

/**
 * Every case of test/data has `lines.csv`: the lines of its reviewed report, byte for byte. One that is missing is written,
 * to be reviewed like code.
 */
const DATA = new URL('../data/', import.meta.url);

const session = (name: string) => ({
  'Session ID': `01990000-0000-7000-8000-${name}`,
  Date: '2026-05-04T09:30:00.000001Z',
  s3Key: name,
  Duration: 10,
  'Athlete ID': 'A',
  'Assessment ID': 'singleExercise',
  'Exercise ID': 'E',
  'Session Name': `=${name}, "as recorded"`,
});

describe('the lines of a report are the ones that were reviewed', () => {
  it.each(readdirSync(DATA).sort())('%s', (name) => {
    const report: Report = JSON.parse(readFileSync(new URL(`${name}/expected.json`, DATA), 'utf8'));
    const writer = tableWriter('csv', reportsTable.columns);
    const batch = reportRows(session(name), report);
    const csv = Buffer.concat([...writer.write(batch), ...writer.end()]).toString();
    const place = new URL(`${name}/lines.csv`, DATA);
    if (!existsSync(place)) {
      writeFileSync(place, csv);
      expect.fail(`${name}/lines.csv was not there and has been written: review it, and run again`);
    }
    expect(csv).toBe(readFileSync(place, 'utf8'));

    // As kept beside the report and read again they are the same, and every number of the report is among them.
    const flat = readFlatReport(writeFlatReport(report));
    expect(flat).toEqual(flatten(report));
    expect(
      flatReportRows([{ session: session(name), version: report.Provenance.ReportVersion, flat }]),
    ).toEqual(batch);
    const rows = readCsv(csv).slice(1);
    for (const [quantity, metrics] of Object.entries(report.WorkoutMetrics))
      for (const [metric, sides] of Object.entries(metrics))
        for (const [side, { FullMax, Avg, AvgMax, Score, Min, Max, Unit }] of Object.entries(sides)) {
          const found = rows.filter((row) => row[5] === quantity && row[6] === metric && row[7] === side);
          const text = (value: number | null) => (value === null ? null : String(value));
          expect(found.map((row) => row.slice(8, 15))).toEqual([
            [...[FullMax, Avg, AvgMax, Score, Min, Max].map(text), Unit],
          ]);
        }
  });
});
