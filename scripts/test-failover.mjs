// `npm run test:failover`: kills the leader of a PostgreSQL cluster under writes. Installs what is missing where it may (root on
// Debian); elsewhere the test says what to install, and is skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const inAny = (...paths) => paths.some((path) => existsSync(path));
const wanted = {
  postgresql: () => inAny('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0,
  patroni: () => inAny('/usr/bin/patroni'),
  'etcd-server': () => inAny('/usr/bin/etcd'),
  haproxy: () => inAny('/usr/sbin/haproxy', '/usr/bin/haproxy'),
};
const missing = () => Object.keys(wanted).filter((name) => !wanted[name]());

if (missing().length > 0 && process.getuid?.() === 0 && inAny('/usr/bin/apt-get')) {
  const packages = missing();
  console.log(`Installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}
for (const args of [
  ['scripts/build.mjs'],
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/failover/vitest.config.ts'],
]) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, BUILT_FOR_TEST: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
}
