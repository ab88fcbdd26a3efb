import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEW } from '../../src/mirror/guard.ts';
import { type Archive, expectSound, openArchive } from '../mirror/archive.ts';
import { duckdb } from '../tables/readers.ts';
import { createShell, type Ran } from './kinebase.ts';

let archive: Archive;
let env: Record<string, string>;
const shell = createShell();
beforeAll(async () => {
  archive = await openArchive(5);
  const { username, password, clientId } = archive.account;
  env = {
    KINEBASE_URL: archive.door.url,
    KINEBASE_USERNAME: username,
    KINEBASE_CLIENT: clientId,
    KINEBASE_PASSWORD: password,
  };
});
afterAll(async () => {
  shell.end();
  await archive.end();
});

const kinebase = (...args: string[]) => shell.run(args, { env });
const linesOf = ({ stdout }: Ran) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('mirrors, is read by DuckDB, and a second sync shows exactly an edit and a deletion', async () => {
  const first = await kinebase('sync', './mirror', '--format', 'parquet');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const summary = linesOf(first).at(-1);
  expect(summary).toMatchObject({ event: 'summary', complete: true, by: 'changes' });
  expect(summary.counts.sessions).toEqual({ new: 5, changed: 0, deleted: 0, unchanged: 0 });
  const mirror = join(shell.home, 'mirror');
  expectSound(mirror);

  const sessions = await archive.client.sessions.list().all();
  const listed = `select session_id, epoch_us(date)::varchar, duration_s, session_name, first_name
    from '${mirror}/sessions.parquet' join '${mirror}/athletes.parquet' using (athlete_id) order by session_id`;
  const { types, rows } = await duckdb(listed);
  expect(types).toEqual(['VARCHAR', 'VARCHAR', 'DOUBLE', 'VARCHAR', 'VARCHAR']);
  expect(rows).toEqual(
    sessions
      .map((session) => [
        session['Session ID'],
        String(Date.parse(session.Date) * 1000),
        session.Duration,
        session['Session Name'],
        session['Athlete ID'] === archive.athletes[0] ? 'Ada' : 'Grace',
      ])
      .sort(),
  );

  const [session] = sessions;
  const id = session!['Session ID'];
  const series = await archive.client.ikData(session!.s3Key);
  const wide = await duckdb(
    `select time_s, knee_angle_r, pelvis_tx_acc from read_parquet('${mirror}/series/*/*.parquet') where session_id = '${id}' order by time_s`,
  );
  expect(wide.types).toEqual(['DOUBLE', 'DOUBLE', 'DOUBLE']);
  expect(wide.rows).toEqual(
    series.time.map((time, frame) => [time, series.knee_angle_r![frame], series.pelvis_tx_acc![frame]]),
  );
  const long = await duckdb(
    `select channel, count(*)::int, max(value), min(velocity) from read_parquet('${mirror}/series-long/*/*.parquet') where session_id = '${id}' group by channel order by channel`,
  );
  expect(long.rows).toEqual(
    ['hip_flexion_l', 'knee_angle_r', 'pelvis_tx'].map((channel) => [
      channel,
      series.time.length,
      Math.max(...series[channel]!),
      Math.min(...series[`${channel}_vel`]!),
    ]),
  );
  const report = await archive.client.reportData(session!.s3Key);
  const lines = await duckdb(
    `select metric, side, avg_max from read_parquet('${mirror}/reports/*.parquet') where session_id = '${id}' and quantity = 'Ang' order by all`,
  );
  expect(lines.rows).toEqual(
    Object.entries(report.WorkoutMetrics.Ang)
      .flatMap(([metric, sides]) => Object.entries(sides).map(([side, { AvgMax }]) => [metric, side, AvgMax]))
      .sort(),
  );

  const [edited, removed] = sessions;
  await archive.client.sessions.patch(edited!['Session ID'], { 'Session Name': 'Corrected' });
  await archive.client.sessions.delete(removed!['Session ID']);
  const second = await kinebase('sync', './mirror');
  expect(second.code).toBe(0);
  const told = linesOf(second).filter(({ event }) => event !== 'progress' && event !== 'summary');
  expect(told.map(({ event, kind, id: of }) => [event, kind, of]).sort()).toEqual(
    [
      ['changed', 'sessions', edited!['Session ID']],
      ...['sessions', 'series', 'reports', 'originals'].map((kind) => [
        'deleted',
        kind,
        removed!['Session ID'],
      ]),
    ].sort(),
  );
  expect(
    (await duckdb(`select session_name from '${mirror}/sessions.parquet' where session_id = '${id}'`)).rows,
  ).toEqual([['Corrected']]);
});

test('ends with 1 when something failed, says what and why, and tries it again', async () => {
  const [session] = (await archive.client.sessions.list()).items;
  archive.door.misbehave(({ path, query }) =>
    path === '/ikData' && query.get('s3Key') === session!.s3Key
      ? {
          kind: 'answer',
          answer: { body: Buffer.from('{"statusCode":200,"body":{"time":[0,1],"knee":[1]}}') },
        }
      : undefined,
  );
  const ran = await kinebase('sync', './faulty', '--format', 'json');
  expect(ran.code).toBe(1);
  const lines = linesOf(ran);
  expect(lines.filter(({ event }) => event === 'failed')).toMatchObject([
    {
      kind: 'series',
      id: session!['Session ID'],
      reason: expect.stringContaining('the series "knee" has 1 value, time has 2'),
    },
  ]);
  expect(lines.at(-1)).toMatchObject({ complete: false, counts: { series: { new: 3 } } });
  archive.door.behave();
  const again = await kinebase('sync', './faulty');
  expect(again.code).toBe(0);
  expect(linesOf(again).at(-1).counts.series).toEqual({ new: 1, changed: 0, deleted: 0, unchanged: 3 });
  expectSound(join(shell.home, 'faulty'));
});

test.each([
  [['sync'], /missing required argument 'dir'/],
  [['sync', 'x', '--format', 'xlsx'], /Known are parquet, csv, mot, json/],
  [['sync', 'x', '--only', 'videos'], /Known are athletes/],
  [['sync', 'x', '--parallel', '0'], /from 1 to 64/],
  [
    ['sync', 'full'],
    /^error: .*full is no mirror and not empty \(it holds "thesis.txt"\): choose an empty folder \(not_a_mirror\)\n$/,
  ],
  [['sync', 'y', '--key', 'wrong'], /\(unauthorized\)/],
])('%j is refused in words', async (args, message) => {
  mkdirSync(join(shell.home, 'full'), { recursive: true });
  writeFileSync(join(shell.home, 'full/thesis.txt'), '');
  const ran = await kinebase(...args);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

test('the help names how much is removed without a question, and what a dry run does with --verify', async () => {
  const { stdout } = await kinebase('sync', '--help');
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `--follow-deletions remove also where more than ${FEW} records and more than half of a list are gone`,
  );
  expect(stdout.replace(/\s+/g, ' ')).toContain('not what they were; with --dry-run only name them');
});
