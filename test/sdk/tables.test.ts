import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportRow } from '../../src/contract/reportRows.ts';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { readCsv, readParquetFile } from '../tables/readers.ts';
import { impatient, scripted } from './scripted.ts';

let server: TestServer;
let client: KinebaseClient;
let athleteID: string;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'kinebase-sdk-'));
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  athleteID = (await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' })).ValorID;
  for (let index = 0; index < 3; index++) {
    const date = `2026-05-0${index + 1}`;
    await client.sessions.record(motionFile({ bends: index + 2 }), {
      fileName: 'squat.mot',
      athleteID,
      date,
    });
  }
});
afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

test('lines of reports come as every list does: a page, its pages, every item', async () => {
  const all = await client.reports.list({ athleteID }).all();
  const first = await client.reports.list({ limit: 2 });
  expect(first.token).not.toBe(null);
  expect(all.slice(0, first.items.length)).toEqual(first.items);
  const paged: ReportRow[] = [];
  for await (const row of client.reports.list({ limit: 1 })) paged.push(row);
  expect(paged).toEqual(all);
  const [newest] = (await client.sessions.list({ limit: 1 })).items;
  const report = await client.reportData(newest!.s3Key);
  const [label, sides] = Object.entries(report.WorkoutMetrics.Ang)[0]!;
  const [side, statistics] = Object.entries(sides)[0]!;
  expect(all[0]).toEqual({
    'Session ID': newest!['Session ID'],
    Date: newest!.Date,
    'Athlete ID': athleteID,
    'Exercise ID': newest!['Exercise ID'],
    'Session Name': newest!['Session Name'],
    Quantity: 'Ang',
    Metric: label,
    Side: side,
    ...statistics,
    Version: 1,
  });
});

test('lines are chosen by quantity, metric and side, of every page; labels may have commas', async () => {
  const exerciseID = (
    await client.exercises.create({
      'Exercise Name': 'Bend',
      PrimaryChannel: 'knee_angle_r',
      Metrics: [
        { Label: 'Knee, deep', Side: 'R', Channel: 'knee_angle_r', Sign: 1 },
        { Label: 'Knee', Side: 'R', Channel: 'knee_angle_r', Sign: 1 },
        { Label: 'Knee', Side: 'L', Channel: 'knee_angle_l', Sign: 1 },
      ],
    })
  )['Exercise ID'];
  const { 'Session ID': id } = await client.sessions.record(motionFile({ bends: 3 }), {
    fileName: 'bend.mot',
    athleteID,
    exerciseID,
    date: '2026-04-01',
  });
  const all = await client.reports.list({ exerciseID }).all();
  const of = (...labels: string[]) => all.filter(({ Metric }) => labels.includes(Metric));
  expect(await client.reports.list({ metric: 'Knee, deep' }).all()).toEqual(of('Knee, deep'));
  expect(await client.reports.list({ metric: ['Knee, deep', 'Knee'], limit: 1 }).all()).toEqual(
    of('Knee, deep', 'Knee'),
  );
  const angles = await client.reports.list({ exerciseID, quantity: ['Ang', 'Dec'], side: 'R' }).all();
  expect(angles).toEqual(
    all.filter(({ Quantity, Side }) => (Quantity === 'Ang' || Quantity === 'Dec') && Side === 'R'),
  );
  const { chunks } = await client.exportFile({
    of: 'reports',
    format: 'csv',
    metric: ['Knee, deep'],
    side: ['R', 'L'],
  });
  const texts: string[] = [];
  for await (const chunk of chunks) texts.push(Buffer.from(chunk).toString());
  expect(readCsv(texts.join('')).length).toBe(1 + of('Knee, deep').length);
  for (const nothing of [{ metric: [] }, { metric: [''] }, { quantity: [] }])
    await expect(client.reports.list(nothing)).rejects.toMatchObject({ code: 'invalid_parameter' });
  await client.sessions.delete(id);
});

test('everything that matches is a file that comes in as it is written', async () => {
  const { fileName, chunks } = await client.exportFile({
    of: 'reports',
    format: 'parquet',
    athleteID: [athleteID],
  });
  expect(fileName).toBe('reports.parquet');
  const file = join(folder, fileName);
  await writeFile(file, chunks);
  expect(readParquetFile(readFileSync(file)).rows.length).toBe((await client.reports.list().all()).length);
  const sessions = await client.exportFile({ format: 'csv', from: '2026-05-02', to: '2026-05-02' });
  expect(sessions.fileName).toBe('sessions.csv');
  const texts: string[] = [];
  for await (const chunk of sessions.chunks) texts.push(Buffer.from(chunk).toString());
  expect(readCsv(texts.join('')).length).toBe(2);
});

test('the lines of one report are a file, of an earlier version too', async () => {
  const [session] = (await client.sessions.list({ limit: 1 })).items;
  await client.sessions.repetitions(session!['Session ID'], { Repetitions: [] });
  const { fileName, bytes } = await client.reportFile(session!.s3Key, { format: 'csv' });
  const versionOf = (csv: Uint8Array) => readCsv(Buffer.from(csv).toString())[1]!.at(-1);
  expect([fileName, versionOf(bytes)]).toEqual(['squat.report.csv', '2']);
  const first = await client.reportFile(session!.s3Key, { format: 'csv', version: 1 });
  expect(versionOf(first.bytes)).toBe('1');
});

test('a file that breaks off is an error and not an end; what is refused says why', async () => {
  const { url, seen } = await scripted(
    (_, response) => {
      response.write('session_id\n');
      setImmediate(() => response.destroy());
    },
    { status: 400, body: { message: 'no such day', code: 'invalid_parameter' } },
  );
  const { client } = impatient(url);
  const { fileName, chunks } = await client.exportFile({ format: 'arrow', name: 'Squat' });
  expect([fileName, seen[0]!.path]).toEqual(['sessions.arrow', '/export?format=arrow&name=Squat']);
  const reading = (async () => {
    for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'network' });
  await expect(client.exportFile({ format: 'csv', from: 'x' })).rejects.toMatchObject({
    code: 'invalid_parameter',
    message: 'no such day',
  });
});
