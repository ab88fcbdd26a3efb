import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  port: number;
  /** Of the process that all its others come from. */
  pid(): number;
  /** Ends it as its administrator would, with every connection; its data stay. */
  halt(): Promise<void>;
  /** After `halt`, on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
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
  const folder = temporaryFolder();
  const data = join(folder, 'data');
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
  // Everybody is believed to be who they say, but the role guarded, which has to know its password.
  const access = join(data, 'pg_hba.conf');
  writeFileSync(access, `host all guarded 127.0.0.1/32 scram-sha-256\n${readFileSync(access)}`);
  const server = await runPostgres(bin, folder, data);
  const adminUrl = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('create role kinebase login createdb');
  // A database that is dropped by force may be one that is being vacuumed just then, by a process that belongs to nobody.
  await admin.query('grant pg_signal_backend to kinebase');
  await admin.end();
  return { ...server, url: `postgres://kinebase@127.0.0.1:${server.port}/postgres`, adminUrl };
}

/** A second server that follows the first and takes no writes until it is promoted. */
export async function startStandby(primary: TestPostgres): Promise<TestPostgres> {
  const bin = postgresFolder()!;
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const [backup, ...args] = asPostgres(
    join(bin, 'pg_basebackup'),
    '-d',
    primary.adminUrl,
    '-D',
    data,
    '-R',
    '-N',
  );
  execFileSync(backup!, args, { stdio: 'pipe', cwd: folder });
  const server = await runPostgres(bin, folder, data);
  const at = (url: string) => url.replace(new URL(url).port, String(server.port));
  return { ...server, url: at(primary.url), adminUrl: at(primary.adminUrl) };
}

async function runPostgres(bin: string, folder: string, data: string) {
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
  let server: ChildProcess;
  const start = async () => {
    server = spawn(program!, args, { stdio: 'ignore', cwd: folder });
    await untilReady(`postgres://postgres@127.0.0.1:${port}/postgres`);
  };
  const halt = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  };
  await start();
  return {
    port,
    start,
    halt,
    pid: () => server.pid!,
    async stop() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** That the user postgres may write to. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-postgres-'));
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:postgres', folder]);
  return folder;
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
