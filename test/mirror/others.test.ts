import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syncMirror } from '../../src/mirror/sync.ts';
import { createClient } from '../../src/sdk/index.ts';
import { duckdb } from '../tables/readers.ts';
import { expectSound, newFolder, visibleFiles } from './archive.ts';
import { type Contents, contractServer, oneSession, SERIES } from './contractServer.ts';

/** Servers of the contract that are not ours. */

async function mirrored(contents: Contents, folder = newFolder()) {
  const url = await contractServer(contents);
  const client = createClient({ url, username: 'coach', password: 'secret', clientId: 'app' });
  const source = { url: 'https://api.example/production', account: 'coach' };
  const summary = await syncMirror({ client, ...source, folder, formats: ['parquet', 'json'] });
  return { folder, summary };
}

test('ids that are paths, devices, too long or the same but for their case become files of their own', async () => {
  const ids = [
    '../../../etc/passwd',
    '/etc/shadow',
    'a\\b',
    'CON',
    'x'.repeat(900),
    'abc',
    'ABC',
    '..',
    'Ünïcode \u202e',
  ];
  const outside = newFolder();
  writeFileSync(join(outside, 'untouched'), '');
  const sessions = ids.map((id) => oneSession(id));
  const { folder, summary } = await mirrored({ sessions }, join(outside, 'mirror'));
  expect(summary).toMatchObject({ complete: true, counts: { sessions: { new: ids.length } } });
  const state = expectSound(folder);
  for (const id of ids) {
    const [file] = state.sessions.get(id)!.parts.series!.files;
    expect(file!.path).toMatch(/^series\/2026-05\/[^/]+\.parquet$/);
  }
  expect(new Set(visibleFiles(folder).map((path) => path.toLowerCase())).size).toBe(
    visibleFiles(folder).length,
  );
  expect(visibleFiles(outside).filter((path) => !path.startsWith('mirror/'))).toEqual(['untouched']);
  const { rows } = await duckdb(
    `select session_id, count(*)::int from read_parquet('${folder}/series/*/*.parquet') group by all order by all`,
  );
  expect(rows).toEqual(ids.map((id) => [id, SERIES.time.length]).sort());
  // Names stay when the list changes its order, and whoever comes next finds them.
  const again = await mirrored({ sessions: [...sessions].reverse() }, folder);
  expect(again.summary.files).toMatchObject({ written: 0, removed: 0 });
});

test('a month that is none is no folder', async () => {
  const dates = ['../../x-', '2026-13-01', '20260504', '2026-05-04', '2026-05-04 10 o’clock'];
  const sessions = dates.map((date, index) => oneSession(`S-${index}`, { Date: date }));
  const { folder, summary } = await mirrored({ sessions });
  const months = new Set(
    visibleFiles(folder)
      .filter((path) => path.startsWith('series/'))
      .map((path) => path.split('/')[1]),
  );
  expect([...months]).toEqual(['2026-05']);
  expect(summary.failed.map(({ id, reason }) => [id, reason.slice(0, 12)])).toEqual(
    [
      ['S-0', 'date: "../..'],
      ['S-1', 'date: "2026-'],
      ['S-2', 'date: "20260'],
    ].map(([id]) => [id, expect.any(String)]),
  );
  const { rows } = await duckdb(
    `select session_id, date::varchar from '${folder}/sessions.parquet' order by 1`,
  );
  expect(rows).toEqual([
    ['S-3', '2026-05-04 00:00:00+00'],
    ['S-4', '2026-05-04 00:00:00+00'],
  ]);
});

test('a server that knows less than we do is mirrored with what it has', async () => {
  const { folder, summary } = await mirrored({
    sessions: [oneSession('S-1', { Duration: '12.5', Coach: 'Kim' })],
    assessments: undefined as never,
    exercises: [{ id: 'E-1', title: 'Hinge' }, { nothing: true }],
    athletes: [{ ValorID: 'A-1', FirstName: 'Ada', LastName: 'Brook', Team: 'Red' }],
  });
  expect(summary.notes).toEqual(['the server has no list of assessments']);
  expect(summary.failed).toMatchObject([{ kind: 'exercises', reason: 'it has no Exercise ID' }]);
  expect(JSON.parse(readFileSync(join(folder, 'athletes.json'), 'utf8'))[0]).toMatchObject({ Team: 'Red' });
  expect(JSON.parse(readFileSync(join(folder, 'sessions.json'), 'utf8'))[0]).toMatchObject({ Coach: 'Kim' });
  const { rows } = await duckdb(
    `select duration_s, metric, score from '${folder}/sessions.parquet' join '${folder}/reports/2026-05.parquet' using (session_id)`,
  );
  expect(rows).toEqual([[12.5, 'Hip ER (°)', 1]]);
  const long = await duckdb(
    `select channel, value, velocity from read_parquet('${folder}/series-long/*/*.parquet')`,
  );
  expect(long.rows).toEqual(SERIES.waist_rotation.map((value) => ['waist_rotation', value, null]));
});

test('members with names of ours, and names of nobody, keep theirs', async () => {
  const series = JSON.parse(
    '{"time":[0,1],"session_id":[1,2],"time_s":[3,4],"__proto__":[5,6],"a,\\"b\\"":[7,8]}',
  );
  const { folder, summary } = await mirrored({ sessions: [oneSession('S-1')], series: () => series });
  expect(summary.complete).toBe(true);
  const { columns, rows } = await duckdb(`select * from '${folder}/series/2026-05/S-1.parquet'`);
  expect(columns).toEqual([
    'kinebase_session_id',
    'kinebase_time_s',
    'session_id',
    'time_s',
    '__proto__',
    'a,"b"',
  ]);
  expect(rows[1]).toEqual(['S-1', 1, 2, 4, 6, 8]);
  expect(JSON.parse(readFileSync(join(folder, 'series/2026-05/S-1.json'), 'utf8'))).toEqual(series);
});

test('sessions without what the contract promises fail by name, and the others come', async () => {
  const { s3Key: _, ...keyless } = oneSession('S-2');
  const { folder, summary } = await mirrored({
    sessions: [
      oneSession('S-1'),
      keyless,
      null,
      'S-3',
      oneSession('', {}),
      oneSession('S-4', { 'Athlete ID': 7 }),
    ],
  });
  expect(summary.counts.sessions.new).toBe(1);
  expect(summary.failed.map(({ reason }) => reason)).toEqual([
    'it has no s3Key',
    'it is no JSON object',
    'it is no JSON object',
    'it has no Session ID',
    'athlete_id is 7, not of type string',
  ]);
  expectSound(folder);
  expect(existsSync(join(folder, 'series/2026-05/S-1.json'))).toBe(true);
});
