import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';
import { afterAll, expect, test } from 'vitest';
import type { SeriesFormat } from '../../../src/contract/series.ts';
import { processRecording, type Series } from '../../../src/motion/process.ts';
import { readRecording } from '../../../src/motion/read.ts';
import { UnwritableError } from '../../../src/motion/write/write-error.ts';
import { createAnalyzer } from '../../../src/server/analyzer.ts';
import { type RenderInput, renderSeries } from '../../../src/server/export/renderSeries.ts';
import { selectSeries } from '../../../src/server/export/selection.ts';
import { readSeriesFile, writeSeriesFiles } from '../../../src/server/seriesFile.ts';
import { recordingOf } from '../../motion/recordings.ts';

const analyzer = createAnalyzer(1);
afterAll(() => analyzer.close());

const made = processRecording(
  recordingOf({ knee_angle_r: (t) => 40 * Math.sin(t), pelvis_tx: (t) => t / 10 }, 2),
);
/** As if nothing had been seen of the knee for a while. */
const withGap: Series = { ...made, excluded: [[{ first: 10, last: 19 }], []] };

async function inputOf(series: Series, format: SeriesFormat, channels?: string): Promise<RenderInput> {
  const file = readSeriesFile((await writeSeriesFiles(series)).series);
  const { pieces, rate_hz } = file;
  const selection = selectSeries(file, {
    s3Key: 'k',
    format,
    ...(channels === undefined ? {} : { channels }),
  });
  return {
    pieces,
    rate_hz,
    ...selection,
    format,
    points: null,
    form: 'json',
    sessionId: 'S',
    title: 'T',
    gzip: false,
  };
}
const rendered = async (format: SeriesFormat, channels?: string) =>
  renderSeries(await inputOf(withGap, format, channels));

test('where nothing was seen for too long, files have no value and JSON has a number', async () => {
  const { body } = JSON.parse((await rendered('json')).toString());
  for (const value of body.knee_angle_r) expect(value).toBeTypeOf('number');
  const isMissing = (frame: number) => frame >= 10 && frame <= 19;

  for (const format of ['csv', 'mot', 'sto', 'c3d'] as const) {
    const read = readRecording(await rendered(format), { fileName: `a.${format}` });
    const knee = read.channels.find(({ name }) => name === 'knee_angle_r')!;
    knee.values.forEach((value, frame) => {
      expect({ format, frame, missing: Number.isNaN(value) }).toEqual({
        format,
        frame,
        missing: isMissing(frame),
      });
    });
    expect([...read.channels.find(({ name }) => name === 'pelvis_tx')!.values].some(Number.isNaN)).toBe(
      false,
    );
  }
  expect((await rendered('csv')).toString().split('\n')[12]).toMatch(/^0\.1833333333,,,,/);
  const tables = [
    tableFromIPC(readParquet(await rendered('parquet')).intoIPCStream()),
    tableFromIPC(await rendered('arrow')),
  ];
  for (const table of tables) {
    for (const name of ['knee_angle_r', 'knee_angle_r_vel', 'knee_angle_r_acc']) {
      [...table.getChild(name)!].forEach((value, frame) => {
        expect(value === null).toBe(isMissing(frame));
      });
    }
    expect(table.getChild('pelvis_tx')!.nullCount).toBe(0);
  }
});

test('a thread makes of it what the same function makes here', async () => {
  for (const format of ['json', 'csv', 'mot', 'c3d', 'parquet', 'arrow'] as const) {
    const here = await renderSeries(await inputOf(withGap, format));
    expect((await analyzer.render(await inputOf(withGap, format))).equals(here)).toBe(true);
  }
});

test('a thread says as well which names a format cannot hold, and goes on', async () => {
  const long: Series = { ...made, names: ['x'.repeat(300), 'pelvis_tx'] };
  await expect(inputOf(long, 'c3d').then(analyzer.render)).rejects.toBeInstanceOf(UnwritableError);
  expect((await analyzer.render(await inputOf(long, 'csv'))).length).toBeGreaterThan(1000);
});

test('a series that was processed at another rate keeps it', async () => {
  const slow: Series = { ...made, rate_hz: 50 };
  const read = readRecording(await renderSeries(await inputOf(slow, 'c3d')), { fileName: 'a.c3d' });
  expect(read.header).toMatchObject({ pointRate: 50 });
  expect((await renderSeries(await inputOf(slow, 'csv'))).toString().split('\n')[2]).toMatch(/^0\.02,/);
});

test('series that were stored before units and gaps were are read as they were meant', async () => {
  const { series } = await writeSeriesFiles(made);
  const size = series.readUInt32LE(4);
  const { frames, entries } = JSON.parse(series.toString('utf8', 8, 8 + size));
  const index = Buffer.from(JSON.stringify({ frames, entries }));
  const head = Buffer.from(series.subarray(0, 8));
  head.writeUInt32LE(index.length, 4);
  const old = readSeriesFile(Buffer.concat([head, index, series.subarray(8 + size)]));
  const now = readSeriesFile(series);
  expect(old.rate_hz).toBe(60);
  expect(old.entries).toEqual(now.entries);
  expect(now.entries.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
    'time s',
    'value deg',
    'velocity deg/s',
    'acceleration deg/s²',
    'value m',
    'velocity m/s',
    'acceleration m/s²',
  ]);
});
