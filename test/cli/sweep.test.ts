import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createCaller, filesBelow, motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell } from './kinebase.ts';

const shell = createShell();
let server: TestServer | undefined;
afterAll(async () => {
  shell.end();
  if (server !== undefined) rmSync(server.data, { recursive: true, force: true });
});

test('compares the objects with the rows, removes what no row names, and fails when a session lacks something', async () => {
  server = await startServer();
  const { data } = server;
  const objects = join(data, 'objects');
  const { username, password, clientId } = server.firstAdministrator!;
  const { IdToken } = await server.signIn(username, password, clientId);
  const caller = createCaller(server.url, `Bearer ${IdToken}`);
  const athleteID = await caller.athlete();
  for (const phase of [0, 1])
    await caller.upload({ fileName: 'squat.mot', athleteID }, motionFile({ phase }));

  const inUse = await shell.run(['sweep', '--data', data]);
  expect(inUse.code).toBe(1);
  expect(inUse.stderr).toContain('in use');
  await server.stop();

  const stored = filesBelow(objects).filter((path) => path.startsWith('org/'));
  expect(stored.length).toBe(8);
  const first = await shell.run(['sweep', '--data', data]);
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/^8 objects \(\d+ bytes\), 2 sessions\nA row names every object/);

  const stray = `org/${stored[0]!.split('/')[1]}/R1.0123456789ab/original`;
  mkdirSync(dirname(join(objects, stray)), { recursive: true });
  writeFileSync(join(objects, stray), 'stray');
  const old = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(join(objects, stray), old, old);
  const found = await shell.run(['sweep', '--data', data, '--list']);
  expect(found.code).toBe(0);
  expect(found.stdout).toContain(`${stray}\n`);
  expect(found.stdout).toContain('No row names 1 objects (5 bytes) of them; --delete removes them');
  expect((await shell.run(['sweep', '--data', data, '--delete'])).stdout).toContain('removed');
  expect(filesBelow(objects).filter((path) => path.startsWith('org/'))).toEqual(stored);

  rmSync(join(objects, stored[0]!));
  const lacking = await shell.run(['sweep', '--data', data]);
  expect(lacking.code).toBe(1);
  expect(lacking.stderr).toContain(`lacks ${stored[0]}`);
  expect(lacking.stderr).toContain('1 objects that rows name are missing');
});
