import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Debian's PostgreSQL, started on a free port in a folder of its own, for the tests of one run. */
export interface TestPostgres {
  /** As the role kinebase, which may make databases and is plain otherwise: row security holds for it. */
  url: string;
  /** As the superuser. */
  adminUrl: string;
  stop(): Promise<void>;
}

/** The newest installed server's programs, or null. */
export function postgresFolder(): string | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).filter((version) => existsSync(join(root, version, 'bin/initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(root, newest, 'bin');
}

/** Null where PostgreSQL is not installed. The server refuses to run as root, so root starts it as the user postgres. */
export async function startPostgres(): Promise<TestPostgres | null> {
  const bin = postgresFolder();
  if (bin === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-postgres-'));
  const data = join(folder, 'data');
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:postgres', folder]);
  const [initdb, ...initArgs] = asPostgres(
    join(bin, 'initdb'),
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  );
  execFileSync(initdb!, initArgs, { stdio: 'pipe', cwd: folder });
  const port = await freePort();
  const [program, ...args] = asPostgres(
    join(bin, 'postgres'),
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-c',
    'unix_socket_directories=',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  );
  const server = spawn(program!, args, { stdio: 'ignore', cwd: folder });
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(adminUrl);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('create role kinebase login createdb');
  await admin.end();
  return {
    url: `postgres://kinebase@127.0.0.1:${port}/postgres`,
    adminUrl,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command as PostgreSQL's programs want to be started: not by root. */
export const asPostgres = (command: string, ...args: string[]): string[] =>
  process.getuid?.() === 0
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]
    : [command, ...args];

export async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (attempt >= 100) throw error;
      await wait(100);
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
