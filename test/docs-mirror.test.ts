import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../src/sdk/index.ts';
import { createShell } from './cli/kinebase.ts';
import { motionFile } from './server/uploading.ts';
import { blocksOf, hasPython } from './setup/pages.ts';
import { startServer, type TestServer } from './setup/server.ts';
import { duckdb } from './tables/readers.ts';

/** The recipes of docs/mirror.md over a mirror of two sessions that have one channel in common, in whatever is installed here. */
let server: TestServer;
let ids: string[];
const shell = createShell();
const mirror = `${shell.home}/mirror`;
beforeAll(async () => {
  server = await startServer();
  const client = createClient({ url: server.url, ...server.firstAdministrator! });
  const { ValorID: athleteID } = await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' });
  const recordings = [
    ['knee_angle_r', 'knee_angle_l'],
    ['knee_angle_r', 'ankle_angle_l'],
  ];
  ids = [];
  for (const names of recordings) {
    const session = await client.sessions.record(motionFile({ names }), { fileName: 'a.mot', athleteID });
    ids.push(session['Session ID']);
  }
  ids.sort();
  const { username, clientId, password } = server.firstAdministrator!;
  const account = ['--url', server.url, '--username', username, '--client', clientId];
  const { code } = await shell.run(['sync', mirror, ...account], { env: { KINEBASE_PASSWORD: password } });
  expect(code).toBe(0);
});
afterAll(async () => {
  shell.end();
  await server.end();
});

const here = (sql: string) => sql.replaceAll(/'([\w*/-]+\.parquet)'/g, `'${mirror}/$1'`);
const runs = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const withArrow = runs('Rscript', '-e', 'library(arrow); library(dplyr)');

test('the queries of the records, the lines and the long series are answered', async () => {
  const [block] = blocksOf('docs/mirror.md', 'sql');
  for (const sql of block!.split(';').filter((each) => each.trim() !== ''))
    expect((await duckdb(here(sql))).rows.length).toBeGreaterThan(0);
});

test('wide files of different channels are one table by name, and not without', async () => {
  const { rows } = await duckdb(here(blocksOf('docs/mirror.md', 'sql')[1]!));
  expect(rows.map(([id]) => id)).toEqual(ids);
  for (const [, highest] of rows) expect(highest).toBeGreaterThan(80);
  const whole = "select * from 'series/*/*.parquet'";
  await expect(duckdb(here(whole))).rejects.toThrow(/schema mismatch in glob/i);
});

test.skipIf(!hasPython('pandas, pyarrow'))('pandas and pyarrow do the same', async () => {
  for (const code of blocksOf('docs/mirror.md', 'python')) {
    const { stdout } = await promisify(execFile)('python3', ['-c', code], { cwd: mirror });
    for (const id of ids) expect(stdout).toMatch(new RegExp(`${id}\\s+[89]\\d\\.`));
  }
});

test.skipIf(!withArrow)('R does the same', async () => {
  const [code] = blocksOf('docs/mirror.md', 'r');
  const { stdout } = await promisify(execFile)('Rscript', ['-e', code!], { cwd: mirror });
  expect(stdout.match(/\b[89]\d\.\d/g)).toHaveLength(2);
});
