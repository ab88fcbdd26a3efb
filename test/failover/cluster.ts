import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '../nodes/eventually.ts';
import { asPostgres, freePort, postgresFolder } from '../setup/postgres.ts';

const programOf = (name: string) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin']
    .map((folder) => join(folder, name))
    .find(existsSync);

/** What is missing of what the test runs, by Debian's package; empty: nothing. */
export function missingPackages(): string[] {
  const wanted = [
    ['postgresql', postgresFolder()],
    ['patroni', programOf('patroni')],
    ['etcd-server', programOf('etcd')],
    ['haproxy', programOf('haproxy')],
  ] as const;
  return wanted.filter(([, program]) => program == null).map(([name]) => name);
}

export interface Member {
  name: string;
  port: number;
  /** Of Patroni's REST interface: `/primary` is 200 at the leader, `/replica` at a standby that streams. */
  restPort: number;
  start(): void;
  /** As if its machine lost power: Patroni, PostgreSQL and every one of its processes at once. */
  kill(): void;
}

export interface Cluster {
  members: Member[];
  /** The member that takes writes. */
  leader(): Promise<Member>;
  /** Whether one leads, all others stream from it, and one of them is synchronous. */
  whole(): Promise<boolean>;
  /** All hosts in one URL, for a client that finds the writable one itself. */
  url: string;
  /** One address that HAProxy leads to the leader, as Patroni's REST interface tells it. */
  balancedUrl: string;
  stop(): Promise<void>;
}

/** Seconds. Far shorter than in production, so that the test is: what a lost leader costs is `ttl` and a little. */
const TTL_S = 8;
const LOOP_WAIT_S = 1;
const RETRY_TIMEOUT_S = 3;

/** etcd, three times Patroni with PostgreSQL, and HAProxy before them, in one folder and on loopback. */
export async function startCluster(): Promise<Cluster> {
  const bin = postgresFolder()!;
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-failover-'));
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:postgres', folder]);
  const running = new Set<ChildProcess>();
  const run = (name: string, program: string, ...args: string[]): ChildProcess => {
    const [command, ...all] = asPostgres(program, ...args);
    const log = openSync(join(folder, `${name}.log`), 'a');
    // An environment of its own: Patroni reads settings of its from there.
    const child = spawn(command!, all, {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', ETCD_UNSUPPORTED_ARCH: process.arch },
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };

  const [etcdPort, peerPort, balancedPort] = [await freePort(), await freePort(), await freePort()];
  const peer = `http://127.0.0.1:${peerPort}`;
  const client = `http://127.0.0.1:${etcdPort}`;
  run(
    'etcd',
    programOf('etcd')!,
    ...['--data-dir', join(folder, 'etcd'), '--name', 'only'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', `only=${peer}`],
  );
  await eventually(async () => (await fetch(`${client}/health`)).ok);

  const members: Member[] = [];
  for (const name of ['one', 'two', 'three']) {
    const [port, restPort] = [await freePort(), await freePort()];
    const data = join(folder, name);
    const file = join(folder, `${name}.json`);
    // YAML holds JSON.
    writeFileSync(file, JSON.stringify(settings({ name, port, restPort, etcdPort, data, bin, folder })));
    let patroni: ChildProcess;
    members.push({
      name,
      port,
      restPort,
      start: () => {
        patroni = run(name, programOf('patroni')!, file);
      },
      kill: () => {
        const server = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
        const all = [patroni.pid!, server, ...childrenOf(server)];
        for (const pid of all) killNow(pid);
      },
    });
  }
  const answers = async ({ restPort }: Member, path: string) =>
    fetch(`http://127.0.0.1:${restPort}${path}`).then(
      (response) => response.status === 200,
      () => false,
    );
  const count = async (path: string) =>
    (await Promise.all(members.map((member) => answers(member, path)))).filter(Boolean).length;
  const leader = async () => {
    for (const member of members) if (await answers(member, '/primary')) return member;
    throw new Error('nobody leads');
  };

  const balancer = join(folder, 'haproxy.cfg');
  writeFileSync(balancer, balancerFor(balancedPort, members));
  run('haproxy', programOf('haproxy')!, '-f', balancer, '-db');

  const stop = async () => {
    for (const member of members) if (existsSync(join(folder, member.name, 'postmaster.pid'))) member.kill();
    for (const child of running) child.kill('SIGKILL');
    await eventually(async () => running.size === 0);
    rmSync(folder, { recursive: true, force: true });
  };
  const whole = async () =>
    (await count('/primary')) === 1 && (await count('/replica?lag=1MB')) === 2 && (await count('/sync')) >= 1;
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join(',');
  try {
    for (const member of members) member.start();
    await eventually(whole, 120_000);
    const { port } = await leader();
    const administrator = new pg.Client(`postgres://postgres@127.0.0.1:${port}/postgres`);
    await administrator.connect();
    await administrator.query('create role kinebase login');
    await administrator.query('create database kinebase owner kinebase');
    await administrator.end();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    members,
    leader,
    whole,
    url: `postgres://kinebase@${hosts}/kinebase`,
    balancedUrl: `postgres://kinebase@127.0.0.1:${balancedPort}/kinebase`,
    stop,
  };
}

interface MemberSettings {
  name: string;
  port: number;
  restPort: number;
  etcdPort: number;
  data: string;
  bin: string;
  folder: string;
}

const settings = ({ name, port, restPort, etcdPort, data, bin, folder }: MemberSettings) => ({
  scope: 'kinebase',
  name,
  restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
  etcd3: { host: `127.0.0.1:${etcdPort}` },
  bootstrap: {
    dcs: {
      ttl: TTL_S,
      loop_wait: LOOP_WAIT_S,
      retry_timeout: RETRY_TIMEOUT_S,
      // No commit is acknowledged before a standby has it too.
      synchronous_mode: true,
      postgresql: { use_pg_rewind: true, parameters: { max_connections: 60, wal_keep_size: '256MB' } },
    },
    initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
  },
  postgresql: {
    listen: `127.0.0.1:${port}`,
    connect_address: `127.0.0.1:${port}`,
    data_dir: data,
    bin_dir: bin,
    remove_data_directory_on_rewind_failure: true,
    remove_data_directory_on_diverged_timelines: true,
    authentication: { superuser: { username: 'postgres' }, replication: { username: 'replicator' } },
    parameters: { unix_socket_directories: folder },
  },
});

/** The recipe of Patroni's documentation: whoever leads is the one server that is up. */
const balancerFor = (port: number, members: readonly Member[]) => `
defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m

listen leader
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${members.map(({ name, port, restPort }) => `  server ${name} 127.0.0.1:${port} check port ${restPort}`).join('\n')}
`;

/** Processes whose parent this is, as the kernel lists them. */
const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        // "pid (name) state parent …": the name may hold anything.
        return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === parent;
      } catch {
        return false;
      }
    });

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
