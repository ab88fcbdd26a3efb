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
