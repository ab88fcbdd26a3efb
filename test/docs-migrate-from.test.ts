import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Archive, doorClient, openArchive } from './mirror/archive.ts';
import { type Destination, expectFilled, openDestination } from './mirror/destination.ts';
import { blocksOf } from './setup/pages.ts';

/** The commands of docs/migrate-from.md as they stand there, from a server of the contract into a fresh one. */
let archive: Archive;
let destination: Destination;
let home: string;
beforeAll(async () => {
  archive = await openArchive(4, { bare: true });
  destination = await openDestination();
  home = mkdtempSync(join(tmpdir(), 'kinebase-docs-'));
  symlinkSync(new URL('../bin/kinebase.js', import.meta.url).pathname, join(home, 'kinebase'));
});
afterAll(async () => {
  await archive.end();
  await destination.end();
  rmSync(home, { recursive: true, force: true });
});

test('the commands fill an organization, and say what they did', async () => {
  const [block] = blocksOf('docs/migrate-from.md', 'sh');
  const { username, password, clientId } = archive.account;
  const code = block!
    .replace('me@example.org', username)
    .replace("'…'", `'${password}'`)
    .replace('their-client-id', clientId)
    .replaceAll('https://api.example.org/production', archive.door.url)
    .replace('http://127.0.0.1:4750', destination.server.url)
    .replace('you@example.org', destination.account.username)
    .replaceAll('npx kinebase', `${process.execPath} ./kinebase`);
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    KINEBASE_PASSWORD: destination.account.password,
    KINEBASE_CLIENT: destination.account.clientId,
  };
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', code], { cwd: home, env });
  const summaries = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"event":"summary"'))
    .map((line) => JSON.parse(line));
  expect(summaries).toMatchObject([
    { dryRun: true, complete: true, counts: { sessions: { new: 4 } } },
    { dryRun: false, complete: true, source: 'contract', counts: { sessions: { new: 4, failed: 0 } } },
  ]);
  await expectFilled(doorClient(archive), destination);
});
