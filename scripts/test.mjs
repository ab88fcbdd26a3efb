// What a contributor must know: checks the code, then runs every test against what this machine has. Installs what is
// missing where it may (root on Debian), says what is skipped where it may not.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
const hasPostgres = () =>
  existsSync('/usr/lib/postgresql') &&
  readdirSync('/usr/lib/postgresql').some((version) =>
    existsSync(`/usr/lib/postgresql/${version}/bin/initdb`),
  );
const hasRequests = () =>
  has('python3') && spawnSync('python3', ['-c', 'import requests'], { stdio: 'ignore' }).status === 0;
// A machine may have a Python of its own beside Debian's: the tests take whichever has both.
const hasPandas = () =>
  ['python3', '/usr/bin/python3'].some(
    (command) => spawnSync(command, ['-c', 'import requests, pandas'], { stdio: 'ignore' }).status === 0,
  );
const hasAws = () =>
  has('aws') &&
  has('python3') &&
  spawnSync('python3', ['-c', 'import boto3'], { stdio: 'ignore' }).status === 0;

const hasCeph = () => ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-mgr', 'ceph'].every(has);

const wanted = [
  {
    name: 'PostgreSQL',
    packages: ['postgresql'],
    there: hasPostgres,
    without: 'the store is tested on SQLite only',
  },
  {
    name: 'HAProxy',
    packages: ['haproxy'],
    there: () =>
      ['/usr/sbin', '/usr/local/sbin', '/usr/bin'].some((folder) => existsSync(`${folder}/haproxy`)),
    without: 'no server is restarted behind a balancer',
  },
  {
    name: 'Ceph',
    packages: ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-mgr', 'ceph-common'],
    there: hasCeph,
    without: 'objects are tested in a folder only',
  },
  {
    name: 'PgBouncer',
    packages: ['pgbouncer'],
    there: () => existsSync('/usr/sbin/pgbouncer'),
    without: 'nothing is asked by way of a pooler',
  },
  {
    name: "Python's requests",
    packages: ['python3', 'python3-requests'],
    there: hasRequests,
    without: 'the Python clients are not run',
  },
  {
    name: 'pandas, in a Python with requests',
    packages: ['python3-pandas', 'python3-requests'],
    there: hasPandas,
    without: 'the example that makes a data frame is not run',
  },
  {
    name: 'jq',
    packages: ['jq', 'curl'],
    there: () => has('jq') && has('curl'),
    without: 'the example for curl is run without it',
  },
  {
    name: "Amazon's boto3 and command line",
    packages: ['python3-boto3', 'awscli'],
    there: hasAws,
    without: 'they are not run against the sign-in door',
  },
  {
    name: 'Chromium',
    packages: ['chromium'],
    there: () => existsSync('/usr/bin/chromium'),
    without: 'the client and its hooks are not run in a browser',
  },
  {
    name: 'DejaVu, the letters of docs/screenshots',
    packages: ['fonts-dejavu-core'],
    there: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
    without: 'views are not compared with their pictures',
  },
];

const missing = wanted.filter(({ there }) => !there());
if (missing.length > 0 && process.getuid?.() === 0 && has('apt-get')) {
  const packages = missing.flatMap((tool) => tool.packages);
  console.log(`Installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}
for (const { name, there, without } of wanted)
  if (!there()) console.log(`Not here: ${name}; ${without}, and counted as skipped`);

const steps = [
  ['scripts/build.mjs'],
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.sdk.json', '--noEmit'],
  ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)],
];
for (const args of steps) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, BUILT_FOR_TEST: '1' },
  });
  if (status !== 0) {
    if (!args[0].includes('vitest')) console.log(`\n0 passed, 1 failed`);
    process.exit(status ?? 1);
  }
}
