import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SETTINGS } from '../../src/server/config.ts';
import { collect, createShell, until } from './kinebase.ts';

const shell = createShell();
afterAll(() => shell.end());
const folder = () => mkdtempSync(join(shell.home, 'data-'));

test('serves, says so in one line, shows the first administrator once, and stops when told', async () => {
  const data = folder();
  const first = shell.start(['serve', '--port', '0', '--data', data]);
  const ended = collect(first);
  const said = await until(first, /user create/);
  const [ready, ...rest] = said.split('\n');
  expect(ready).toMatch(/^Kinebase is ready at http:\/\/127\.0\.0\.1:\d+$/);
  const url = ready!.split(' ').at(-1)!;
  // At a port of its own, a sign-in has to name it.
  expect(rest.join('\n').split('http://')).toHaveLength(2);
  expect(rest.join('\n')).toContain(`sign in with \`kinebase login ${url}\``);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const [, username, clientId, password] = /username\s+(\S+)\s+client id\s+(\S+)\s+password\s+(\S+)/.exec(
    said,
  )!;
  const shown = await shell.run(
    ['org', 'show', '--url', url, '--username', username!, '--client', clientId!],
    { env: { KINEBASE_PASSWORD: password! } },
  );
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('Main') });
  first.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });

  const second = shell.start(['serve', '--port', '0', '--data', data]);
  const again = collect(second);
  await until(second, /ready at/);
  second.kill('SIGINT');
  expect((await again).stdout).toMatch(/^Kinebase is ready at \S+\n$/);
});

test('a second process on the same folder is told who uses it', async () => {
  const data = folder();
  const child = shell.start(['serve', '--port', '0', '--data', data]);
  await until(child, /ready at/);
  const other = await shell.run(['serve', '--port', '0', '--data', data]);
  expect(other).toMatchObject({ code: 1, stdout: '' });
  expect(other.stderr).toMatch(
    /^error: the data folder .* is in use by kinebase serve .*\(store_in_use\)\n$/,
  );
});

test('a second signal ends it at once, though an answer is still under way', async () => {
  const child = shell.start(['serve', '--port', '0', '--data', folder()]);
  const ended = collect(child);
  const url = (await until(child, /ready at \S+\n/)).split(/\s/)[4]!;
  // A request whose body never comes keeps the server from stopping gracefully.
  const { request } = await import('node:http');
  const open = request(`${url}/`, { method: 'POST', headers: { 'content-length': '10' } });
  open.on('error', () => {});
  await new Promise<void>((sent) => open.write('{', () => sent()));
  await fetch(`${url}/health`);
  child.kill('SIGTERM');
  await new Promise<void>((told) => child.stderr!.once('data', () => told()));
  child.kill('SIGTERM');
  expect((await ended).code).toBe(143);
});

test('goes on serving, and stops gracefully, when nobody reads what it says', async () => {
  const child = shell.start(['serve', '--port', '0', '--data', folder()]);
  const url = (await until(child, /ready at \S+\n/)).split(/\s/)[4]!;
  child.stdout!.destroy();
  child.stderr!.destroy();
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const ended = new Promise((exited) => child.once('exit', exited));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a port in use is one clear line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => other.once('listening', listening));
  const { port } = other.address() as AddressInfo;
  const ran = await shell.run(['serve', '--port', String(port), '--data', folder()]);
  other.close();
  expect(ran).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: 127.0.0.1:${port} is in use; stop the program that listens there, or choose another --port\n`,
  });
});

test.each([
  [['--port', 'http'], {}, /^error: KINEBASE_PORT must be a whole number from 0 to 65535, not "http"\n$/],
  [[], { KINEBASE_DATABSE_URL: 'x' }, /^error: unknown setting KINEBASE_DATABSE_URL; known are .*\n$/],
  [['--demo', '--host', '0.0.0.0'], {}, /^error: the demo accounts have public passwords: .*\n$/],
  [['--host', '192.0.2.1', '--port', '0'], {}, /^error: 192\.0\.2\.1 is no address of this machine; .*\n$/],
  [[], { KINEBASE_DATABASE_URL: 'mysql://x' }, /^error: the database URL must start with .*\n$/],
])('serve %j with %j is refused in one line', async (args, env, message) => {
  const ran = await shell.run(['serve', '--data', folder(), ...args], { env: env as Record<string, string> });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

test('demo mode says how to sign in, and --no-demo wins over the environment', async () => {
  const data = folder();
  const demo = shell.start(['serve', '--port', '0', '--data', data], { env: { KINEBASE_DEMO: 'true' } });
  const ended = collect(demo);
  const said = await until(demo, /northside-swift/);
  expect(said).toMatch(/^Kinebase is ready at/);
  expect(said).toContain('coach@riverside.example / demo-movement-1, client id riverside');
  demo.kill('SIGTERM');
  expect((await ended).stderr).toContain('Making the demo organization Riverside Performance');
  const plain = shell.start(['serve', '--no-demo', '--port', '0', '--data', data], {
    env: { KINEBASE_DEMO: 'true' },
  });
  const all = collect(plain);
  await until(plain, /ready at/);
  plain.kill('SIGTERM');
  expect((await all).stdout).not.toContain('demo-movement-1');
  rmSync(data, { recursive: true });
});

test('its help lists every environment variable', async () => {
  const { stdout, code } = await shell.run(['serve', '--help']);
  expect(code).toBe(0);
  for (const { variable } of SETTINGS) expect(stdout).toContain(variable);
});
