// Debian's PostgreSQL on a free port with its data in the cache folder: durable as in production, one gigabyte of buffers.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { endWithUs } from './children.mjs';

const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  max_connections: '200',
  unix_socket_directories: '',
};
/** Owns the databases, and is no superuser: as in production. */
const OWNER = 'kinebase';
const START_WITHIN_MS = 60_000;

export async function startPostgres(cache) {
  const bin = programs();
  const folder = join(cache, 'postgres');
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:postgres', folder]);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const [program, ...args] = asUser(
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
    );
    execFileSync(program, args, { stdio: 'pipe', cwd: folder });
  }
  refuseSecond(data);
  const port = await freePort();
  const options = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, ...args] = asUser(
    join(bin, 'postgres'),
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    ...options,
  );
  const server = spawn(program, args, { stdio: 'ignore', cwd: folder });
  endWithUs(server, 'SIGINT');
  const ended = once(server, 'exit');
  const url = (database, user = OWNER) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  const administer = (sql, database = 'postgres') => ask(url(database, 'postgres'), sql);
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
  };
  try {
    await Promise.race([
      untilReady(url('postgres', 'postgres')),
      ended.then(() => Promise.reject(new Error('PostgreSQL ended at once'))),
    ]);
    const roles = await administer(`select 1 from pg_roles where rolname = '${OWNER}'`);
    if (roles.length === 0) await administer(`create role ${OWNER} login`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    url,
    administer,
    stop,
    /**
     * A database that `fill` filled, now or in an earlier run with the same `identity`. Its comment says so, and is written
     * last: what was left half filled is made anew.
     */
    async keep(name, identity, fill) {
      const [found] = await administer(
        `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = '${name}'`,
      );
      if (found?.mark === identity) return;
      await administer(`drop database if exists ${name} with (force)`);
      await administer(`create database ${name} owner ${OWNER}`);
      await fill();
      await administer('vacuum (analyze)', name);
      await administer('checkpoint');
      await administer(`comment on database ${name} is '${identity}'`);
    },
    /** Rows of a query in one database become rows of a table in another, without passing through this process. */
    copy(from, query, to, table) {
      const script = `"$PSQL" "$FROM" -qc "$OUT" | "$PSQL" "$TO" -qc "$IN"`;
      execFileSync('bash', ['-o', 'pipefail', '-c', script], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          PSQL: join(bin, 'psql'),
          FROM: url(from, 'postgres'),
          TO: url(to, 'postgres'),
          OUT: `copy (${query}) to stdout`,
          IN: `copy ${table} from stdin`,
        },
      });
    },
  };
}

/** The newest installed server's programs. */
function programs() {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root)
    ? readdirSync(root).filter((version) => existsSync(join(root, version, 'bin/initdb')))
    : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('this question needs PostgreSQL (Debian package postgresql)');
  return join(root, newest, 'bin');
}

/** The server refuses to run as root, so root starts it as the user postgres. */
function asUser(command, ...args) {
  if (process.getuid?.() !== 0) return [command, ...args];
  return ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args];
}

function refuseSecond(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid] = readFileSync(file, 'utf8').split('\n');
  if (existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data))
    throw new Error(`another run uses the archives (process ${pid}): wait for it, or choose another --cache`);
}

async function untilReady(url) {
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    try {
      await ask(url, 'select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(100);
    }
  }
}

export async function ask(url, sql, values) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql, values)).rows ?? [];
  } finally {
    await client.end().catch(() => {});
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
