import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportRow } from '../../src/contract/reportRows.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { readArrowFile, readCsv, readParquetFile } from '../tables/readers.ts';
import { collect, createShell } from './kinebase.ts';

let server: TestServer;
let client: KinebaseClient;
let sessions: Session[];
let rows: ReportRow[];
const shell = createShell();
beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  const ada = await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' });
  const bo = await client.athletes.create({ FirstName: 'Bo', LastName: '' });
  for (const [index, { ValorID: athleteID }] of [ada, bo, ada].entries()) {
    const meta = {
      fileName: 'a.mot',
      athleteID,
      date: `2026-05-0${index + 1}`,
      sessionName: `=${index}, "x"`,
    };
    await client.sessions.record(motionFile({ bends: index + 2 }), meta);
  }
  sessions = await client.sessions.list().all();
  rows = await client.reports.list().all();
  expect(rows.length).toBeGreaterThan(30);
});
afterAll(async () => {
  shell.end();
  await server.end();
});

const run = (...args: string[]) => {
  const { username, clientId, password } = server.firstAdministrator!;
  return shell.run([...args, '--url', server.url, '--username', username, '--client', clientId], {
    env: { KINEBASE_PASSWORD: password },
  });
};
const file = (name: string) => readFileSync(join(shell.home, name));
const parts = () => readdirSync(shell.home).filter((name) => name.endsWith('.part'));
const idsIn = (csv: string) =>
  readCsv(csv)
    .slice(1)
    .map(([id]) => id);

test('all sessions become one file, named after what is in it', async () => {
  expect(await run('export')).toEqual({ code: 0, stdout: 'sessions.csv\n', stderr: '' });
  expect(idsIn(file('sessions.csv').toString()).sort()).toEqual(
    sessions.map((one) => one['Session ID']).sort(),
  );
  expect(parts()).toEqual([]);
});

test('lines of reports are written in every format', async () => {
  for (const format of ['parquet', 'arrow', 'csv', 'ndjson'] as const) {
    const ran = await run('export', '--of', 'reports', '--format', format);
    expect(ran).toEqual({ code: 0, stdout: `reports.${format}\n`, stderr: '' });
  }
  expect(readParquetFile(file('reports.parquet')).rows.length).toBe(rows.length);
  expect(readArrowFile(file('reports.arrow')).rows).toEqual(readParquetFile(file('reports.parquet')).rows);
  const lines = file('reports.ndjson').toString().trimEnd().split('\n');
  const sorted = (all: ReportRow[]) => all.map((row) => JSON.stringify(row)).sort();
  expect([...lines].sort()).toEqual(sorted(rows));
});

test('names stand behind ids with --names, which one session does not have', async () => {
  const ran = await run('export', '--names', '-o', 'named.csv');
  expect(ran.code).toBe(0);
  const [head, ...lines] = readCsv(file('named.csv').toString());
  expect(head!.slice(-4)).toEqual([
    'athlete_name',
    'athlete_external_id',
    'exercise_name',
    'assessment_name',
  ]);
  expect(lines.map((line) => line.at(-4)).sort()).toEqual(['Ada Lovelace', 'Ada Lovelace', 'Bo']);
  const refused = await run('export', sessions[0]!.s3Key, '--names');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--names is for many sessions') });
});

test('filters choose, and a name of your own is kept free of parts', async () => {
  const ran = await run(
    'export',
    '--athlete',
    'Bo',
    '--from',
    '2026-05-02',
    '--to',
    '2026-05-02',
    '-o',
    'bo.csv',
  );
  expect(ran).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/^\d+ bytes to bo\.csv\n$/),
  });
  expect(idsIn(file('bo.csv').toString())).toEqual([sessions[1]!['Session ID']]);
  writeFileSync(join(shell.home, 'mine.csv'), 'precious');
  const refused = await run('export', '-o', 'mine.csv');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--force')]);
  expect(file('mine.csv').toString()).toBe('precious');
  expect((await run('export', '-o', 'mine.csv', '--force')).code).toBe(0);
  expect(idsIn(file('mine.csv').toString()).length).toBe(3);
  expect(parts()).toEqual([]);
});

test('quantity, metric and side choose among the lines of reports', async () => {
  const chosen = ['--quantity', 'Ang', 'Vel', '--side', 'R', '--metric', rows[0]!.Metric];
  const { code, stdout, stderr } = await run('export', '--of', 'reports', ...chosen, '-o', '-');
  expect([code, stderr]).toEqual([0, '']);
  const [head, ...lines] = readCsv(stdout);
  const expected = rows.filter(
    (row) => ['Ang', 'Vel'].includes(row.Quantity) && row.Side === 'R' && row.Metric === rows[0]!.Metric,
  );
  expect(lines.map((line) => line[head!.indexOf('quantity')]).sort()).toEqual(
    expected.map(({ Quantity }) => Quantity).sort(),
  );
  expect(new Set(lines.map((line) => line[head!.indexOf('side')]))).toEqual(new Set(['R']));
});

test('- is standard output', async () => {
  const { code, stdout, stderr } = await run('export', '--of', 'reports', '--athlete', 'Bo', '-o', '-');
  expect([code, stderr]).toEqual([0, '']);
  const bos = rows.filter((row) => row['Session Name'] === '=1, "x"');
  expect(readCsv(stdout).length).toBe(1 + bos.length);
});

test('of one session the lines of its report', async () => {
  const ran = await run('export', sessions[0]!['Session ID'], '--of', 'reports', '--format', 'ndjson');
  expect(ran).toEqual({ code: 0, stdout: 'a.report.ndjson\n', stderr: '' });
  const lines = file('a.report.ndjson').toString().trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    rows.filter((row) => row['Session ID'] === sessions[0]!['Session ID']),
  );
});

test('an answer that breaks off leaves no file', async () => {
  const broken = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write('session_id,date\n', () => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(broken, 'listening');
  const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const ran = await shell.run(['export', '--url', url, '--key', 'kb_x', '-o', 'broken.csv']);
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([1, '', expect.stringContaining('(network)')]);
  expect(readdirSync(shell.home).filter((name) => name.includes('broken'))).toEqual([]);
  broken.close();
});

test('whoever interrupts it leaves no file', async () => {
  const endless = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write('session_id,date\n');
  }).listen(0, '127.0.0.1');
  await once(endless, 'listening');
  const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  const child = shell.start(['export', '--url', url, '--key', 'kb_x', '-o', 'endless.csv']);
  const ended = collect(child);
  while (!readdirSync(shell.home).some((name) => name.startsWith('.endless.csv.')))
    await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGINT');
  expect((await ended).code).not.toBe(0);
  expect(readdirSync(shell.home).filter((name) => name.includes('endless'))).toEqual([]);
  endless.closeAllConnections();
  endless.close();
});

test('lines are printed as a table, as JSON and as CSV', async () => {
  const table = await run('reports', '--athlete', 'Ada Lovelace', '--quantity', 'Ang', '--limit', '1');
  const newest = rows.filter((row) => row['Session ID'] === sessions[0]!['Session ID']);
  const angles = newest.filter(({ Quantity }) => Quantity === 'Ang');
  const [head, ...lines] = table.stdout.trimEnd().split('\n');
  expect(head).toMatch(/^Date \(UTC\) +Athlete +Session +Metric|^Date \(UTC\)/);
  expect(lines.length).toBe(angles.length);
  expect(lines[0]).toContain(angles[0]!.Metric);
  expect(lines[0]).toContain(angles[0]!.AvgMax.toFixed(1));
  expect(lines[0]).toContain('Ada Lovelace');
  const chosen = ['--quantity', 'Ang', 'Vel', '--side', 'R', '--metric', rows[0]!.Metric];
  const some = await run('reports', '--json', ...chosen);
  expect(
    some.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    rows.filter(
      (row) =>
        (row.Quantity === 'Ang' || row.Quantity === 'Vel') &&
        row.Side === 'R' &&
        row.Metric === rows[0]!.Metric,
    ),
  );
  const json = await run('reports', '--json', '--oldest-first');
  const oldest = await client.reports.list({ order: 'oldest' }).all();
  expect(
    json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(oldest);
  const csv = await run('reports', '--csv', '--limit', '2');
  const two = rows.filter((row) => row['Session ID'] !== sessions[2]!['Session ID']);
  expect(idsIn(csv.stdout)).toEqual(two.map((row) => row['Session ID']));
  expect(await run('reports', '--name', 'none')).toEqual({
    code: 0,
    stdout: '',
    stderr: 'No lines of reports\n',
  });
});

test('sessions are printed as CSV, in the order of the list', async () => {
  const csv = await run('sessions', '--csv');
  expect([csv.code, csv.stderr]).toEqual([0, '']);
  expect(readCsv(csv.stdout)[0]).toEqual(readCsv(file('sessions.csv').toString())[0]);
  expect(idsIn(csv.stdout)).toEqual(sessions.map((one) => one['Session ID']));
  const oldest = await run('sessions', '--csv', '--oldest-first', '--limit', '1');
  expect(idsIn(oldest.stdout)).toEqual([sessions[2]!['Session ID']]);
  const none = await run('sessions', '--csv', '--name', 'none');
  expect([none.code, readCsv(none.stdout).length, none.stderr]).toEqual([0, 1, '']);
});

test('what does not go together is refused in one line', async () => {
  for (const [args, word] of [
    [['export', '--format', 'mot'], 'choose csv, ndjson, parquet, arrow'],
    [['export', '--channels', 'x'], 'name the session'],
    [['export', 'S', '--athlete', 'Bo'], 'leave the session out'],
    [['export', 'S', '--time-zone', 'UTC'], '--time-zone is for many sessions'],
    [['export', 'S', '--of', 'sessions'], 'leave the session out'],
    [['export', 'S', '--of', 'reports', '--channels', 'x'], 'leave --of out'],
    [['export', 'S', '--from', '2026-05-01'], 'seconds'],
    [['export', '--quantity', 'Ang'], '--quantity is for lines of reports; add --of reports'],
    [['export', '--of', 'sessions', '--side', 'L'], '--side is for lines of reports'],
    [['export', 'S', '--of', 'reports', '--metric', 'x'], '--metric is for many sessions'],
    [['export', 'S', '--quantity', 'Ang'], '--quantity is for many sessions'],
    [['export', '--of', 'reports', '--quantity', 'Angle'], 'Ang, Vel, Acc, Dec'],
    [['export', '--of', 'athletes'], 'sessions, reports'],
    [['export', '--from', 'yesterday'], 'ISO 8601'],
    [['export', '--athlete', 'Nobody'], 'Nobody'],
    [['reports', '--json', '--csv'], 'cannot be used'],
    [['sessions', '--json', '--csv'], 'cannot be used'],
    [['sessions', '--export', '--csv'], 'cannot be used'],
  ] as const) {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
    expect(stderr).toContain(word);
  }
  expect(parts()).toEqual([]);
});
