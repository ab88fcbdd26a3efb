import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './postgres.ts';

/** Ceph's S3 gateway over a cluster of one machine in memory, everything in a folder of its own. */
export interface TestCeph {
  /** Port of the gateway that all tests share. */
  gateway: number;
  accessKey: string;
  secretKey: string;
  /** Another gateway to the same buckets, on the port that is answered: for a test that kills it. */
  addGateway(): Promise<number>;
  startGateway(port: number): Promise<void>;
  /** As a crash does it; what was stored stays. */
  killGateway(port: number): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAMS = [
  'ceph',
  'ceph-authtool',
  'ceph-mgr',
  'ceph-mon',
  'ceph-osd',
  'monmaptool',
  'radosgw',
  'radosgw-admin',
];

export const hasCeph = (): boolean =>
  PROGRAMS.every((name) =>
    (process.env.PATH ?? '').split(delimiter).some((path) => existsSync(join(path, name))),
  );

const run = promisify(execFile);
/** From a cold start on a busy machine. */
const READY_WITHIN_MS = 120_000;

export async function startCeph(): Promise<TestCeph> {
  // Sockets lie in it, whose paths must be short.
  const folder = await mkdtemp(join(tmpdir(), 'kb-ceph-'));
  const [monitor, monitorOld, gateway] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'ceph.conf');
  const keyring = join(folder, 'keyring');
  const fsid = randomUUID();
  await writeFile(config, settings(folder, fsid, monitor, monitorOld));
  for (const name of ['mon', 'osd', 'mgr', 'rgw']) await mkdir(join(folder, name));
  const ceph = (program: string, ...args: string[]) => run(program, ['-c', config, ...args]);
  const started: ChildProcess[] = [];
  const start = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, ['-c', config, '--foreground', ...args], { stdio: 'ignore' });
    started.push(child);
    return child;
  };
  const gateways = new Map<number, ChildProcess>();
  const startGateway = async (port: number) => {
    const frontend = `--rgw-frontends=beast endpoint=127.0.0.1:${port} tcp_nodelay=1`;
    gateways.set(port, start('radosgw', '-n', 'client.rgw.a', frontend));
    await until(() => listens(port));
  };
  const stop = async () => {
    await Promise.all(started.map(kill));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const key = (name: string, ...caps: string[]) =>
      run('ceph-authtool', [
        keyring,
        ...(existsSync(keyring) ? [] : ['--create-keyring']),
        '--gen-key',
        '-n',
        name,
        ...caps.flatMap((cap) => ['--cap', ...cap.split('=')]),
      ]);
    await key('mon.', 'mon=allow *');
    await key('client.admin', 'mon=allow *', 'osd=allow *', 'mgr=allow *');
    await key('client.rgw.a', 'mon=allow *', 'osd=allow *', 'mgr=allow *');
    await key('mgr.x', 'mon=allow *', 'osd=allow *');
    await key('osd.0', 'mon=allow profile osd', 'osd=allow *', 'mgr=allow profile osd');
    const map = join(folder, 'monmap');
    const addresses = `[v2:127.0.0.1:${monitor},v1:127.0.0.1:${monitorOld}]`;
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', addresses, map]);
    await ceph('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring);
    start('ceph-mon', '-i', 'a');
    const osd = randomUUID();
    await ceph('ceph', '--connect-timeout', '60', 'osd', 'new', osd);
    await ceph('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd);
    start('ceph-osd', '-i', '0');
    start('ceph-mgr', '-i', 'x');
    await until(async () => /1 up/.test((await ceph('ceph', 'osd', 'stat')).stdout));
    await startGateway(gateway);
    const accessKey = randomBytes(8).toString('hex');
    const secretKey = randomBytes(20).toString('hex');
    await ceph(
      'radosgw-admin',
      ...['user', 'create', '--uid=kinebase', '--display-name=Kinebase'],
      ...[`--access-key=${accessKey}`, `--secret-key=${secretKey}`],
    );
    return {
      gateway,
      accessKey,
      secretKey,
      startGateway,
      async addGateway() {
        const port = await freePort();
        await startGateway(port);
        return port;
      },
      async killGateway(port) {
        await kill(gateways.get(port)!);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('Ceph is not ready');
    await wait(100);
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** cephx everywhere: without authentication the gateway waits for ever. One copy of everything, in memory. */
const settings = (folder: string, fsid: string, monitor: number, monitorOld: number): string => `
[global]
fsid = ${fsid}
mon_host = [v2:127.0.0.1:${monitor},v1:127.0.0.1:${monitorOld}]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
keyring = ${folder}/keyring
run_dir = ${folder}
log_file = /dev/null
mon_cluster_log_file = /dev/null
admin_socket = ${folder}/$name.$pid.asok
pid_file =
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_data_avail_crit = 1
mon_data_avail_warn = 1
mon_data = ${folder}/mon
mgr_data = ${folder}/mgr
osd_data = ${folder}/osd
rgw_data = ${folder}/rgw
crash_dir = ${folder}
[osd]
osd_objectstore = memstore
memstore_device_bytes = 1073741824
[client.rgw.a]
rgw_dns_name = localhost
`;
