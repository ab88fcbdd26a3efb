import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asPostgres, freePort, untilReady } from './postgres.ts';

/** Debian's PgBouncer in transaction mode before a PostgreSQL: four connections to each database, shared by all clients. */
export interface TestPooler {
  url: string;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/sbin/pgbouncer';
export const BACKENDS = 4;

/** Null where PgBouncer is not installed. */
export async function startPooler(postgresUrl: string): Promise<TestPooler | null> {
  if (!existsSync(PROGRAM)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-pgbouncer-'));
  const { hostname, port: target, username } = new URL(postgresUrl);
  const port = await freePort();
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${hostname} port=${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${BACKENDS}
max_client_conn = 500
`,
  );
  writeFileSync(join(folder, 'users.txt'), `"${username}" ""\n`);
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres:postgres', folder]);
  const [program, ...args] = asPostgres(PROGRAM, '-q', join(folder, 'pgbouncer.ini'));
  const pooler = spawn(program!, args, { stdio: 'ignore', cwd: folder });
  const url = new URL(postgresUrl);
  url.port = String(port);
  await untilReady(url.href);
  return {
    url: url.href,
    async stop() {
      const ended = new Promise((resolve) => pooler.once('exit', resolve));
      pooler.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
