import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { originalKey } from '../../src/server/sessionObjects.ts';
import { getSession } from '../../src/store/sessions.ts';
import { exchange } from '../objects/exchange.ts';
import { motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell } from './kinebase.ts';

let server: TestServer;
let client: KinebaseClient;
let ids: string[];
const shell = createShell();
const run = (...args: string[]) => {
  const { username, clientId, password } = server.firstAdministrator!;
  const account = ['--url', server.url, '--username', username, '--client', clientId];
  return shell.run(['recompute', ...args, ...account], { env: { KINEBASE_PASSWORD: password } });
};
beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  const athlete = await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace' });
  const [squat] = (await client.exercises.list({ name: 'Squat' })).items;
  const exercises = [squat!['Exercise ID'], undefined, undefined];
  const sessions = exercises.map((exerciseID, phase) =>
    client.sessions.record(motionFile({ phase }), {
      fileName: 'squats.mot',
      athleteID: athlete.ValorID,
      ...(exerciseID === undefined ? {} : { exerciseID }),
    }),
  );
  ids = (await Promise.all(sessions)).map((session) => session['Session ID']);
});
afterAll(async () => {
  shell.end();
  await server.end();
});

const counts = async () =>
  Promise.all(ids.map(async (id) => (await client.sessions.reports(id).all()).length));

test('reports of an exercise, of a session, or all of them are computed again', async () => {
  expect(await run('--exercise', 'Squat')).toEqual({
    code: 0,
    stdout: expect.stringMatching(/All reports are computed\n$/),
    stderr: '',
  });
  expect(await counts()).toEqual([2, 1, 1]);
  expect((await run('--session', ids[1]!)).code).toBe(0);
  expect(await counts()).toEqual([2, 2, 1]);
  expect((await run('--outdated')).code).toBe(0);
  expect(await counts()).toEqual([2, 2, 1]);
  expect((await run('--all')).code).toBe(0);
  expect(await counts()).toEqual([3, 3, 2]);
});

test('without waiting they are only queued, and --status says how far it is', async () => {
  const { code, stdout } = await run('--session', ids[2]!, '--no-wait');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^[01] reports are queued\n$/)]);
  const status = await run('--status');
  expect(status.stdout).toMatch(
    /^Pipeline \d+: 0 sessions were computed by an older one\n\d waiting, \d running, \d done within a day, 0 failed\n$/,
  );
});

test('what could not be computed is named, and only where it was asked for', async () => {
  const { db, objects } = server.deps;
  const { objects: prefix } = (await getSession(db, 'main', ids[0]!))!;
  await exchange(objects, originalKey('main', prefix), Buffer.from('no recording'));
  const { code, stdout, stderr } = await run('--all');
  expect([code, stdout]).toEqual([1, expect.stringContaining('1 reports could not be computed')]);
  expect(stderr).toMatch(new RegExp(`^${ids[0]}: .+ \\(1 attempt\\)\n$`));
  expect((await run('--session', ids[1]!)).code).toBe(0);
});

test('what cannot be asked for is said in one line', async () => {
  const nothing = await run();
  expect([nothing.code, nothing.stderr]).toEqual([
    1,
    'error: say what to compute again: --exercise, --session, --outdated or --all\n',
  ]);
  expect((await run('--exercise', 'Squatt')).stderr).toContain('similar: ');
  expect((await run('--session', 'none')).stderr).toContain('(invalid_parameter)');
});
