import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../setup/postgres.ts';
import { eventually } from './eventually.ts';

/** Debian's HAProxy, or null. */
export const haproxy =
  ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/usr/bin/haproxy'].find(existsSync) ?? null;

export interface Balancer {
  url: string;
  stop(): Promise<void>;
}

/** As docs/operate.md shows it: a test compares the two. */
export const BACKEND = `
defaults
  mode http
  timeout connect 2s
  timeout client 10m
  timeout server 10m
  option forwardfor
  retries 3
  option redispatch 1

backend kinebase
  balance leastconn
  option httpchk GET /ready
  default-server check inter 1s fall 2 rise 1
`.trim();

/** HAProxy before servers on these ports of 127.0.0.1, up once one of them is ready. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-haproxy-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  const servers = ports.map((each, place) => `  server node${place + 1} 127.0.0.1:${each}`);
  writeFileSync(
    file,
    `${BACKEND}\n${servers.join('\n')}\n\nfrontend public\n  bind 127.0.0.1:${port}\n  default_backend kinebase\n`,
  );
  const program = spawn(haproxy!, ['-f', file, '-db'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${url}/ready`)).status === 200);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
