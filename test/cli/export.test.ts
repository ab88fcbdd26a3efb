import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { readRecording } from '../../src/motion/read.ts';
import { createClient, type IkData, type KinebaseClient } from '../../src/sdk/index.ts';
import { motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell } from './kinebase.ts';

let server: TestServer;
let client: KinebaseClient;
let session: Session;
let series: IkData;
const shell = createShell();
beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  const { ValorID: athleteID } = await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' });
  session = await client.sessions.record(motionFile(), { fileName: 'my squats.mot', athleteID });
  series = await client.ikData(session.s3Key);
});
afterAll(async () => {
  shell.end();
  await server.end();
});

const run = (...args: string[]) => {
  const { username, clientId, password } = server.firstAdministrator!;
  return shell.run(['export', ...args, '--url', server.url, '--username', username, '--client', clientId], {
    env: { KINEBASE_PASSWORD: password },
  });
};
const file = (name: string) => readFileSync(join(shell.home, name));

test('a session becomes a CSV file under the name of its recording', async () => {
  expect(await run(session['Session ID'])).toEqual({ code: 0, stdout: 'my squats.csv\n', stderr: '' });
  const [head, first] = file('my squats.csv').toString().split('\n');
  expect(head).toBe(Object.keys(series).join(','));
  expect(first!.split(',').map(Number)).toEqual(Object.values(series).map((values) => values[0]));
});

test('a file that is there is replaced only by force', async () => {
  writeFileSync(join(shell.home, 'mine.csv'), 'precious');
  const refused = await run(session.s3Key, '-o', 'mine.csv');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('--force');
  expect(file('mine.csv').toString()).toBe('precious');
  expect((await run(session.s3Key, '-o', 'mine.csv', '--force')).code).toBe(0);
  expect(file('mine.csv').toString()).toMatch(/^time,/);
});

test('chosen series and a range go to standard output in any format', async () => {
  const choice = ['--channels', 'knee_angle_r', '--from', '1', '--to', '2', '-o', '-'];
  const mot = await run(session.s3Key, '--format', 'mot', ...choice);
  const [knee] = readRecording(Buffer.from(mot.stdout), { fileName: 'a.mot' }).channels;
  expect([...knee!.values]).toEqual(series.knee_angle_r!.slice(60, 121));
  const json = await run(session.s3Key, '--format', 'json', ...choice);
  expect(JSON.parse(json.stdout)).toEqual({
    time: series.time.slice(60, 121),
    knee_angle_r: series.knee_angle_r!.slice(60, 121),
  });
});

test('every binary format is written byte for byte as the server sends it', async () => {
  for (const format of ['c3d', 'parquet', 'arrow'] as const) {
    expect((await run(session.s3Key, '--format', format)).stdout).toBe(`my squats.${format}\n`);
    const { bytes } = await client.ikDataFile(session.s3Key, { format });
    expect(file(`my squats.${format}`).equals(bytes)).toBe(true);
  }
});

test('what cannot be exported is refused in one line', async () => {
  for (const [args, word] of [
    [[session.s3Key, '--channels', 'knee_angel_r'], 'knee_angle_r'],
    [['nobody'], 's3Key'],
    [[session.s3Key, '--format', 'xlsx'], 'parquet'],
    [[session.s3Key, '--from', 'now'], 'seconds'],
  ] as const) {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
    expect(stderr).toContain(word);
  }
});

test('where nothing can be written, the folder is named', async () => {
  for (const args of [[session.s3Key], ['--format', 'parquet']]) {
    const { code, stderr } = await run(...args, '-o', join(shell.home, 'nowhere', 'x.csv'));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: there is no folder ${join(shell.home, 'nowhere')}\n`,
    });
  }
  writeFileSync(join(shell.home, 'flat'), '');
  const { stderr } = await run(session.s3Key, '-o', join(shell.home, 'flat', 'x.csv'));
  expect(stderr).toBe(`error: ${join(shell.home, 'flat')} is no folder\n`);
});

test('all sessions are printed as one stream of JSON, one a line', async () => {
  const { username, clientId, password } = server.firstAdministrator!;
  const sessions = (...args: string[]) =>
    shell.run(
      ['sessions', '--export', ...args, '--url', server.url, '--username', username, '--client', clientId],
      { env: { KINEBASE_PASSWORD: password } },
    );
  const { code, stdout } = await sessions('--athlete', 'Ada Lovelace');
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    (await client.sessions.list({ order: 'oldest' }).all()).sort((one, other) =>
      one['Session ID'] < other['Session ID'] ? -1 : 1,
    ),
  );
  expect(await sessions('--name', 'none')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await sessions('--limit', '3')).stderr).toContain("cannot be used with option '--limit <n>'");
});

test('a session is removed by its id, and only that one', async () => {
  const { ValorID: athleteID } = (await client.athletes.list().all())[0]!;
  const mistaken = await client.sessions.record(motionFile(), { fileName: 'mistaken.mot', athleteID });
  const id = mistaken['Session ID'];
  const { username, clientId, password } = server.firstAdministrator!;
  const account = ['--url', server.url, '--username', username, '--client', clientId];
  const env = { KINEBASE_PASSWORD: password };
  const refused = await shell.run(['session', 'delete', id, '--name', 'x', ...account], { env });
  expect([refused.code, refused.stderr]).toEqual([
    1,
    'error: --name is for a session that stays; delete takes none of it\n',
  ]);
  expect(await shell.run(['session', 'delete', id, ...account], { env })).toEqual({
    code: 0,
    stdout: `Removed ${id}\n`,
    stderr: '',
  });
  const again = await shell.run(['session', ...account, 'delete', id], { env });
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('(not_found)')]);
  expect((await client.sessions.list().all()).map((one) => one['Session ID'])).toEqual([
    session['Session ID'],
  ]);
});
