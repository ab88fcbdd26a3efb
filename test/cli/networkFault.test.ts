import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { messageOf } from '../../src/cli/explain.ts';
import { at } from '../../src/mirror/import/place.ts';
import { createClient } from '../../src/sdk/index.ts';

/** What a person reads when the address is wrong, or the server goes away. */
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Its port. Every connection ends with the test's program. */
async function listening(server: Server): Promise<number> {
  servers.push(server.on('connection', (socket: Socket) => socket.on('error', () => {}).unref()));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as { port: number }).port;
}
const answering = (answer: (socket: Socket) => void): Promise<number> =>
  listening(createServer((socket) => socket.once('data', () => answer(socket))));
const said = async (url: string): Promise<string> => {
  const client = createClient({ url, apiKey: 'kb_x', retries: 0 });
  return messageOf(await client.organization().catch((error: unknown) => error));
};

test('https where http is spoken', async () => {
  const port = await listening(createHttp());
  expect(await said(`https://127.0.0.1:${port}`)).toBe(
    `Cannot reach https://127.0.0.1:${port}: no https is spoken there; is it http://127.0.0.1:${port}? (network)`,
  );
});

test('http where https is spoken', async () => {
  const port = await listening(createTls({}));
  expect(await said(`http://127.0.0.1:${port}`)).toBe(
    `http://127.0.0.1:${port} closed the connection without an answer: it was stopped just then, or it is https://127.0.0.1:${port} (network)`,
  );
});

test('http where https is spoken, by a server that says so in its own bytes', async () => {
  const alert = Buffer.from('15030100020246', 'hex');
  const port = await answering((socket) => socket.end(alert));
  expect(await said(`http://127.0.0.1:${port}`)).toBe(
    `Cannot reach http://127.0.0.1:${port}: what answers there speaks no http; is it https://127.0.0.1:${port}, or another port? (network)`,
  );
});

test('an answer that breaks off in the middle', async () => {
  const port = await answering((socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"statusCode"'),
  );
  expect(await said(`http://127.0.0.1:${port}`)).toMatch(
    new RegExp(
      `^The connection to http://127.0.0.1:${port} broke off before the answer was whole: .* \\(network\\)$`,
    ),
  );
});

test('what an import says of one of its servers', async () => {
  const port = await listening(createHttp());
  const client = createClient({ url: `https://127.0.0.1:${port}`, apiKey: 'kb_x', retries: 0 });
  const error = await at('source', client.organization()).catch((fault: unknown) => fault);
  expect(messageOf(error)).toMatch(/^source: Cannot reach \S+: no https is spoken there; .* \(network\)$/);
});

test('a host that there is not', async () => {
  expect(await said('http://nobody.invalid')).toMatch(
    /^Cannot reach http:\/\/nobody\.invalid: (there is no host of the name nobody\.invalid|the name nobody\.invalid could not be looked up; is this machine online\?) \(network\)$/,
  );
});

test('a port where nothing listens', async () => {
  const port = await listening(createServer());
  await new Promise((closed) => servers.pop()!.close(closed));
  expect(await said(`http://127.0.0.1:${port}`)).toBe(
    `Cannot reach http://127.0.0.1:${port}: nothing listens there; is the server started, and the port right? (network)`,
  );
});

const withOpenSsl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!withOpenSsl)('a certificate that nobody trusts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert];
    execFileSync('openssl', [...made, '-days', '2', '-subj', '/CN=localhost'], { stdio: 'ignore' });
    const port = await listening(createTls({ key: readFileSync(key), cert: readFileSync(cert) }));
    expect(await said(`https://127.0.0.1:${port}`)).toContain('NODE_EXTRA_CA_CERTS=FILE');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
