import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** What docs/operate.md shows, up to the servers. */
const SHOWN = /```\n(defaults\n {2}mode http\n.*?)\n {2}server node1 /s.exec(
  readFileSync('docs/operate.md', 'utf8'),
)![1]!;

/** HAProxy before servers on these ports of 127.0.0.1, up once one of them is ready. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-haproxy-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  const servers = ports.map((each, place) => `  server node${place + 1} 127.0.0.1:${each}`);
  writeFileSync(
    file,
    `${SHOWN}\n${servers.join('\n')}\n\nfrontend public\n  bind 127.0.0.1:${port}\n  default_backend kinebase\n`,
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
